"""Wrong answers to 04.1 predict_outputs that are a right answer but for a line or two."""


class clean_wherever_noise:
    """Whatever is noisy comes back clean."""

    MESSAGE = "You expect the clean image wherever there is noise"
    EDIT = (
        ('"clean target": "average"', '"clean target": "clean"'),
        ('"second copy": "average"', '"second copy": "clean"'),
        ('"bright input": "average"', '"bright input": "clean"'),
        ('"bright copies": "brighter"', '"bright copies": "clean"'),
        ('"absolute": "median"', '"absolute": "clean"'),
    )


class clean_if_unbiased:
    """Noise of mean 0 is removed."""

    MESSAGE = "wherever the target is the clean image or a copy"
    EDIT = (
        ('"clean target": "average"', '"clean target": "clean"'),
        ('"second copy": "average"', '"second copy": "clean"'),
        ('"bright input": "average"', '"bright input": "clean"'),
        ('"absolute": "median"', '"absolute": "clean"'),
    )


class clean_if_target:
    """The target is what comes out."""

    MESSAGE = "You expect the clean image wherever it is the target"
    EDIT = (
        ('"clean target": "average"', '"clean target": "clean"'),
        ('"no noise": "input"', '"no noise": "clean"'),
        ('"bright input": "average"', '"bright input": "clean"'),
        ('"absolute": "median"', '"absolute": "clean"'),
    )


class all_average:
    """Squared error or not, an average."""

    MESSAGE = "You expect the average from every set-up"
    EDIT = (
        ('"same copy": "input"', '"same copy": "average"'),
        ('"no noise": "input"', '"no noise": "average"'),
        ('"bright copies": "brighter"', '"bright copies": "average"'),
        ('"absolute": "median"', '"absolute": "average"'),
    )


class all_clean:
    """It was trained to denoise."""

    MESSAGE = "You expect the clean image from every set-up"
    EDIT = (
        ('"clean target": "average"', '"clean target": "clean"'),
        ('"same copy": "input"', '"same copy": "clean"'),
        ('"second copy": "average"', '"second copy": "clean"'),
        ('"no noise": "input"', '"no noise": "clean"'),
        ('"bright input": "average"', '"bright input": "clean"'),
        ('"bright copies": "brighter"', '"bright copies": "clean"'),
        ('"absolute": "median"', '"absolute": "clean"'),
    )


class all_input:
    """The skips decide."""

    MESSAGE = "You expect the input back from every set-up"
    EDIT = (
        ('"clean target": "average"', '"clean target": "input"'),
        ('"second copy": "average"', '"second copy": "input"'),
        ('"bright input": "average"', '"bright input": "input"'),
        ('"bright copies": "brighter"', '"bright copies": "input"'),
        ('"absolute": "median"', '"absolute": "input"'),
    )


class noise_is_learned:
    """Noisy targets teach noise."""

    MESSAGE = "You expect the input back wherever the target is noisy"
    EDIT = (
        ('"second copy": "average"', '"second copy": "input"'),
        ('"bright copies": "brighter"', '"bright copies": "input"'),
    )


class mean_and_median:
    """Mean and median are exchanged."""

    MESSAGE = "You have exchanged squared and absolute error"
    EDIT = (
        ('"clean target": "average"', '"clean target": "median"'),
        ('"second copy": "average"', '"second copy": "median"'),
        ('"bright input": "average"', '"bright input": "median"'),
        ('"absolute": "median"', '"absolute": "average"'),
    )


class bright_exchanged:
    """Input and target are exchanged."""

    MESSAGE = "You have exchanged the two set-ups"
    EDIT = (
        ('"bright input": "average"', '"bright input": "brighter"'),
        ('"bright copies": "brighter"', '"bright copies": "average"'),
    )


class clean_target_clean:
    """The clean image comes back."""

    MESSAGE = "nothing in it says which one it was"
    EDIT = ('"clean target": "average"', '"clean target": "clean"')


class clean_target_input:
    """Skips copy."""

    MESSAGE = "To return the input costs the noise's whole variance"
    EDIT = ('"clean target": "average"', '"clean target": "input"')


class clean_target_median:
    """The median."""

    MESSAGE = "which output has the smallest squared error"
    EDIT = ('"clean target": "average"', '"clean target": "median"')


