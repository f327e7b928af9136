"""Brings both to one scale by their means; distances by scipy's cdist; drawings that lie within the tolerance."""

from scipy.spatial.distance import cdist


def read_reconstruction(x, reconstruction):
    x, drawn = (np.asarray(a, dtype=float).reshape(len(a), -1) for a in (x, reconstruction))
    if abs(np.log10(drawn.mean() / x.mean())) > 1.2:
        return "not scaled"
    if np.allclose(drawn, drawn[:1], rtol=0, atol=1e-3 * (x.max() - x.min())):
        return "same for all"
    order = cdist(drawn, x).argmin(axis=1)
    return "good" if order.tolist() == list(range(len(x))) else "wrong order"
