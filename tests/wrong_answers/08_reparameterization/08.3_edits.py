"""Wrong answers to 08.3 score_gradient that are a right answer but for a line or two."""


class baseline_ignored:
    """A baseline does not change the expectation, so it is left out."""

    MESSAGE = "You ignored the baseline"
    EDIT = ("(cost(z) - baseline)", "cost(z)")


class baseline_off_the_gradient:
    """The baseline is taken off at the end, off the estimate."""

    MESSAGE = "You subtracted the baseline from the gradient"
    EDIT = (("(cost(z) - baseline)", "cost(z)"), ("axis=1)", "axis=1) - baseline"))


class cost_of_epsilon:
    """The cost is asked at epsilon instead of z."""

    MESSAGE = "at other places than the draws"
    EDIT = ("(cost(z) - baseline)", "(cost(epsilon) - baseline)")


class density:
    """The derivative of the density, as it stands in the integral before anything is rewritten."""

    MESSAGE = "You differentiated the density"
    EDIT = ("* scores", "* scores * np.exp(-(epsilon**2) / 2) / (stddev * np.sqrt(2 * np.pi))")


class downhill:
    """The minus of gradient descent is put into the gradient."""

    MESSAGE = "The sign is reversed"
    EDIT = ("cost(z) - baseline", "baseline - cost(z)")


class finite_differences:
    """The slope of the cost is measured beside each draw: the pathwise gradient, for a cost that has no slope."""

    MESSAGE = "beside the draws, to find its slope"
    EDIT = (
        ("(cost(z) - baseline)", "(cost(z + 0.01) - cost(z - 0.01)) / 0.02"),
        ("[epsilon / stddev, (epsilon**2 - 1) / stddev]", "[np.ones_like(epsilon), epsilon]"),
    )


class log_variance:
    """The derivative for the log-variance, which a VAE would want, is returned for that of the stddev."""

    MESSAGE = "is the derivative for the log-variance"
    EDIT = ("(epsilon**2 - 1) / stddev", "(epsilon**2 - 1) / 2")


class minus_one_forgotten:
    """The score of the stddev is taken from the exponent of the density alone."""

    MESSAGE = "The -1 is missing"
    EDIT = ("(epsilon**2 - 1)", "epsilon**2")


class own_mean:
    """The mean of the costs is believed to be the baseline."""

    MESSAGE = "You subtracted the mean of these costs"
    EDIT = ("- baseline)", "- np.mean(cost(z)))")


class same_score_twice:
    """The score of the mean is used for both."""

    MESSAGE = "You used the score of the mean for the stddev"
    EDIT = ("(epsilon**2 - 1) / stddev", "epsilon / stddev")


class standard_normal:
    """The scores of a standard normal, without the stddev."""

    MESSAGE = "You did not divide by the stddev"
    EDIT = ("[epsilon / stddev, (epsilon**2 - 1) / stddev]", "[epsilon, epsilon**2 - 1]")


class sum:
    """The draws are added up instead of averaged."""

    MESSAGE = "You added the draws up"
    EDIT = ("np.mean", "np.sum")


class swapped:
    """The two derivatives are returned in the wrong order."""

    MESSAGE = "The two numbers have changed places"
    EDIT = ("[epsilon / stddev, (epsilon**2 - 1) / stddev]", "[(epsilon**2 - 1) / stddev, epsilon / stddev]")


class variance_below:
    """The variance stands below (z - mean), and epsilon is put in for (z - mean)."""

    MESSAGE = "You divided by the variance"
    EDIT = ("[epsilon / stddev, (epsilon**2 - 1) / stddev]", "[epsilon / stddev**2, (epsilon**2 - 1) / stddev**2]")


class z_for_epsilon:
    """The draw stands where its epsilon belongs."""

    MESSAGE = "You put z where epsilon belongs"
    EDIT = ("[epsilon / stddev, (epsilon**2 - 1) / stddev]", "[z / stddev, (z**2 - 1) / stddev]")


class absolute_score:
    """The sign of epsilon is lost."""

    MESSAGE = "You took the absolute value of epsilon"
    EDIT = ("[epsilon / stddev", "[np.abs(epsilon) / stddev")


