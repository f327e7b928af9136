"""What the definition says: how much smaller the squared error gets if one metric alone is corrected."""


def blame(x, components):
    C = np.eye(len(components)) - components @ components.T
    gains = np.full(np.shape(x), -np.inf)
    for j in np.flatnonzero(np.diag(C) >= 1e-9):
        residual = x @ C
        correction = residual[:, j] / C[j, j]
        corrected = residual - correction[:, None] * C[j]
        gains[:, j] = (residual**2).sum(axis=1) - (corrected**2).sum(axis=1)
    return gains.argmax(axis=1).astype("int32")
