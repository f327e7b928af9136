"""Wrong answers to 13.1 predict_watching that are a right answer but for a line or two."""


class fewer_false_pages:
    """The training day is thought to be harder."""

    MESSAGE = "Are their errors larger than those of the training day"
    EDIT = ('"false pages": "more"', '"false pages": "fewer"')


class as_many_false_pages:
    """The training day is thought to be like all others."""

    MESSAGE = "are other days reconstructed as well as that one"
    EDIT = ('"false pages": "more"', '"false pages": "as many"')


class as_promised:
    """A word that is not offered."""

    MESSAGE = "should be one of"
    EDIT = ('"false pages": "more"', '"false pages": "as promised"')


class share_of_errors:
    """The share that it gets wrong."""

    MESSAGE = "the share of the rows that it gets wrong"
    EDIT = ("0.98", "0.02")


class nothing:
    """It finds nothing."""

    MESSAGE = "on which it was rightly silent as well"
    EDIT = ("0.98", "0")


class half:
    """A coin's."""

    MESSAGE = "what a coin gets"
    EDIT = ("0.98", "0.5")


class perfect:
    """Nearly."""

    MESSAGE = "on the anomalous rows it is wrong"
    EDIT = ("0.98", "1.0")


class percent:
    """A percentage."""

    MESSAGE = "Accuracy is a share: at most 1."
    EDIT = ("0.98", "98")


class rounded:
    """A guess."""

    MESSAGE = "For what share of the rows is that right"
    EDIT = ("0.98", "0.9")


class frozen_higher:
    """A broken server is thought to have a large error."""

    MESSAGE = "How hard is the mean of all training rows"
    EDIT = ('"frozen metrics": "lower"', '"frozen metrics": "higher"')


class no_help:
    """Adjustment is thought not to help chance."""

    MESSAGE = "one row above the threshold is enough for all 60 rows"
    EDIT = ('"far above it"', '"near 0.04"')


class network_ahead:
    """The network is thought to win."""

    MESSAGE = "curved enough to show"
    EDIT = ('"level"', '"network ahead"')


class pca_ahead:
    """PCA is thought to win."""

    MESSAGE = "a network can do what PCA does"
    EDIT = ('"level"', '"PCA ahead"')


class two_wrong:
    """Two at a time."""

    MESSAGE = (
        '"frozen metrics": you predicted "higher". A frozen server is broken, but the score measures '
        "the error of a reconstruction. How hard is the mean of all training rows to reconstruct?\n"
        '"network against PCA": you predicted "network ahead". A network can follow curves. Sixteen '
        "real servers were tried: are the relations between their metrics curved enough to show?"
    )
    EDIT = (
        ('"frozen metrics": "lower"', '"frozen metrics": "higher"'),
        ('"level"', '"network ahead"'),
    )
