"""With Keras; a tiny number keeps the division finite."""


def mean_max_cosine(learned, true):
    learned, true = (ops.cast(ops.convert_to_tensor(each), "float32") for each in (learned, true))
    learned = learned / (ops.norm(learned, axis=1, keepdims=True) + 1e-9)
    true = true / ops.norm(true, axis=1, keepdims=True)
    return ops.mean(ops.max(ops.einsum("kd,md->mk", learned, true), axis=1))
