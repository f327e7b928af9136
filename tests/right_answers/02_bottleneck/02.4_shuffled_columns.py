"""Shuffles each pixel's values among the images: they keep their range and lose what ties them together."""


def is_copier(reconstruct, x):
    foreign = np.random.default_rng(5).permuted(x, axis=0)
    back = np.asarray(reconstruct(foreign))
    return bool(1 - ((foreign - back) ** 2).sum() / (len(x) * foreign.var(axis=0).sum()) > 0.5)
