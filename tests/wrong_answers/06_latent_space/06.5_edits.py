"""Wrong answers to 06.5 find_holes that are a right answer but for a line or two."""


class threshold_from_training_codes:
    """The threshold comes from the training codes, which all find themselves."""

    MESSAGE = "as if each code that it was taken from had found itself"
    EDIT = ("to_nearest(held_out)", "to_nearest(train)")


class threshold_from_z:
    """The threshold comes from the codes that are judged."""

    MESSAGE = "Your threshold comes from z itself"
    EDIT = ("to_nearest(held_out)", "to_nearest(z)")


class wrong_tail:
    """The share is taken for the quantile."""

    MESSAGE = "You took the quantile share"
    EDIT = ("1 - share", "share")


class largest:
    """The largest distance of any held-out code."""

    MESSAGE = "the largest distance of a held-out code, or hardly smaller"
    EDIT = ("np.quantile(to_nearest(held_out), 1 - share)", "to_nearest(held_out).max()")


class mean_of_the_held_out:
    """The mean distance of the held-out codes."""

    MESSAGE = "the mean distance of the held-out codes"
    EDIT = ("np.quantile(to_nearest(held_out), 1 - share)", "to_nearest(held_out).mean()")


class two_sigma:
    """Mean plus two standard deviations."""

    MESSAGE = "plus some standard deviations"
    EDIT = (
        "np.quantile(to_nearest(held_out), 1 - share)",
        "(to_nearest(held_out).mean() + 2 * to_nearest(held_out).std())",
    )


class always_95:
    """The usual 95 %, whatever the share is."""

    MESSAGE = "always took the quantile 0.95"
    EDIT = ("1 - share", "0.95")


class from_the_centre:
    """Far out means far from the mean."""

    MESSAGE = "the distance to the mean of the training codes"
    EDIT = (
        "np.linalg.norm(codes[:, None] - train[None], axis=2).min(axis=1)",
        "np.linalg.norm(codes - train.mean(axis=0), axis=1)",
    )


class average_distance:
    """The average distance to all training codes."""

    MESSAGE = "You averaged the distances to all training codes"
    EDIT = (".min(axis=1)", ".mean(axis=1)")


class box:
    """Holes are believed to lie outside the range of the codes."""

    MESSAGE = "outside the box"
    EDIT = (
        "return to_nearest(z) > np.quantile(to_nearest(held_out), 1 - share)",
        "return np.any((z < train.min(axis=0)) | (z > train.max(axis=0)), axis=1)",
    )


class held_out_as_gallery:
    """Both are compared with each other's codes: z with the held-out ones."""

    MESSAGE = "Training and held-out codes are exchanged"
    EDIT = (("    def to_nearest", "    train, held_out = held_out, train\n\n    def to_nearest"),)


class held_out_among_themselves:
    """Held-out codes are compared with the other held-out codes."""

    MESSAGE = "held-out codes compared with each other"
    EDIT = (
        "np.quantile(to_nearest(held_out), 1 - share)",
        "np.quantile(np.sort(np.linalg.norm(held_out[:, None] - held_out[None], axis=2), axis=1)[:, 1], 1 - share)",
    )


class training_left_out:
    """Each training code is compared with the other training codes."""

    MESSAGE = "from training codes, each compared with the others"
    EDIT = (
        "np.quantile(to_nearest(held_out), 1 - share)",
        "np.quantile(np.sort(np.linalg.norm(train[:, None] - train[None], axis=2), axis=1)[:, 1], 1 - share)",
    )


class turned_round:
    """True for codes that are fine."""

    MESSAGE = "Your answer is turned round"
    EDIT = ("to_nearest(z) > np", "to_nearest(z) < np")


class wrong_axis:
    """The nearest code of z for each training code."""

    MESSAGE = "which axis has been reduced"
    EDIT = ("return to_nearest(z) >", "return np.linalg.norm(z[:, None] - train[None], axis=2).min(axis=0) >")


