"""A loop over the bins."""


def reliability(p, y, bins):
    rows = []
    for i in range(bins):
        last = i == bins - 1
        inside = (p >= i / bins) & ((p < (i + 1) / bins) | last)
        rows.append((p[inside].mean(), y[inside].mean(), inside.sum()) if inside.any() else (np.nan, np.nan, 0))
    return tuple(np.array(part, float) for part in zip(*rows, strict=True))
