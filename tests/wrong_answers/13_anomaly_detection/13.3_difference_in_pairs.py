"""Edges taken in pairs, as if the first of them were a start."""

import numpy as np

MESSAGE = "np.diff shows its end and not its start, so that each start is paired with the end of another run"


def pages(scores, threshold, minutes):
    above = (np.asarray(scores) > threshold).astype(int)
    edges = np.flatnonzero(np.diff(above)) + 1
    starts, stops = edges[::2], edges[1::2]
    return [start + minutes - 1 for start, stop in zip(starts, stops, strict=False) if stop - start >= minutes]
