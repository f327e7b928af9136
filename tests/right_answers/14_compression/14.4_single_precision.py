"""In single precision with Keras, the PSNR from a logarithm of its own."""


def compare_codecs(images, learned, payload_bytes, header_bytes, other, mosaic_bytes, decoder_bytes):
    from fractions import Fraction
    from math import ceil, inf

    def error(decoded):
        return float(keras.ops.mean(keras.ops.square(decoded - images.astype("float32") / 255)))

    def decibels(mse):
        return inf if mse == 0 else -10 * np.log(mse) / np.log(10)

    n, one, two = len(images), error(learned), error(other.astype("float32") / 255)
    ours, theirs = Fraction(int(payload_bytes.sum() + n + header_bytes), n), Fraction(int(mosaic_bytes), n)
    return {
        "learned mse": one,
        "learned psnr": decibels(one),
        "learned bytes": float(ours),
        "other mse": two,
        "other psnr": decibels(two),
        "other bytes": float(theirs),
        "break-even": ceil(decoder_bytes / (theirs - ours)) if theirs > ours else inf,
    }