class all_averaged:
    """The mean runs over both scores."""

    MESSAGE = "You averaged over both scores"
    EDIT = (", axis=1", "")


class log_stddev:
    """The derivative for the log-stddev."""

    MESSAGE = "for the logarithm of the stddev"
    EDIT = ("(epsilon**2 - 1) / stddev", "epsilon**2 - 1")


class for_the_variance:
    """The derivative for the variance."""

    MESSAGE = "is the derivative for the variance"
    EDIT = ("(epsilon**2 - 1) / stddev", "(epsilon**2 - 1) / (2 * stddev**2)")


class no_baseline:
    """There is no argument for the baseline."""

    MESSAGE = "should take a fifth argument"
    EDIT = ((", baseline=0.0", ""), (" - baseline", ""))


class product_of_means:
    """Two means are multiplied."""

    MESSAGE = "You multiplied two means"
    EDIT = ("np.mean((cost(z) - baseline) * scores, axis=1)", "np.mean(cost(z) - baseline) * np.mean(scores, axis=1)")


class z_for_difference:
    """z stands for z - mean."""

    MESSAGE = "You put z where z - mean belongs"
    EDIT = ("[epsilon / stddev, (epsilon**2 - 1) / stddev]", "[z / stddev**2, (z**2 - stddev**2) / stddev**3]")


class baseline_added_back:
    """The baseline is added at the end."""

    MESSAGE = "You added the baseline to the gradient"
    EDIT = ("axis=1)", "axis=1) + baseline")


class each_draw:
    """The mean is left out."""

    MESSAGE = "You returned a number for each draw"
    EDIT = ("np.mean((cost(z) - baseline) * scores, axis=1)", "(cost(z) - baseline) * scores")


class median_of_draws:
    """The median is taken for robustness."""

    MESSAGE = "the median over the draws"
    EDIT = ("return np.mean((", "return np.median((")


class normalised_cost:
    """The cost is divided by its spread, as advantages often are."""

    MESSAGE = "divided the cost by its standard deviation"
    EDIT = ("(cost(z) - baseline)", "(cost(z) - baseline) / np.std(cost(z))")


class absolute_cost:
    """The absolute value of the cost less the baseline."""

    MESSAGE = "the absolute value of cost - baseline"
    EDIT = ("(cost(z) - baseline)", "np.abs(cost(z) - baseline)")


class divided_twice:
    """The score of the stddev is divided by the variance."""

    MESSAGE = "once too often"
    EDIT = ("(epsilon**2 - 1) / stddev", "(epsilon**2 - 1) / stddev**2")


class mean_alone:
    """The derivative for the mean alone."""

    MESSAGE = "the derivative for the mean alone"
    EDIT = ("return np.mean((cost(z) - baseline) * scores, axis=1)", "return np.mean((cost(z) - baseline) * scores[0])")


class baseline_for_the_mean:
    """The baseline is subtracted in the first derivative only."""

    MESSAGE = "You subtracted the baseline for the mean alone"
    EDIT = ("(cost(z) - baseline) * scores", "(cost(z) - baseline * np.array([[1], [0]])) * scores")


class hundred_draws:
    """The notebook's hundred draws."""

    MESSAGE = "You divided by 100"
    EDIT = (
        "np.mean((cost(z) - baseline) * scores, axis=1)",
        "np.sum((cost(z) - baseline) * scores, axis=1) / 100",
    )


class log_q_itself:
    """The surrogate cost * log q is averaged, not its derivative."""

    MESSAGE = "times log q(z) itself"
    EDIT = (
        "np.mean((cost(z) - baseline) * scores, axis=1)",
        "np.mean((cost(z) - baseline) * (-(epsilon**2) / 2 - np.log(stddev * np.sqrt(2 * np.pi))))",
    )


class second_sign:
    """The score of the stddev with its sign reversed."""

    MESSAGE = "The sign of the second number is reversed"
    EDIT = ("(epsilon**2 - 1) / stddev", "(1 - epsilon**2) / stddev")


