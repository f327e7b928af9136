"""Keras's binary cross-entropy, told that it gets logits."""


def gan_losses(real_logits, fake_logits):
    import keras

    def cost(logits, label):
        logits = keras.ops.convert_to_tensor(logits)
        return keras.ops.mean(
            keras.ops.binary_crossentropy(label * keras.ops.ones_like(logits), logits, from_logits=True)
        )

    return cost(real_logits, 1.0) + cost(fake_logits, 0.0), cost(fake_logits, 1.0)
