"""Wrong answers to 12.3 bound_with_error that are a right answer but for a line or two."""


class elbo:
    """The mean of the logarithms."""

    MESSAGE = "that is the ELBO, the bound with one sample"
    EDIT = ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "groups.mean(axis=2)")


class no_log_k:
    """The sum of the weights."""

    MESSAGE = "The 1/k is missing"
    EDIT = ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "np.logaddexp.reduce(groups, axis=2)")


class exponentials:
    """exp of the log-weights as they are."""

    MESSAGE = "exp(-10000) is 0 and exp(1000) is infinite"
    EDIT = ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "np.log(np.mean(np.exp(groups.astype(float)), axis=2))")


class groups_as_images:
    """All groups count."""

    MESSAGE = "treats all groups as if they were images of their own. Groups"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "estimates.std(ddof=1) / np.sqrt(estimates.size)")


class no_root:
    """The standard deviation."""

    MESSAGE = "You returned the standard deviation of the images' means. The"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "of_images.std(ddof=1)")


class ddof_0:
    """NumPy's default."""

    MESSAGE = "Your standard error has ddof=0, which"
    EDIT = ("of_images.std(ddof=1)", "of_images.std()")


class divided_by_images:
    """No root."""

    MESSAGE = "divided by the number of images, not by its square root."
    EDIT = ("np.sqrt(images)", "images")


class root_of_all_groups:
    """Root of the number of groups."""

    MESSAGE = "by the square root of the number of all groups"
    EDIT = ("np.sqrt(images)", "np.sqrt(estimates.size)")


class squared:
    """The square of the standard error."""

    MESSAGE = "You returned the square of the standard error"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "of_images.var(ddof=1) / images")


class interleaved:
    """Groups that take every so many-th draw."""

    MESSAGE = "every so many-th draw"
    EDIT = ("log_weights.reshape(images, -1, k)", "log_weights.reshape(images, k, -1).swapaxes(1, 2)")


class across_images:
    """The table is read column by column."""

    MESSAGE = "Your groups mix draws of several images"
    EDIT = ("log_weights.reshape(images, -1, k)", "log_weights.T.reshape(images, -1, k)")


class all_draws:
    """One group for all draws."""

    MESSAGE = "into one group, whatever k is"
    EDIT = (
        "np.logaddexp.reduce(groups, axis=2) - np.log(k)",
        "np.logaddexp.reduce(log_weights[:, None], axis=2) - np.log(log_weights.shape[1])",
    )


class first_draws:
    """Only k draws are used."""

    MESSAGE = "You used the first k draws"
    EDIT = ("log_weights.reshape(images, -1, k)", "log_weights[:, None, :k]")


class log_of_all_draws:
    """The logarithm of the number of all draws."""

    MESSAGE = "the logarithm of the number of all draws"
    EDIT = ("- np.log(k)", "- np.log(log_weights.shape[1])")


class wrong_sign:
    """log k is added."""

    MESSAGE = "log k has the wrong sign"
    EDIT = ("- np.log(k)", "+ np.log(k)")


class largest:
    """The largest weight."""

    MESSAGE = "You took the largest weight of each group"
    EDIT = ("np.logaddexp.reduce(groups, axis=2)", "groups.max(axis=2)")


class negative_bound:
    """A loss."""

    MESSAGE = "The sign of the bound is wrong"
    EDIT = ("return of_images.mean()", "return -of_images.mean()")


class put_together_again:
    """The groups of an image are put together again."""

    MESSAGE = "with another log-mean-exp"
    EDIT = (
        "return of_images.mean()",
        "return np.mean(np.logaddexp.reduce(estimates, axis=1) - np.log(estimates.shape[1]))",
    )


class exchanged:
    """The error first."""

    MESSAGE = "You exchanged the two numbers"
    EDIT = (
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)",
        "return of_images.std(ddof=1) / np.sqrt(images), of_images.mean()",
    )


class interval:
    """1.96 standard errors."""

    MESSAGE = "half of a 95 % interval"
    EDIT = ("of_images.std(ddof=1) /", "1.96 * of_images.std(ddof=1) /")


