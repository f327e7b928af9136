"""Sums and squares, with zeros and ones for the comparison."""


def compare_settings(scores):
    def moments(values):
        ran = np.isfinite(values)
        n = ran.sum(axis=1)
        mean = np.where(ran, values, 0).sum(axis=1) / n
        squares = np.where(ran, values - mean[:, None], 0) ** 2
        return n, mean, squares.sum(axis=1) / (n - 1)

    n, mean, variance = moments(scores)
    pairs, difference, scatter = moments(scores - scores[:1])
    differs = difference**2 > 4 * scatter / pairs
    return {"mean": mean, "stddev": variance**0.5, "failed": scores.shape[1] - n, "differs": differs.astype(int)}
