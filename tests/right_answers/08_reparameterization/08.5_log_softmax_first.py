"""Log-probabilities for logits, which changes neither the choice nor the softmax; the one-hot vector out of a table."""


def straight_through(logits, noise, temperature):
    scores = (ops.log_softmax(logits, axis=-1) + noise) / temperature
    soft = ops.exp(ops.log_softmax(scores, axis=-1))
    hard = ops.take(ops.eye(scores.shape[-1]), ops.argmax(scores, axis=-1), axis=0)
    return hard + soft - ops.stop_gradient(soft)