class squeezed:
    """np.squeeze drops the axis of a batch of one."""

    MESSAGE = "the batch has lost its axis"
    EDIT = ("return to_nearest(z) > np", "return np.squeeze(to_nearest(z)) > np")


class square_against_distance:
    """The square is compared with a distance."""

    MESSAGE = "with the square of a distance"
    EDIT = ("return to_nearest(z) >", "return to_nearest(z) ** 2 >")


class distances:
    """Distances are returned, no booleans."""

    MESSAGE = "True or False for each code"
    EDIT = ("return to_nearest(z) > np.quantile(to_nearest(held_out), 1 - share)", "return to_nearest(z)")


class places_of_holes:
    """The places of the holes are returned."""

    MESSAGE = "the places of the holes"
    EDIT = (
        "return to_nearest(z) > np.quantile(to_nearest(held_out), 1 - share)",
        "return np.flatnonzero(to_nearest(z) > np.quantile(to_nearest(held_out), 1 - share))",
    )


class manhattan:
    """Absolute differences are added up."""

    MESSAGE = "Manhattan"
    EDIT = ("np.linalg.norm(codes[:, None] - train[None], axis=2)", "np.abs(codes[:, None] - train[None]).sum(axis=2)")


class held_out_finds_itself:
    """Held-out codes are compared with each other, and each finds itself."""

    MESSAGE = "as if each code that it was taken from had found itself"
    EDIT = (
        "np.quantile(to_nearest(held_out), 1 - share)",
        "np.quantile(np.linalg.norm(held_out[:, None] - held_out[None], axis=2).min(axis=1), 1 - share)",
    )


class percentile:
    """np.percentile with a share."""

    MESSAGE = "You took the percentile 1 - share"
    EDIT = ("np.quantile(to_nearest(held_out), 1 - share)", "np.percentile(to_nearest(held_out), 1 - share)")


class second_nearest:
    """Each code is believed to find itself."""

    MESSAGE = "second nearest"
    EDIT = (
        "np.linalg.norm(codes[:, None] - train[None], axis=2).min(axis=1)",
        "np.sort(np.linalg.norm(codes[:, None] - train[None], axis=2), axis=1)[:, 1]",
    )


class everything:
    """All are holes."""

    MESSAGE = "call every code a hole"
    EDIT = ("return to_nearest(z) > np.quantile(to_nearest(held_out), 1 - share)", "return np.ones(len(z), bool)")


class share_of_holes:
    """How many are holes."""

    MESSAGE = "one value for all"
    EDIT = (
        "return to_nearest(z) > np.quantile(to_nearest(held_out), 1 - share)",
        "return np.mean(to_nearest(z) > np.quantile(to_nearest(held_out), 1 - share))",
    )


class several_nearest:
    """As a k-nearest-neighbour detector does."""

    MESSAGE = "to the 5 nearest training codes"
    EDIT = (
        "np.linalg.norm(codes[:, None] - train[None], axis=2).min(axis=1)",
        "np.sort(np.linalg.norm(codes[:, None] - train[None], axis=2), axis=1)[:, :5].mean(axis=1)",
    )


class training_and_held_out:
    """Both set the threshold."""

    MESSAGE = "from training and held-out codes together"
    EDIT = ("to_nearest(held_out)", "to_nearest(np.concatenate([train, held_out]))")


class nearest_called_holes:
    """Both the sign and the share turned."""

    MESSAGE = "You called the nearest codes holes"
    EDIT = ("> np.quantile(to_nearest(held_out), 1 - share)", "< np.quantile(to_nearest(held_out), share)")


class percentile_of_a_share:
    """100 less a share."""

    MESSAGE = "the largest distance of a held-out code, or hardly smaller"
    EDIT = ("np.quantile(to_nearest(held_out), 1 - share)", "np.percentile(to_nearest(held_out), 100 - share)")
