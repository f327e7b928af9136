"""|z| by the larger of z and -z, the length by a power of what is at least a tiny number; the examples come last."""


def scale_free_l1(z, decoder_kernel, weight):
    lengths = ops.maximum(ops.sum(ops.square(decoder_kernel), axis=-1, keepdims=True), 1e-10) ** 0.5
    return weight * ops.sum(ops.mean(ops.maximum(z, -z), axis=0) * lengths[:, 0])
