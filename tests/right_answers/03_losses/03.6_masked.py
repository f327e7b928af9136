"""NumPy's masked arrays, and moments."""


def standardise(train, x):
    table = np.ma.masked_invalid(np.asarray(train, float))
    mean = table.mean(axis=0).filled()
    deviation = table - mean
    variance = (deviation**2).mean(axis=0).filled()
    return (x - mean) / np.sqrt(np.where(variance > 0, variance, 1.0))
