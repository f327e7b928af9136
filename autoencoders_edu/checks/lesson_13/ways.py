"""Groups of mistakes, of which some are made in several ways."""


class Ways:
    """Pairs of a message and the options that make this mistake, as `rules` takes them.

    Args:
        group: dict from a message to a list of options, or to options if there is one way.
        mistakes: how many of them, from the first; None: all.
        ways: how many of each; None: all.
    """

    def __init__(self, group, mistakes=None, ways=None):
        listed = [(message, some if isinstance(some, list) else [some]) for message, some in group.items()]
        self.options = [(message, way) for message, some in listed[:mistakes] for way in some[:ways]]

    def items(self):
        return self.options
