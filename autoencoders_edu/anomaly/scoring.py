"""From residuals to how strange each metric is."""

import numpy as np

SMALLEST = 0.01  # standard deviations; a smaller residual is rounding, or a metric that is there twice
LIMIT = 5.0  # standard deviations: beyond, a metric is as strange as can be


class Whitening:
    """Residuals as independent numbers of size 1, one for each metric.

        u = r / s
        w = P^(-1/2) u

    with r the residuals, s their own sizes on the training rows (root mean square), and P the correlations of u there.
    P is shrunk towards the identity by Ledoit and Wolf's formula, so that few rows, or metrics that are there twice,
    do no harm. The sum of w_j^2 over metrics is the squared Mahalanobis distance of r from 0, and w_j^2 is what
    metric j contributes to it (the corr-max transformation, Eq. 5 of Garthwaite and Koch 2016).

    So a metric counts that the model knows well, for there a small residual says much; and what two residuals usually
    do together counts once.

    Args:
        residuals: of the training rows, (rows, metrics).
        constant: (metrics,), True for metrics that never moved there. Theirs stay as they are.

    Reference: Ledoit and Wolf 2004, "A well-conditioned estimator for large-dimensional covariance matrices";
    Garthwaite and Koch 2016, "Evaluating the contributions of individual variables to a quadratic form".
    """

    def __init__(self, residuals, constant):
        from sklearn.covariance import ledoit_wolf

        size = np.maximum(np.sqrt(np.mean(np.square(residuals, dtype="float64"), axis=0)), SMALLEST)
        self.size = np.where(constant, 1.0, size)
        self.matrix = np.eye(len(size))
        moving = np.flatnonzero(~constant)
        correlations, _ = ledoit_wolf(residuals[:, moving] / self.size[moving], assume_centered=True)
        values, vectors = np.linalg.eigh(correlations)
        self.matrix[np.ix_(moving, moving)] = (vectors / np.sqrt(values)) @ vectors.T

    def __call__(self, residuals):
        """w (rows, metrics) of residuals (rows, metrics)."""
        return residuals / self.size @ self.matrix

    def errors(self, residuals):
        """e = min(w^2, 25) (rows, metrics): beyond 5 standard deviations a metric is as strange as can be.

        So one reading gone wild neither hides the other metrics nor stays in a moving mean as if it went on.
        """
        return np.minimum(self(residuals) ** 2, LIMIT**2)
