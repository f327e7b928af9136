"""Groups of equal flags."""

from itertools import groupby


def pages(scores, threshold, minutes):
    found = []
    for above, run in groupby(enumerate(scores), key=lambda pair: bool(pair[1] > threshold)):
        rows = [row for row, _ in run]
        if above and len(rows) >= minutes:
            found.append(rows[minutes - 1])
    return tuple(found)
