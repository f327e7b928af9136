"""A model whose reconstructions of x span many dimensions must be a copier; one whose do not has a bottleneck."""

MESSAGE = "How many dimensions the outputs span"


def is_copier(reconstruct, x):
    return bool(np.linalg.matrix_rank(reconstruct(x)) > x.shape[1] // 2)
