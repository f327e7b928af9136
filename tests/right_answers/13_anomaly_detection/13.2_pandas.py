"""Tables, and Pythagoras: what is left of z is its length without that of its codes."""

import pandas as pd


def fit_watch(x_train, x_held_out, components, quantile):
    table = pd.DataFrame(x_train)
    mean, stddev = table.mean(), table.std(ddof=0).replace(0, 1)
    z = (table - mean) / stddev
    _, _, vt = np.linalg.svd(z.to_numpy(), full_matrices=True)

    def score(rows):
        z = ((pd.DataFrame(rows) - mean) / stddev).to_numpy()
        return ((z**2).sum(axis=1) - ((z @ vt[:components].T) ** 2).sum(axis=1)) / z.shape[1]

    return score, pd.Series(score(x_held_out)).quantile(quantile)
