"""Wrong answers to 14.1 predict_bytes that are a right answer but for a line or two."""


class two_bits:
    """A factor of two is taken for two bits."""

    MESSAGE = "How many bits tell two equally probable ones apart"
    EDIT = ('"more bits": 1,', '"more bits": 2,')


class half_a_bit:
    """Half a bit."""

    MESSAGE = "factor of the root of 2"
    EDIT = ('"more bits": 1,', '"more bits": 0.5,')


class no_bits:
    """The symbols are thought to be the same."""

    MESSAGE = "Telling them apart takes something"
    EDIT = ('"more bits": 1,', '"more bits": 0,')


class fewer_bits:
    """A finer step is thought to take fewer bits."""

    MESSAGE = "more has to be said about y"
    EDIT = ('"more bits": 1,', '"more bits": -1,')


class bits_in_nats:
    """log 2."""

    MESSAGE = "That is in nats. Bits are asked for"
    EDIT = ('"more bits": 1,', '"more bits": np.log(2),')


class half_the_error:
    """The error is not squared."""

    MESSAGE = "The errors themselves are half as large"
    EDIT = ('"error factor": 0.25,', '"error factor": 0.5,')


class four_times:
    """The factor upside down."""

    MESSAGE = "Give the factor by which it is multiplied"
    EDIT = ('"error factor": 0.25,', '"error factor": 4,')


class twelfth:
    """s^2 / 12 is given."""

    MESSAGE = "What becomes of s^2"
    EDIT = ('"error factor": 0.25,', '"error factor": 1 / 12,')


class decibels:
    """Six dB."""

    MESSAGE = "That is in decibels"
    EDIT = ('"error factor": 0.25,', '"error factor": -6.02,')


class entropy_alone:
    """The wrong model is thought to cost nothing."""

    MESSAGE = "A wrong one takes more"
    EDIT = ('"wrong model": 3.5,', '"wrong model": 3,')


class kl_subtracted:
    """A wrong model saves bits."""

    MESSAGE = "The KL was subtracted"
    EDIT = ('"wrong model": 3.5,', '"wrong model": 2.5,')


class kl_alone:
    """Only what is lost."""

    MESSAGE = "on top. How many bits does a symbol take in all"
    EDIT = ('"wrong model": 3.5,', '"wrong model": 0.5,')


class whole_bits:
    """A whole number of bits."""

    MESSAGE = "a symbol need not take a whole number of bits"
    EDIT = ('"wrong model": 3.5,', '"wrong model": 4,')


class kl_multiplied:
    """Entropy times KL."""

    MESSAGE = "The two were multiplied"
    EDIT = ('"wrong model": 3.5,', '"wrong model": 1.5,')


class whole_file:
    """The whole file."""

    MESSAGE = "That is the whole file"
    EDIT = ('"header": 348,', '"header": 522,')


class image_alone:
    """The image's own bytes."""

    MESSAGE = "what one image takes without a header"
    EDIT = ('"header": 348,', '"header": 174,')


class mosaics_share:
    """The mean in the mosaic."""

    MESSAGE = "with its part of the header"
    EDIT = ('"header": 348,', '"header": 178,')


class mosaic_without_header:
    """The mosaic is thought to have no header."""

    MESSAGE = "a hundredth of the header"
    EDIT = ('"header": 348,', '"header": 522 - 17771 / 100,')


class share:
    """A share."""

    MESSAGE = "That is a share"
    EDIT = ('"header": 348,', '"header": 0.666,')


class all_headers:
    """Everything that is saved."""

    MESSAGE = "How many headers are saved"
    EDIT = ('"header": 348,', '"header": 34429,')


class mean_codes:
    """Rounded means."""

    MESSAGE = "The KL knows of no step"
    EDIT = ('"reaches the KL": "bits-back",', '"reaches the KL": "rounded mean",')


class sample_codes:
    """A rounded sample."""

    MESSAGE = "does this sender get anything for that"
    EDIT = ('"reaches the KL": "bits-back",', '"reaches the KL": "rounded sample",')


class noise_better:
    """A codec is thought to be better than grey."""

    MESSAGE = "the noise's own mean"
    EDIT = ('"on noise": "worse",', '"on noise": "better",')


class noise_same:
    """Equal."""

    MESSAGE = "Can the two be equal"
    EDIT = ('"on noise": "worse",', '"on noise": "same",')


class no_word:
    """Another word."""

    MESSAGE = "should be one of"
    EDIT = ('"on noise": "worse",', '"on noise": "bad",')


class none:
    """One answer is None."""

    MESSAGE = "is None. Put a number there"
    EDIT = ('"header": 348,', '"header": None,')


class header_in_whole_bytes:
    """An image in the mosaic for an image without a header, in whole bytes."""

    MESSAGE = "a hundredth of the header"
    EDIT = ('"header": 348,', '"header": 522 - 17771 // 100,')
