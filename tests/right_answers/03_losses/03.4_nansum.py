"""nansum, and a count."""


def masked_nll(x, mean, stddev):
    costs = (x - mean) ** 2 / (2 * stddev**2) + 0.5 * np.log(2 * np.pi * stddev**2)
    count = (~np.isnan(x)).sum(axis=0)
    return np.divide(np.nansum(costs, axis=0), count, out=np.zeros(len(stddev)), where=count > 0)
