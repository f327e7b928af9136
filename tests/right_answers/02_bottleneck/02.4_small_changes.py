"""Changes random images a little and sees whether the answer follows the change."""


def is_copier(reconstruct, x):
    rng = np.random.default_rng(3)
    start = 0.25 + 0.5 * rng.uniform(size=x.shape)
    change = 0.05 * rng.choice([-1.0, 1.0], size=x.shape)
    follows = np.sum((reconstruct(start + change) - reconstruct(start)) * change) / np.sum(change**2)
    return follows > 0.6
