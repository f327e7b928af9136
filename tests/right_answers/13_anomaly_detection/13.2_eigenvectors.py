"""Eigenvectors of the covariance, and a matrix that keeps the residual; a class in place of a closure."""


class Watch:
    def __init__(self, x, components):
        x = np.asarray(x, dtype="float64")
        self.mean = x.mean(0)
        self.stddev = x.std(0)
        self.stddev[self.stddev < 1e-9] = 1.0
        z = (x - self.mean) / self.stddev
        values, vectors = np.linalg.eigh(z.T @ z)
        P = vectors[:, np.argsort(values)[::-1][:components]]
        self.C = np.eye(len(self.mean)) - P @ P.T

    def __call__(self, rows):
        residual = (rows - self.mean) / self.stddev @ self.C
        return np.einsum("ij,ij->i", residual, residual) / residual.shape[1]


def fit_watch(x_train, x_held_out, components, quantile):
    watch = Watch(x_train, components)
    return [watch, float(np.percentile(watch(x_held_out), 100 * quantile))]
