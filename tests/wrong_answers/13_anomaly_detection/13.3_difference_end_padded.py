"""A False after the last row alone."""

import numpy as np

MESSAGE = "np.diff shows its end and not its start, so that each start is paired with the end of another run"


def pages(scores, threshold, minutes):
    above = (np.asarray(scores) > threshold).astype(int)
    edges = np.diff(np.append(above, 0))
    starts, stops = (np.flatnonzero(edges == sign) + 1 for sign in (1, -1))
    return [start + minutes - 1 for start, stop in zip(starts, stops, strict=False) if stop - start >= minutes]
