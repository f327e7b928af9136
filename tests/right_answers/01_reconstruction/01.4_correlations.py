"""Rank by correlation: a drawing should resemble its own original more than any other."""


def read_reconstruction(x, reconstruction):
    largest, drawn = np.abs(x).max(), np.abs(reconstruction).max()
    if max(largest, drawn) > 50 * min(largest, drawn):
        return "not scaled"
    n, spread = len(x), np.std(reconstruction, axis=0)
    if np.all(spread < 1e-2 * largest):
        return "same for all"
    centre = np.mean(x, axis=0)
    table = np.corrcoef((x - centre).reshape(n, -1), (reconstruction - centre).reshape(n, -1))[:n, n:]
    return "good" if np.all(table.argmax(axis=0) == np.arange(n)) else "wrong order"
