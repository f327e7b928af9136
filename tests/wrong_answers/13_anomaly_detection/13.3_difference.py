"""np.diff of the flags without a False at either end."""

import numpy as np

MESSAGE = "np.diff shows its end and not its start, so that each start is paired with the end of another run"


def pages(scores, threshold, minutes):
    above = (np.asarray(scores) > threshold).astype(int)
    starts = np.flatnonzero(np.diff(above) == 1) + 1
    stops = np.flatnonzero(np.diff(above) == -1) + 1
    return [start + minutes - 1 for start, stop in zip(starts, stops, strict=False) if stop - start >= minutes]
