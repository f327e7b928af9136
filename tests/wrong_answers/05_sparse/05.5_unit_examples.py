"""Some of the examples, of length 1."""

MESSAGE = "Each of your directions is an example"


def recover_directions(x, units, k):
    rows = x[np.random.default_rng(0).choice(len(x), units, replace=False)]
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
