"""One-hot by comparing with the largest score, softmax by hand."""


def straight_through(logits, noise, temperature):
    scores = ops.convert_to_tensor(logits) + ops.convert_to_tensor(noise)
    largest = ops.max(scores, axis=-1, keepdims=True)
    hard = ops.cast(ops.equal(scores, largest), scores.dtype)
    powers = ops.exp((scores - ops.stop_gradient(largest)) / temperature)
    soft = powers / ops.sum(powers, axis=-1, keepdims=True)
    return ops.stop_gradient(hard - soft) + soft
