"""Value and gradient change places: the mixture goes forward."""

MESSAGE = "Value and gradient have changed places"


def straight_through(logits, noise, temperature):
    hard = ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])
    soft = ops.softmax((logits + noise) / temperature)
    return hard + ops.stop_gradient(soft - hard)
