"""Correlates noise with what comes back, batch by batch."""


def is_copier(reconstruct, x):
    rng = np.random.default_rng()
    noise = x.min(0) + np.ptp(x, axis=0) * rng.random((300, x.shape[1]))
    drawn = np.concatenate([reconstruct(part) for part in np.array_split(noise, 3)])
    a, b = noise - noise.mean(0), drawn - drawn.mean(0)
    return bool(np.sum(a * b) > 0.7 * np.sqrt(np.sum(a * a) * np.sum(b * b) + 1e-12))
