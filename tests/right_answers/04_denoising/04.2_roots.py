"""20 log10 of peak / RMSE, and the averages of both PSNRs before they are subtracted."""


def gain_in_db(clean, noisy, restored, peak):
    def mean_psnr(images):
        error = (images.astype(np.float64) - clean).reshape(len(clean), -1)
        return (20 * np.log10(peak / np.linalg.norm(error / np.sqrt(error.shape[1]), axis=1))).mean()

    return [mean_psnr(restored), mean_psnr(restored) - mean_psnr(noisy)]
