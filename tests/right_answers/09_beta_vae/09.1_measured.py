"""Every number is measured: the best loss on a grid of levels, and of betas."""

from scipy.optimize import minimize_scalar


def best(variance, beta, stddev):
    """(rate, distortion) of one direction, by the share of its variance that is left: one number to search for."""

    def loss(log_left):
        left = np.exp(log_left)
        return variance * left / (2 * stddev**2) - beta * 0.5 * log_left

    left = np.exp(minimize_scalar(loss, bounds=(-20, 0), method="bounded").x)
    return -0.5 * np.log(left), variance * left


betas = np.arange(1, 200)
left_over = np.array([best(50.0, beta, 0.5)[1] for beta in betas])
predict_dial = {
    "rate of 50": best(50.0, 32, 0.25)[0],
    "distortion of 50": best(50.0, 32, 0.25)[1],
    "rate of 0.5": best(0.5, 32, 0.25)[0],
    "distortion of 0.5": best(0.5, 32, 0.25)[1],
    "beta at stddev 0.5": betas[np.argmin(np.abs(left_over - best(50.0, 32, 0.25)[1]))],
    "bounds": "1 and 4",
    "draw": "noise",
}