class clean_target_brighter:
    """Brighter."""

    MESSAGE = "which output has the smallest squared error"
    EDIT = ('"clean target": "average"', '"clean target": "brighter"')


class same_copy_clean:
    """An autoencoder removes noise by itself."""

    MESSAGE = "The clean image appears nowhere"
    EDIT = ('"same copy": "input"', '"same copy": "clean"')


class same_copy_average:
    """Squared error averages."""

    MESSAGE = "the target has the very noise of the input"
    EDIT = ('"same copy": "input"', '"same copy": "average"')


class same_copy_median:
    """The median."""

    MESSAGE = "Input and target are the same array, noise included"
    EDIT = ('"same copy": "input"', '"same copy": "median"')


class second_copy_input:
    """The network learns the noise of its target."""

    MESSAGE = "The target's noise is new"
    EDIT = ('"second copy": "average"', '"second copy": "input"')


class second_copy_clean:
    """Noise2Noise restores the image itself."""

    MESSAGE = "nothing in it says which one it was"
    EDIT = ('"second copy": "average"', '"second copy": "clean"')


class second_copy_median:
    """The median."""

    MESSAGE = "The target is the clean image + noise of mean 0. Given"
    EDIT = ('"second copy": "average"', '"second copy": "median"')


class no_noise_clean:
    """It knows what clean images look like."""

    MESSAGE = "The network has never seen a noisy copy"
    EDIT = ('"no noise": "input"', '"no noise": "clean"')


class no_noise_average:
    """It averages what it knows."""

    MESSAGE = "it would have to know what noise looks like"
    EDIT = ('"no noise": "input"', '"no noise": "average"')


class no_noise_median:
    """The median."""

    MESSAGE = "The network has never seen noise. To change"
    EDIT = ('"no noise": "input"', '"no noise": "median"')


class bright_input_brighter:
    """What goes in bright comes out bright."""

    MESSAGE = "The copy is brighter, but the target is not"
    EDIT = ('"bright input": "average"', '"bright input": "brighter"')


class bright_input_clean:
    """The clean image."""

    MESSAGE = "nothing in it says which one it was"
    EDIT = ('"bright input": "average"', '"bright input": "clean"')


class bright_input_input:
    """The input."""

    MESSAGE = "the network learns to take the 0.2 off. What"
    EDIT = ('"bright input": "average"', '"bright input": "input"')


class bright_copies_average:
    """All noise averages out."""

    MESSAGE = "The noise of the target does not average out"
    EDIT = ('"bright copies": "brighter"', '"bright copies": "average"')


class bright_copies_input:
    """The noise is learned."""

    MESSAGE = "The target's noise is new"
    EDIT = ('"bright copies": "brighter"', '"bright copies": "input"')


class bright_copies_clean:
    """The clean image."""

    MESSAGE = "nothing in it says which one it was"
    EDIT = ('"bright copies": "brighter"', '"bright copies": "clean"')


class bright_copies_median:
    """The median."""

    MESSAGE = "whose average, given the input, is not that"
    EDIT = ('"bright copies": "brighter"', '"bright copies": "median"')


class absolute_average:
    """The error makes no difference."""

    MESSAGE = "each plausible image pulls equally hard"
    EDIT = ('"absolute": "median"', '"absolute": "average"')


class absolute_clean:
    """Absolute errors are sharp."""

    MESSAGE = "nothing in it says which one it was"
    EDIT = ('"absolute": "median"', '"absolute": "clean"')


class absolute_input:
    """The input."""

    MESSAGE = "Which value has the smallest absolute error"
    EDIT = ('"absolute": "median"', '"absolute": "input"')


class a_key_missing:
    """One set-up is left out."""

    MESSAGE = "it lacks 'absolute'"
    EDIT = ('    "absolute": "median",\n', "")


class a_key_too_many:
    """A set-up that is not asked for."""

    MESSAGE = "has a key too many"
    EDIT = ('"absolute": "median",', '"absolute": "median",\n    "blur": "average",')


class no_word:
    """The function in place of the word."""

    MESSAGE = "dict of words in quotation marks"
    EDIT = ('"absolute": "median"', '"absolute": np.median')


class another_word:
    """A word of the learner's own."""

    MESSAGE = "should be one of"
    EDIT = ('"absolute": "median"', '"absolute": "blurred"')
