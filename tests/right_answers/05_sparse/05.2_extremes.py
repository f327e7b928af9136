"""By the largest and the smallest value of each unit."""


def activity_report(z, threshold):
    z = np.asarray(z)
    dead = int((z.max(axis=0) <= threshold).sum())
    always_on = int((z.min(axis=0) > threshold).sum())
    return np.array([np.count_nonzero(z > threshold) / len(z), dead, always_on])
