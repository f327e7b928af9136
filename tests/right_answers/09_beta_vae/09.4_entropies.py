"""H(z) + H(v) - H(z, v) in bits, which cancel, with dead latents in one bin."""

from collections import Counter
from math import log2


def information_gap(codes, factors, bins=10):
    def uncertainty(names):
        return -sum(count / len(names) * log2(count / len(names)) for count in Counter(names).values())

    low, width = codes.min(axis=0), codes.max(axis=0) - codes.min(axis=0)
    place = np.floor((codes - low) / np.where(width == 0, 1, width) * bins).clip(0, bins - 1).astype(int)
    place[:, codes.std(axis=0) <= 0.1] = 0
    latents = [z.tolist() for z in place.T]
    scores = []
    for v in factors.T.tolist():
        if len(set(v)) == 1:
            continue
        known = [uncertainty(z) + uncertainty(v) - uncertainty(list(zip(z, v, strict=True))) for z in latents]
        best = known.pop(int(np.argmax(known)))
        scores.append((best - max(known, default=0)) / uncertainty(v))
    return sum(scores) / len(scores)
