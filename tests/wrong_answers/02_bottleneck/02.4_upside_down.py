"""Turning the digits upside down is enough of a foreign input."""

MESSAGE = "too much like digits"


def is_copier(reconstruct, x):
    turned = x[:, ::-1]
    return bool(np.mean((reconstruct(turned) - turned) ** 2) < 0.5 * np.mean((turned - turned.mean(axis=0)) ** 2))
