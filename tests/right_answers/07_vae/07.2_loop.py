"""Image by image and latent by latent, from the standard deviation."""


def gaussian_kl(mean, log_variance):
    result = []
    for m, v in zip(np.asarray(mean, float), np.asarray(log_variance, float), strict=True):
        stddev = np.exp(v / 2)
        result.append(sum(-v[j] / 2 + (stddev[j] ** 2 + m[j] ** 2) / 2 - 0.5 for j in range(len(m))))
    return result
