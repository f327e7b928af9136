"""A loop over the rows."""


def row_nll(x, outputs, stddev):
    costs = []
    for row, output in zip(x, outputs, strict=True):
        cost = ((row[0] - output[0]) / stddev) ** 2 / 2 + np.log(stddev * np.sqrt(2 * np.pi))
        cost += np.logaddexp(0, -output[1]) if row[1] == 1 else np.logaddexp(0, output[1])
        best = output[2:].max()
        cost += best + np.log(np.exp(output[2:] - best).sum()) - output[2:][row[2:] == 1][0]
        costs.append(cost)
    return costs
