"""A one-hot choice, and nothing that would lend it a gradient."""

MESSAGE = "No gradient comes through"


def straight_through(logits, noise, temperature):
    hard = ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])
    return hard + 0 * logits
