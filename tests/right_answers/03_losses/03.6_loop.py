"""A loop over the columns, of each the entries that are there."""


def standardise(train, x):
    result = np.array(x, float)
    for column in range(x.shape[1]):
        there = train[:, column][np.isfinite(train[:, column])]
        result[:, column] -= there.mean()
        if there.max() > there.min():
            result[:, column] /= np.sqrt(np.mean((there - there.mean()) ** 2))
    return result
