"""A loop over the columns, of each the entries that are there."""


def masked_nll(x, mean, stddev):
    result = np.zeros(x.shape[1])
    for column in range(x.shape[1]):
        seen = np.isfinite(x[:, column])
        if seen.any():
            z = (x[seen, column] - mean[seen, column]) / stddev[column]
            result[column] = np.mean(z**2) / 2 + np.log(stddev[column]) + np.log(2 * np.pi) / 2
    return result
