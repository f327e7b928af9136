"""NumPy's histogram, whose last bin is closed, with weights."""


def reliability(p, y, bins):
    edges = np.arange(bins + 1) / bins
    count, _ = np.histogram(p, edges)
    with np.errstate(invalid="ignore"):
        confidence, frequency = (np.histogram(p, edges, weights=values)[0] / count for values in (p, y))
    return confidence, frequency, count
