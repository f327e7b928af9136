"""The weights are divided by their sum, which is 1: their gradient then keeps it."""


def bits_under_mixture(z, weights, means, scales):
    ops = keras.ops
    distance = ops.abs(ops.expand_dims(z, axis=2) - ops.expand_dims(means, axis=0))
    ends = [ops.sigmoid((half - distance) / scales) for half in (-0.5, 0.5)]
    shares = weights / ops.sum(weights, axis=1, keepdims=True)
    return ops.log(ops.sum(shares * (ends[1] - ends[0]), axis=2)) * float(-1 / np.log(2))
