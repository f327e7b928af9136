"""Wrong answers to 07.5 log_evidence that are a right answer but for a line or two."""


class at_the_mean_code:
    """log p(x|z) at z = 0, the most probable code."""

    MESSAGE = "You left out W W^T"
    EDIT = ("weights @ weights.T + ", "")


class batch_sum:
    """Summed over the batch."""

    MESSAGE = "You summed over the batch"
    EDIT = (("-0.5 * (square", "np.sum(-0.5 * (square"), ("(2 * np.pi))", "(2 * np.pi)))"))


class best_sample:
    """The best sample's weight."""

    MESSAGE = "You took the largest weight alone"
    EDIT = ("largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))", "largest")


class determinant_not_halved:
    """The determinant itself is under the root, but its logarithm is not halved."""

    MESSAGE = "The log-determinant is not halved"
    EDIT = ("+ log_determinant", "+ 2 * log_determinant")


class determinant_underflows:
    """The logarithm of the determinant, which is 0 to a computer for 400 pixels."""

    MESSAGE = "Sum logarithms instead of taking the logarithm of a product"
    EDIT = ("np.linalg.slogdet(covariance)[1]", "np.log(np.linalg.det(covariance))")


class independent_pixels:
    """Pixels are treated as independent given nothing, as they are given z."""

    MESSAGE = "You treated the pixels as independent"
    EDIT = ("    difference =", "    covariance = np.diag(np.diag(covariance))\n    difference =")


class log_k_forgotten:
    """The sum of the weights, without log K."""

    MESSAGE = "log K is missing"
    EDIT = ("np.mean(np.exp", "np.sum(np.exp")


class mean_of_the_logs:
    """The mean of the log-weights: the ELBO again."""

    MESSAGE = "You averaged the logarithms"
    EDIT = ("largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))", "np.mean(log_weights, axis=0)")


class no_constant:
    """The constant with 2 pi is dropped."""

    MESSAGE = "The constant with 2 pi is missing"
    EDIT = (" + pixels * np.log(2 * np.pi)", "")


class not_centred:
    """The mean b is not taken off."""

    MESSAGE = "You did not subtract b"
    EDIT = ("difference = x - b", "difference = x")


class one_largest_for_all:
    """The largest log-weight of the whole batch is taken off: other images' weights are zero beside it."""

    MESSAGE = "each image has a largest log-weight of its own"
    EDIT = ("np.max(log_weights, axis=0)", "np.max(log_weights)")


class centred_before_one_largest:
    """The images are centred first, and then one largest log-weight is taken off all of them."""

    MESSAGE = "each image has a largest log-weight of its own"
    EDIT = (
        "    largest = np.max(log_weights, axis=0)\n",
        "    average = np.mean(log_weights, axis=0)\n    largest = average + np.max(log_weights - average)\n",
    )


class first_sample_taken_off:
    """The first sample's log-weight is taken off in place of the largest: any shift is believed to do."""

    MESSAGE = "each image has a largest log-weight of its own"
    EDIT = ("np.max(log_weights, axis=0)", "log_weights[0]")


class per_pixel:
    """Divided by the number of pixels, as errors are."""

    MESSAGE = "You divided by the number of pixels"
    EDIT = ("(2 * np.pi))", "(2 * np.pi)) / pixels")


class stddev_not_squared:
    """The standard deviation on the diagonal of a covariance."""

    MESSAGE = "You added the standard deviation to the diagonal"
    EDIT = ("stddev**2", "stddev")


class weights_underflow:
    """The formula as it stands, whose exponentials are all zero for real images."""

    MESSAGE = "subtract the largest log-weight before"
    EDIT = ("np.max(log_weights, axis=0)", "0")


class wrong_axis:
    """Averages over the images in place of the samples."""

    MESSAGE = "You averaged over the batch, axis 1"
    EDIT = (
        "largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))",
        "np.logaddexp.reduce(log_weights, axis=1) - np.log(log_weights.shape[1])",
    )


class log_of_the_density:
    """The logarithm of SciPy's pdf, which underflows."""

    MESSAGE = "Do not take the logarithm of a density"
    EDIT = (
        "return -0.5 * (square + log_determinant + pixels * np.log(2 * np.pi))",
        "from scipy.stats import multivariate_normal\n\n"
        "    return np.log(np.atleast_1d(multivariate_normal(b, covariance).pdf(x)))",
    )


