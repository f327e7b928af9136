"""The larger term plus log1p of the ratio, the ends apart."""


def mixture_nats(log_likelihood, share, pixels):
    coins = np.log(0.5) * pixels
    if share == 0:
        return np.full(log_likelihood.shape, coins)
    if share == 1:
        return log_likelihood
    one, other = np.log(share) + log_likelihood, np.log1p(-share) + coins
    return np.maximum(one, other) + np.log1p(np.exp(-np.abs(one - other)))
