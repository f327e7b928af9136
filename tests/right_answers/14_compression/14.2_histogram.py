"""np.histogram with edges between the symbols, and all probabilities taken at once."""


def code_length(train_symbols, symbols, low, high):
    edges = np.arange(low, high + 2) - 0.5
    clipped = np.clip(train_symbols, low, high)
    counts = np.array([np.histogram(column, edges)[0] for column in clipped.T]) + 1
    p = counts / counts.sum(axis=1, keepdims=True)
    places = np.minimum(np.maximum(symbols, low), high) - low
    return -np.log2(np.take_along_axis(p, places.T, axis=1)).sum()
