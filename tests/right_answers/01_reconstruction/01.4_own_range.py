"""The range is that of the drawings; each drawing is looked up among the originals, one by one."""


def read_reconstruction(x, reconstruction):
    big, small = max(np.max(x), np.max(reconstruction)), min(np.max(x), np.max(reconstruction))
    if big > 100 * small:
        return "not scaled"
    spread, span = np.ptp(reconstruction, axis=0).max(), np.ptp(reconstruction)
    if spread <= 0.001 * span or span == 0:
        return "same for all"
    for i, drawing in enumerate(reconstruction):
        distances = [float(np.linalg.norm(original - drawing)) for original in x]
        if min(distances) < distances[i]:
            return "wrong order"
    return "good"
