"""Where flags begin and end."""


def pages(scores, threshold, minutes):
    above = np.concatenate([[False], np.asarray(scores) > threshold, [False]])
    edges = np.flatnonzero(above[1:] != above[:-1]).reshape(-1, 2)
    long_enough = edges[:, 1] - edges[:, 0] >= minutes
    return edges[long_enough, 0] + minutes - 1