class error_over_groups:
    """The spread between the groups, averaged over images."""

    MESSAGE = "is that over the groups, averaged over images"
    EDIT = (
        "of_images.std(ddof=1) / np.sqrt(images)",
        "estimates.mean(axis=0).std(ddof=1) / np.sqrt(estimates.shape[1])",
    )


class one_per_image:
    """No mean over the images."""

    MESSAGE = "is one number for each of the"
    EDIT = ("return of_images.mean(),", "return of_images,")


class bound_alone:
    """No error bar."""

    MESSAGE = "(bound, standard error). Received"
    EDIT = ("return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)", "return of_images.mean()")


class elbo_and_all_groups:
    """Two mistakes."""

    MESSAGE = (
        "You averaged the logarithms of the weights: that is the ELBO, the bound with one sample, "
        "whatever k is. The weights of a group are averaged, and the logarithm is taken of their "
        "mean.\n"
        "Also: Your standard error treats all groups as if they were images of their own. Groups "
        "of one image share that image: average each image first, and count the images."
    )
    EDIT = (
        ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "groups.mean(axis=2)"),
        ("of_images.std(ddof=1) / np.sqrt(images)", "estimates.std(ddof=1) / np.sqrt(estimates.size)"),
    )


class elbo_and_all_draws:
    """The ELBO with an error bar of all draws."""

    MESSAGE = "treats all draws as if"
    EDIT = (
        ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "groups.mean(axis=2)"),
        ("of_images.std(ddof=1) / np.sqrt(images)", "log_weights.std(ddof=1) / np.sqrt(log_weights.size)"),
    )


class no_log_k_and_ddof_0:
    """Two mistakes."""

    MESSAGE = (
        "The 1/k is missing: you took the logarithm of the sum of a group's weights, not of their "
        "mean.\n"
        "Also: Your standard error has ddof=0, which is NumPy's default. ddof=1 was asked for."
    )
    EDIT = (
        ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "np.logaddexp.reduce(groups, axis=2)"),
        ("of_images.std(ddof=1)", "of_images.std()"),
    )


class rounded:
    """Rounded to one decimal."""

    MESSAGE = "You rounded the standard error"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "round(of_images.std(ddof=1) / np.sqrt(images), 2)")


class k_groups:
    """k groups in place of groups of k."""

    MESSAGE = "You made k groups. Each"
    EDIT = ("log_weights.reshape(images, -1, k)", "log_weights.reshape(images, k, -1)")


class over_the_groups:
    """The log-mean-exp over the wrong axis."""

    MESSAGE = "Your log-mean-exp goes over the groups. It"
    EDIT = ("np.logaddexp.reduce(groups, axis=2)", "np.logaddexp.reduce(groups, axis=1)")


class error_of_the_elbo:
    """The error bar of another bound."""

    MESSAGE = "Your standard error is that of the ELBO"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "log_weights.mean(axis=1).std(ddof=1) / np.sqrt(images)")


class error_of_draws:
    """The spread of all log-weights."""

    MESSAGE = "has the standard deviation of all log-weights"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "log_weights.std(ddof=1) / np.sqrt(log_weights.size)")


class one_shift:
    """One largest log-weight for all images."""

    MESSAGE = "the largest log-weight of all images out of the exponentials"
    EDIT = (
        "np.logaddexp.reduce(groups, axis=2) - np.log(k)",
        "np.log(np.mean(np.exp(groups - groups.max()), axis=2)) + groups.max()",
    )


class all_draws_and_ddof_0:
    """Two mistakes."""

    MESSAGE = (
        "You put all draws of an image into one group, whatever k is. Split them into groups of k draws.\n"
        "Also: Your standard error has ddof=0, which"
    )
    EDIT = (
        (
            "np.logaddexp.reduce(groups, axis=2) - np.log(k)",
            "np.logaddexp.reduce(log_weights[:, None], axis=2) - np.log(log_weights.shape[1])",
        ),
        ("of_images.std(ddof=1)", "of_images.std()"),
    )
