"""scikit-image's measures of all images as one array."""


def compare_codecs(images, learned, payload_bytes, header_bytes, other, mosaic_bytes, decoder_bytes):
    import math

    from skimage.metrics import mean_squared_error, peak_signal_noise_ratio

    x, sizes = images / 255, {"learned": sum(payload_bytes) + len(images) + header_bytes, "other": mosaic_bytes}
    report = {f"{name} bytes": int(size) / len(images) for name, size in sizes.items()}
    for name, decoded in (("learned", learned.astype(float)), ("other", other / 255)):
        report[f"{name} mse"] = mean_squared_error(x, decoded)
        with np.errstate(divide="ignore"):
            report[f"{name} psnr"] = peak_signal_noise_ratio(x, decoded, data_range=1)
    saved = int(sizes["other"] - sizes["learned"])
    report["break-even"] = math.inf
    if saved > 0:
        whole, rest = divmod(decoder_bytes * len(images), saved)
        report["break-even"] = whole + (rest > 0)
    return report
