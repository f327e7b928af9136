"""Multiplies random matrices and counts; keeps NumPy's own numbers."""

from itertools import pairwise

rng = np.random.default_rng(0)


def rank(layout):
    widths = [int(width) for width in layout.split("-")]
    network = np.eye(widths[0])
    for before, after in pairwise(widths):
        network = network @ rng.normal(size=(before, after))
    return np.linalg.matrix_rank(network)


layouts = ["64-16-256-16-64", "64-256-64", "64-32-8-32-64", "64-64-64", "64-20-12-6-64"]
predict_rank = {layout: rank(layout) for layout in layouts}
predict_rank["white noise through 64-16-256-16-64"] = np.float32(0.25)
