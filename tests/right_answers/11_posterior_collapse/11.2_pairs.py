"""Half the mean squared difference of two examples is the variance: over all pairs, in float64."""


def count_active_units(mean, log_variance):
    m = np.asarray(mean, float)
    total = np.zeros(m.shape[1])
    for row in m:
        total += ((m - row) ** 2).mean(axis=0)
    return np.count_nonzero(total / len(m) / 2 > 0.01)
