"""Shuffles the pixels in one order for all images, which moves ink to pixels that never have any."""

MESSAGE = "puts ink where x never has any"


def is_copier(reconstruct, x):
    strange = x[:, np.random.default_rng(0).permutation(x.shape[1])]
    lost = np.mean((strange - reconstruct(strange)) ** 2)
    return bool(lost < 0.5 * np.mean((strange - strange.mean(axis=0)) ** 2))