class log_of_batch:
    """The log of the batch size is subtracted."""

    MESSAGE = "You subtracted the logarithm of the batch's size"
    EDIT = (
        "largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))",
        "np.logaddexp.reduce(log_weights, axis=0) - np.log(log_weights.shape[1])",
    )


class constant_in_log:
    """A tiny constant stands within the logarithm."""

    MESSAGE = "You add 1e-300 inside the logarithm"
    EDIT = (
        "largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))",
        "np.log(np.mean(np.exp(log_weights), axis=0) + 1e-300)",
    )


class shift_lost:
    """The maximum is taken off and never put back."""

    MESSAGE = "did not add it back after the logarithm"
    EDIT = (
        "largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))",
        "np.log(np.mean(np.exp(log_weights - largest), axis=0))",
    )


class stddev_of_the_notebook:
    """The notebook's stddev is used in place of the argument."""

    MESSAGE = "You used stddev 1, the notebook's"
    EDIT = ("stddev**2", "1.0")


class half_before_the_square:
    """The factor 1/2 stands before the square alone."""

    MESSAGE = "multiplies the square alone"
    EDIT = (
        "-0.5 * (square + log_determinant + pixels * np.log(2 * np.pi))",
        "-0.5 * square - log_determinant - pixels * np.log(2 * np.pi)",
    )


class two_pi_per_latent:
    """log(2 pi) for each latent."""

    MESSAGE = "There is one log(2 pi) for each latent"
    EDIT = ("+ pixels *", "+ weights.shape[1] *")


class one_two_pi:
    """log(2 pi) once."""

    MESSAGE = "There is a single log(2 pi)"
    EDIT = ("+ pixels *", "+")


class pairs_of_images:
    """The quadratic form is (batch, batch) and summed over one axis."""

    MESSAGE = "Your square mixes the images"
    EDIT = (
        "difference * np.linalg.solve(covariance, difference.T).T",
        "difference @ np.linalg.solve(covariance, difference.T)",
    )


class first_image_for_all:
    """The first image's difference is used for all."""

    MESSAGE = "Every image gets the value of the first"
    EDIT = ("difference = x - b", "difference = np.tile(x[0] - b, (len(x), 1))")


class sign_of_slogdet:
    """slogdet's first result is taken."""

    MESSAGE = "you took the sign"
    EDIT = ("(covariance)[1]", "(covariance)[0]")


class inner_product:
    """W^T W in place of W W^T."""

    MESSAGE = "You multiplied W^T W"
    EDIT = ("weights @ weights.T", "weights.T @ weights")


class no_determinant:
    """The log-determinant is left out."""

    MESSAGE = "The log-determinant is missing"
    EDIT = (" + log_determinant", "")


class no_half:
    """The factor 1/2 is forgotten."""

    MESSAGE = "The factor 1/2 is missing"
    EDIT = ("-0.5 * (square", "-(square")


class negative_bound:
    """The loss in place of the bound."""

    MESSAGE = "this is minus the bound"
    EDIT = (
        "largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))",
        "-(largest + np.log(np.mean(np.exp(log_weights - largest), axis=0)))",
    )


class one_sample_less:
    """The mean of the weights over K - 1."""

    MESSAGE = "You divided by K - 1"
    EDIT = (
        "np.log(np.mean(np.exp(log_weights - largest), axis=0))",
        "np.log(np.sum(np.exp(log_weights - largest), axis=0) / (len(log_weights) - 1))",
    )


class clipped_log_weights:
    """The log-weights are kept above -700, where exp is not yet 0."""

    MESSAGE = "You clip the log-weights at -700"
    EDIT = (
        "largest = np.max(log_weights, axis=0)",
        "log_weights = np.maximum(log_weights, -700)\n    largest = np.max(log_weights, axis=0)",
    )


class first_latent:
    """Only the first column of W is used."""

    MESSAGE = "the first latent only"
    EDIT = ("weights @ weights.T", "np.outer(weights[:, 0], weights[:, 0])")


