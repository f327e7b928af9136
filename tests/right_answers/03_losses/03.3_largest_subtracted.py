"""The largest logit is subtracted first; the coin is a softmax over two."""


def minus_log_softmax(one_hot, logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - (one_hot * shifted).sum(axis=1)


def row_nll(x, outputs, stddev):
    variance = stddev**2
    square = np.square(x[:, 0] - outputs[:, 0]) / variance
    coin = np.stack([1 - x[:, 1], x[:, 1]], axis=1), np.stack([np.zeros(len(x)), outputs[:, 1]], axis=1)
    return (
        (square + np.log(2 * np.pi * variance)) / 2
        + minus_log_softmax(*coin)
        + minus_log_softmax(x[:, 2:], outputs[:, 2:])
    )