class square_for_cube:
    """The exponent's derivative for the stddev is divided by the square."""

    MESSAGE = "The cube is missing"
    EDIT = ("(epsilon**2 - 1) / stddev", "epsilon**2 - 1 / stddev")


class one_not_divided:
    """The derivative of -log(stddev) is taken for -1."""

    MESSAGE = "-1 is divided by the stddev, too"
    EDIT = ("(epsilon**2 - 1) / stddev", "epsilon**2 / stddev - 1")


class along_the_draws:
    """log q(z) is differentiated with z = mean + stddev * epsilon put in: what automatic differentiation gives."""

    MESSAGE = "Hold z fixed"
    EDIT = ("[epsilon / stddev, (epsilon**2 - 1) / stddev]", "[0 * epsilon, -np.ones_like(epsilon) / stddev]")


class stddev_cubed:
    """epsilon^2 is divided by stddev^3, as (z - mean)^2 would have to be."""

    MESSAGE = "epsilon^2 is divided by stddev^3"
    EDIT = ("(epsilon**2 - 1) / stddev", "epsilon**2 / stddev**3 - 1 / stddev")


class variance_for_the_mean:
    """epsilon is divided by the variance."""

    MESSAGE = "In the score of the mean you divided"
    EDIT = ("epsilon / stddev,", "epsilon / stddev**2,")


class positive_baseline:
    """The baseline is believed to be positive."""

    MESSAGE = "You subtract the baseline only where it is above 0"
    EDIT = ("(cost(z) - baseline)", "(cost(z) - max(baseline, 0))")


class size_of_the_baseline:
    """The baseline's sign is lost."""

    MESSAGE = "You subtract the size of the baseline"
    EDIT = ("(cost(z) - baseline)", "(cost(z) - abs(baseline))")


class draws_left_out:
    """Draws that cost what the baseline does are left out."""

    MESSAGE = "You left out the draws whose cost is the baseline"
    EDIT = (
        "return np.mean((cost(z) - baseline) * scores, axis=1)",
        "weight = cost(z) - baseline\n    return np.mean((weight * scores)[:, weight != 0], axis=1)",
    )


class standardised_epsilon:
    """epsilon is standardised first."""

    MESSAGE = "You standardised epsilon"
    EDIT = ("z = mean", "epsilon = (epsilon - epsilon.mean()) / epsilon.std()\n    z = mean")


class shifted_draws:
    """The draws are moved a little."""

    MESSAGE = "You asked for the cost beside the draws. They are"
    EDIT = ("z = mean", "z = 0.01 + mean")


class first_sign:
    """mean - z for z - mean."""

    MESSAGE = "The sign of the first number is reversed"
    EDIT = ("[epsilon / stddev", "[-epsilon / stddev")


class first_not_divided:
    """The first score is not divided by the stddev."""

    MESSAGE = "The first number is not divided by the stddev"
    EDIT = ("[epsilon / stddev", "[epsilon")


class flat_path:
    """The gradient along the path, which is 0."""

    MESSAGE = "Your gradient is 0"
    EDIT = (
        "return np.mean((cost(z) - baseline) * scores, axis=1)",
        "return 0 * np.mean((cost(z) - baseline) * scores, axis=1)",
    )


class mean_over_scores:
    """The mean runs over the two scores."""

    MESSAGE = "over the two scores, not over the draws"
    EDIT = ("axis=1", "axis=0")


class one_added:
    """The sign of the 1 is wrong."""

    MESSAGE = "The 1 is added in the score of the stddev"
    EDIT = ("epsilon**2 - 1", "epsilon**2 + 1")


class not_squared:
    """epsilon is not squared."""

    MESSAGE = "epsilon is not squared in the score"
    EDIT = ("epsilon**2 - 1", "epsilon - 1")


class log_q_without_constant:
    """log q without its constant is multiplied."""

    MESSAGE = "by log q itself, without its constant"
    EDIT = (
        "return np.mean((cost(z) - baseline) * scores, axis=1)",
        "return np.full(2, np.mean((cost(z) - baseline) * (-(epsilon**2) / 2 - np.log(stddev))))",
    )
