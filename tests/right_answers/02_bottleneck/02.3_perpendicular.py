"""Measures perpendicular to the line, both axes scaled to [0, 1]: the same point, since all angles are the same."""


def find_knee(dims, train_mse, val_mse):
    points = np.stack([np.log10(dims), val_mse], axis=1)
    points = (points - points[0]) / np.ptp(points, axis=0)
    along = points[-1] / np.linalg.norm(points[-1])
    below = along[1] * points[:, 0] - along[0] * points[:, 1]
    return max(zip(below, dims, strict=True))[1]
