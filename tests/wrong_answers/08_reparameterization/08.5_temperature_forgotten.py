"""The gradient comes from the softmax without its temperature."""

MESSAGE = "You forgot the temperature"


def straight_through(logits, noise, temperature):
    hard = ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])
    soft = ops.softmax(logits + noise)
    return soft + ops.stop_gradient(hard - soft)
