"""With the matrix C."""


def blame(x, components):
    P = np.asarray(components, float)
    C = np.eye(len(P)) - P @ P.T
    diagonal = np.diag(C)
    residual = x @ C
    with np.errstate(divide="ignore", invalid="ignore"):
        rbc = residual**2 / diagonal
    rbc[:, diagonal < 1e-9] = -np.inf
    return rbc.argmax(axis=1)
