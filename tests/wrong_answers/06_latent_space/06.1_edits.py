"""Wrong answers to 06.1 predict_scores that are a right answer but for a line or two."""


class exchanged:
    """Trust is taken for whether neighbours are kept."""

    MESSAGE = "You have exchanged the two"
    EDIT = (
        ('"folded": "trustworthiness"', '"folded": "continuity"'),
        ('"torn": "continuity"', '"torn": "trustworthiness"'),
    )


class gaps_are_seen:
    """A gap ten times as wide must cost something."""

    MESSAGE = "a false gap or a false size is invisible"
    EDIT = ('"moved apart": "neither"', '"moved apart": "both"')


class sizes_are_seen:
    """A cloud drawn too small must cost trust."""

    MESSAGE = "a false gap or a false size is invisible"
    EDIT = ('"shrunk": "neither"', '"shrunk": "trustworthiness"')


class gaps_cost_continuity:
    """Clouds that move apart are torn apart."""

    MESSAGE = "a false gap or a false size is invisible"
    EDIT = ('"moved apart": "neither"', '"moved apart": "continuity"')


class scale_is_seen:
    """Distances double, so the scores change."""

    MESSAGE = "Who is nearest to whom does not change"
    EDIT = ('"turned": "neither"', '"turned": "both"')


class all_damage_is_both:
    """Whatever is damaged lowers both scores."""

    MESSAGE = "wherever something is damaged"
    EDIT = (('"folded": "trustworthiness"', '"folded": "both"'), ('"torn": "continuity"', '"torn": "both"'))


class fold_is_both:
    """A fold also loses neighbours."""

    MESSAGE = "drop out of the nearest ten, but not far"
    EDIT = ('"folded": "trustworthiness"', '"folded": "both"')


class tear_is_both:
    """A cut also brings strangers together."""

    MESSAGE = "whoever is close on the map comes from the same strip"
    EDIT = ('"torn": "continuity"', '"torn": "both"')


class shuffled_is_continuity:
    """Shuffling loses neighbours; the strangers are overlooked."""

    MESSAGE = "Each point gets strangers for neighbours"
    EDIT = ('"shuffled": "both"', '"shuffled": "continuity"')


class nothing_is_seen:
    """The points are all still there."""

    MESSAGE = "no score falls, whatever happens"
    EDIT = (
        ('"folded": "trustworthiness"', '"folded": "neither"'),
        ('"torn": "continuity"', '"torn": "neither"'),
        ('"shuffled": "both"', '"shuffled": "neither"'),
    )


class other_words:
    """Answers in other words."""

    MESSAGE = "should be one of"
    EDIT = ('"turned": "neither"', '"turned": "none"')


class key_forgotten:
    """One of the six is left out."""

    MESSAGE = "it lacks 'shrunk'"
    EDIT = ('    "shrunk": "neither",\n', "")
