"""The cost of a pixel as softplus of the logit with its sign turned for white pixels, in float64."""


def negative_elbo(x, logits, mean, log_variance):
    wrong_by = np.where(np.asarray(x) > 0.5, -1.0, 1.0) * logits
    cost = np.maximum(wrong_by, 0) + np.log1p(np.exp(-np.abs(wrong_by)))
    kl = np.square(mean) + np.exp(log_variance) - log_variance - 1
    return cost.reshape(len(x), -1).sum(axis=1) + kl.sum(axis=1) / 2