class lost_axis:
    """SciPy's multivariate normal, which returns a number when there is one image."""

    MESSAGE = "your result has no axis for the images"
    OF = "scipy"
    EDIT = (
        "np.atleast_1d(multivariate_normal(b, covariance).logpdf(x))",
        "multivariate_normal(b, covariance).logpdf(x)",
    )


class squeezed_bound:
    """The bound of a batch of one loses its axis."""

    MESSAGE = "your result has no axis for the images"
    EDIT = (
        "return largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))",
        "return np.squeeze(largest + np.log(np.mean(np.exp(log_weights - largest), axis=0)))",
    )


class model_of_the_notebook:
    """The notebook's W in place of the argument."""

    MESSAGE = "never uses its argument weights"
    EDIT = (
        "covariance = weights @ weights.T",
        "W = np.random.default_rng(0).normal(size=(20, 3))\n    covariance = W @ W.T",
    )


class averaged_over_the_prior:
    """p(x|z), averaged over codes from the prior that are the same each time."""

    MESSAGE = "Far from b your density falls as p(x|z) does for a single code"
    EDIT = (
        "    return -0.5 * (square + log_determinant + pixels * np.log(2 * np.pi))",
        "    z = np.random.default_rng(0).normal(size=(500, 1, weights.shape[1]))\n"
        "    square = np.sum((x - z @ weights.T - b) ** 2, axis=-1) / stddev**2\n"
        "    square = square + pixels * np.log(2 * np.pi * stddev**2)\n"
        "    return np.logaddexp.reduce(-0.5 * square, axis=0) - np.log(500)",
    )


class new_draws_from_the_prior:
    """p(x|z), averaged over codes from the prior that are drawn anew."""

    MESSAGE = "it estimates log p(x) from random draws"
    EDIT = (
        "    return -0.5 * (square + log_determinant + pixels * np.log(2 * np.pi))",
        "    z = np.random.normal(size=(500, 1, weights.shape[1]))\n"
        "    square = np.sum((x - z @ weights.T - b) ** 2, axis=-1) / stddev**2\n"
        "    square = square + pixels * np.log(2 * np.pi * stddev**2)\n"
        "    return np.logaddexp.reduce(-0.5 * square, axis=0) - np.log(500)",
    )


class noise_for_rounding:
    """The covariance of W z alone, with a small number on the diagonal so that it can be inverted."""

    MESSAGE = "The noise is missing"
    EDIT = ("stddev**2 * np.eye", "1e-6 * np.eye")


class no_noise:
    """The covariance of W z alone."""

    MESSAGE = "The noise is missing"
    EDIT = (" + stddev**2 * np.eye(pixels)", "")


class squares_of_the_batch:
    """np.sum without its axis."""

    MESSAGE = "You summed the squares over the batch"
    EDIT = (", axis=1)\n    log_determinant", ")\n    log_determinant")


class samples_of_the_notebook:
    """The notebook's 3000 samples."""

    MESSAGE = "You divided by 3000"
    EDIT = ("np.mean(np.exp(log_weights - largest), axis=0)", "np.sum(np.exp(log_weights - largest), axis=0) / 3000")


class largest_over_k:
    """The largest weight alone, divided by their number."""

    MESSAGE = "You divided the largest weight by K"
    EDIT = ("np.mean(np.exp(log_weights - largest), axis=0)", "1 / len(log_weights)")


class pair_of_slogdet:
    """Both numbers that slogdet returns are added."""

    MESSAGE = "You added both numbers that slogdet returns"
    EDIT = ("np.linalg.slogdet(covariance)[1]", "np.linalg.slogdet(covariance)")


class half_a_determinant:
    """The logarithms of the diagonal of a Cholesky factor, not doubled."""

    MESSAGE = "Your log-determinant is half of the right one"
    EDIT = ("np.linalg.slogdet(covariance)[1]", "np.sum(np.log(np.diag(np.linalg.cholesky(covariance))))")


class not_inverted:
    """The covariance is not inverted."""

    MESSAGE = "the covariance where its inverse belongs"
    EDIT = ("np.linalg.solve(covariance, difference.T).T", "(difference @ covariance)")


class log_of_size:
    """log of all entries for log K."""

    MESSAGE = "the number of all log-weights"
    EDIT = (
        "largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))",
        "np.logaddexp.reduce(log_weights, axis=0) - np.log(log_weights.size)",
    )
