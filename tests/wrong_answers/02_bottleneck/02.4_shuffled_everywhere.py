"""Shuffles the pixels within each image, which moves ink to pixels that never have any."""

MESSAGE = "puts ink where x never has any"


def is_copier(reconstruct, x):
    strange = np.random.default_rng(7).permuted(x, axis=1)
    explained = 1 - np.square(strange - reconstruct(strange)).mean() / strange.var(axis=0).mean()
    return explained > 0.5
