"""The other way round: the hard choice, plus a term worth nothing that carries the gradient."""


def straight_through(logits, noise, temperature):
    scores = ops.add(logits, noise)
    hard = ops.one_hot(ops.argmax(scores, axis=-1), ops.shape(scores)[-1])
    soft = ops.softmax(scores / temperature, axis=-1)
    return ops.stop_gradient(hard) + (soft - ops.stop_gradient(soft))
