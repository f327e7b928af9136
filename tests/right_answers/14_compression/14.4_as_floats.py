"""Everything in units of 0 to 255 first, with a peak of 255."""


def compare_codecs(images, learned, payload_bytes, header_bytes, other, mosaic_bytes, decoder_bytes):
    x = images.astype(float)
    errors = [np.mean((255.0 * learned.astype(float) - x) ** 2), np.mean((other.astype(float) - x) ** 2)]
    with np.errstate(divide="ignore"):
        ratios = [10 * np.log10(np.float64(255**2) / error) for error in errors]
    learned_bytes = np.mean(payload_bytes + 1) + header_bytes / len(images)
    other_bytes = mosaic_bytes / len(images)
    pays = other_bytes - learned_bytes > 1e-9
    return {
        "learned mse": errors[0] / 65025,
        "other mse": errors[1] / 65025,
        "learned psnr": ratios[0],
        "other psnr": ratios[1],
        "learned bytes": learned_bytes,
        "other bytes": other_bytes,
        "break-even": np.ceil(round(decoder_bytes / (other_bytes - learned_bytes), 6)) if pays else float("inf"),
    }
