"""The root of the contribution, which is largest for the same metric; 0 for metrics that cannot be blamed."""


def blame(x, components):
    leverage = np.einsum("jk,jk->j", components, components)
    c = np.clip(1 - leverage, 1e-9, None)
    residual = np.where(leverage > 1 - 1e-9, 0, x - (x @ components) @ components.T)
    return np.nanargmax(np.abs(residual) / np.sqrt(c), axis=1)
