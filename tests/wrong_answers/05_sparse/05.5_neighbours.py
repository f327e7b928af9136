"""Examples, each added to the one most like it, so that what both share stands out; then clusters of these."""

MESSAGE = "Your directions are better than random ones, and not"


def recover_directions(x, units, k):
    from sklearn.cluster import KMeans

    rows = x / np.linalg.norm(x, axis=1, keepdims=True)
    alike = rows @ rows.T - 2 * np.eye(len(rows), dtype=rows.dtype)
    pairs = rows + rows[alike.argmax(axis=1)]
    return KMeans(units, n_init=1, max_iter=20, random_state=0).fit(pairs).cluster_centers_
