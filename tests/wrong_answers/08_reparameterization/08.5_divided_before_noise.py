"""The logits are divided by the temperature before the noise is added, for the choice as for its gradient."""

MESSAGE = "You divided the logits by the temperature before the noise"


def straight_through(logits, noise, temperature):
    scores = logits / temperature + noise
    hard = ops.one_hot(ops.argmax(scores, axis=-1), logits.shape[-1])
    soft = ops.softmax(scores)
    return soft + ops.stop_gradient(hard - soft)
