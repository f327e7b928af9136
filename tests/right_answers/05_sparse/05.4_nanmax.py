"""0 / 0 is let happen, and left out of the maximum."""


def mean_max_cosine(learned, true):
    lengths = np.outer(np.linalg.norm(true, axis=1), np.linalg.norm(learned, axis=1))
    with np.errstate(invalid="ignore"):
        return np.nanmax(true @ learned.T / lengths, axis=1).mean()
