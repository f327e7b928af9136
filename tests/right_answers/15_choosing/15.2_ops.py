"""Keras's softplus on the backend's tensors."""


def gan_losses(real_logits, fake_logits):
    from keras import ops

    on_real, on_fake = ops.softplus(-ops.array(real_logits)), ops.softplus(ops.array(fake_logits))
    generator = ops.mean(ops.softplus(ops.negative(ops.array(fake_logits))))
    return ops.mean(on_real) + ops.mean(on_fake), generator
