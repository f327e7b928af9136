"""With Keras, in single precision; grey values are kept a little away from 0 and 1 in the entropy."""


def binarisation_nats(grey, logits):
    from keras import ops

    grey, logits = (ops.convert_to_tensor(each, "float32") for each in (grey, logits))

    def cost(x):
        return ops.sum(ops.softplus(logits) - x * logits, axis=(1, 2, 3))

    g = ops.clip(grey, 1e-7, 1 - 1e-7)
    entropy = -g * ops.log(g) - (1 - g) * ops.log(1 - g)
    static = ops.cast(ops.greater_equal(grey, 0.5), "float32")
    return {"static": cost(static), "dynamic": cost(grey), "floor": ops.sum(entropy, axis=(1, 2, 3))}
