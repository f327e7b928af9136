"""In logarithms: log_sigmoid at the left end, and a log-sum-exp over the components."""


def bits_under_mixture(z, weights, means, scales):
    ops = keras.ops
    distance = ops.abs(ops.expand_dims(z, -1) - means)
    upper, lower = ops.log_sigmoid((0.5 - distance) / scales), ops.log_sigmoid((-0.5 - distance) / scales)
    logs = ops.log(weights) + upper + ops.log(1 - ops.exp(lower - upper))
    return -ops.logsumexp(logs, axis=-1) / float(np.log(2))
