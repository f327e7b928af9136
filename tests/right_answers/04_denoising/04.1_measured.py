"""Measured on a pixel of one of a few greys: a table of the targets that come with each input replaces the network."""

rng = np.random.default_rng(0)
greys = np.array([0.0, 0.1, 0.3, 0.7])
chance = np.array([0.4, 0.15, 0.1, 0.35])
clean = rng.choice(greys, 1_000_000, p=chance)
one, other = clean + 0.3 * rng.normal(size=(2, clean.size))


def returned(noisy, target, error=np.mean, given=0.46, shift=0.0):
    near = np.abs(noisy - given - shift) < 0.02
    value = error(target[near]) if near.any() else given + shift  # nothing like it was seen: the skips carry it through
    weights = chance * np.exp(-((given - greys) ** 2) / (2 * 0.3**2))
    weights /= weights.sum()
    average = weights @ greys
    words = {
        "average": average,
        "median": greys[np.searchsorted(weights.cumsum(), 0.5)],
        "brighter": average + 0.2,
        "input": given + shift,
    }
    return min(words, key=lambda word: abs(words[word] - value))


predict_outputs = {
    "clean target": returned(one, clean),
    "same copy": returned(one, one),
    "second copy": returned(one, other),
    "no noise": returned(clean, clean),
    "bright input": returned(one + 0.2, clean, shift=0.2),
    "bright copies": returned(one + 0.2, other + 0.2, shift=0.2),
    "absolute": returned(one, clean, np.median),
}
