"""Measures the factors with many draws instead of predicting them."""


def variances(n, repeats=50_000):
    epsilon = np.random.default_rng(n).normal(size=(repeats, n))
    z = 1.5 + epsilon
    return (2 * z).mean(axis=1).var(), (z**2 * epsilon).mean(axis=1).var()


few, many = variances(3), variances(12)
predict_gradients = {
    "pathwise, 4 times the draws": many[0] / few[0],
    "score function, 4 times the draws": many[1] / few[1],
    "pathwise, cost + 10": "same",
    "score function, cost + 10": "larger",
    "detached: fit says": "nothing",
    "detached: the loss": "falls",
}
