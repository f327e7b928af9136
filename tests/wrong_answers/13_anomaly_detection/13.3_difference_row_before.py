"""The same, with the row before the run as its start."""

import numpy as np

MESSAGE = "Entry i of np.diff compares rows i and i + 1"


def pages(scores, threshold, minutes):
    above = (np.asarray(scores) > threshold).astype(int)
    starts, stops = (np.flatnonzero(np.diff(above) == sign) for sign in (1, -1))
    return [start + minutes - 1 for start, stop in zip(starts, stops, strict=False) if stop - start >= minutes]
