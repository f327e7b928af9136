"""Judges each drawing's error against that of the average image; flat, and with everything on the scale of x."""


def read_reconstruction(x, reconstruction):
    n = len(x)
    x, drawings = np.reshape(x, (n, -1)).astype(float), np.reshape(reconstruction, (n, -1)).astype(float)
    if not 0.1 < np.linalg.norm(drawings) / np.linalg.norm(x) < 10:
        return "not scaled"
    if np.ptp(drawings, axis=0).max() < 0.01 * np.ptp(x):
        return "same for all"
    laziest = np.sum((x - x.mean(axis=0)) ** 2, axis=1)
    return "good" if np.all(np.sum((x - drawings) ** 2, axis=1) < laziest / 2) else "wrong order"
