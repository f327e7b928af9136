"""Both signs apart, with masks; a series near zero."""


def grey_nll(x, logits):
    l = np.asarray(logits, dtype=float)
    log_z = l / 2 + l**2 / 24 - l**4 / 2880
    up, down = l > 0.05, l < -0.05
    log_z[up] = l[up] + np.log1p(-np.exp(-l[up])) - np.log(l[up])
    log_z[down] = np.log1p(-np.exp(l[down])) - np.log(-l[down])
    return (log_z - l * x).reshape(len(x), -1).sum(axis=1)
