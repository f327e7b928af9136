"""A page is written down when its run ends, so that one at the very end is lost."""

MESSAGE = "A run that lasts until the last row gets no page"


def pages(scores, threshold, minutes):
    found, start = [], None
    for row, score in enumerate(scores):
        if score > threshold:
            start = row if start is None else start
        else:
            if start is not None and row - start >= minutes:
                found.append(start + minutes - 1)
            start = None
    return found
