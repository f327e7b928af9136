"""Bernoulli's cost, less the logarithm of the constant, which is (l / 2) / tanh(l / 2) times 2."""


def grey_nll(x, logits):
    half = np.abs(logits) / 2
    far = half > 1e-3
    safe = np.where(far, half, 1.0)
    log_constant = np.log(2) + np.where(far, np.log(safe / np.tanh(safe)), half**2 / 3)
    bernoulli = np.logaddexp(0, logits) - logits * x
    return (bernoulli - log_constant).reshape(len(x), -1).sum(axis=-1)
