"""Pair by pair, each counted once."""

from itertools import combinations


def agreement_and_diversity(images, asked, judged):
    per_class = []
    for c in set(asked.tolist()):
        places = [i for i, one in enumerate(asked) if one == c]
        distances = [((images[i] * 1.0 - images[j] * 1.0) ** 2).sum() for i, j in combinations(places, 2)]
        if distances:
            per_class.append(sum(distances) / len(distances))
    return [sum(a == b for a, b in zip(asked, judged, strict=True)) / len(asked), sum(per_class) / len(per_class)]
