"""One array of three rows, from a table of which entry is in which bin."""


def reliability(p, y, bins):
    which = np.minimum(np.floor(p * bins), bins - 1)
    inside = (which[:, None] == np.arange(bins)).astype(float)
    count = inside.sum(axis=0)
    some = np.where(count > 0, count, np.nan)
    return np.stack([p @ inside / some, y @ inside / some, count])
