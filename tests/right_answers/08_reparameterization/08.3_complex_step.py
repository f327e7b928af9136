"""The scores by a complex step through log q; the baseline is taken off the average score."""


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z, h = mean + stddev * epsilon, 1e-30

    def log_q(m, s):
        return -np.log(s) - (z - m) ** 2 / (2 * s**2)

    scores = np.stack([log_q(mean + 1j * h, stddev).imag / h, log_q(mean, stddev + 1j * h).imag / h])
    return scores @ cost(z) / len(z) - baseline * scores.mean(axis=1)
