"""Examples as rows, a column of stddevs, and the old shape again."""


def score_of_noisy(noisy, denoised, noise_stddev):
    noise = np.reshape(noisy - denoised, (len(noisy), -1))
    column = np.reshape(np.ones(len(noisy)) * noise_stddev, (len(noisy), 1))
    return (-noise / column / column).reshape(np.shape(noisy))
