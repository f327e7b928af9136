"""Keras: its cross-entropy from logits, and ops.logsumexp."""


def completion_log_likelihood(images, visible, logits):
    x = ops.broadcast_to(ops.cast(images, "float32"), logits.shape)
    costs = ops.binary_crossentropy(x, ops.cast(logits, "float32"), from_logits=True)
    hidden = ops.cast(ops.logical_not(visible), "float32")[:, :, None]
    return ops.logsumexp(-ops.sum(costs * hidden, axis=(2, 3, 4)), axis=0) - float(np.log(logits.shape[0]))
