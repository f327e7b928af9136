"""Groups of mistakes in which several share a message."""


class Pairs:
    """Pairs of a message and options, for `rules` in place of a dict."""

    def __init__(self, pairs):
        self.pairs = list(pairs)

    def items(self):
        return self.pairs
