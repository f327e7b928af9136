"""Errors by a singular value decomposition, and their ratios as arrays of no axis."""

x = np.random.default_rng(5).normal(size=(80, 20))


def left_over(images):
    values = np.linalg.svd(images - images.mean(axis=0), compute_uv=False)
    return np.sum(values[8:] ** 2)


changes = {"negative": 1 - x, "doubled": x + x}
changes["shuffled"] = x[:, np.random.default_rng(1).permutation(20)]
predict_rescaling = {name: np.asarray(left_over(images) / left_over(x)) for name, images in changes.items()}
