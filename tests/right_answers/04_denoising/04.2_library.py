"""scikit-image's PSNR, once for each image."""

from skimage.metrics import peak_signal_noise_ratio


def gain_in_db(clean, noisy, restored, peak):
    def psnr(images):
        pairs = zip(clean.astype(float), images.astype(float), strict=True)
        return np.mean([peak_signal_noise_ratio(image, other, data_range=peak) for image, other in pairs])

    return float(psnr(restored)), float(psnr(restored) - psnr(noisy))
