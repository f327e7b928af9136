"""A generative adversarial network for small images, written to be read (lesson 15).

A generator turns noise z into an image; a discriminator returns one logit, positive for "real". Their losses are the
non-saturating ones of Goodfellow et al. 2014, with the penalty R1 of Mescheder et al. 2018:

    discriminator = mean softplus(-D(x)) + mean softplus(D(G(z))) + r1 / 2 * mean |gradient of D at x|^2
    generator     = mean softplus(-D(G(z)))
"""

import keras
from autoencoders_edu.models.blocks import TrainedInBlocks
from keras import layers, ops


def make_generator(latents, shape, width=256):
    z = keras.Input((latents,))
    y = layers.Dense(width, "relu")(z)
    y = layers.Dense(width, "relu")(y)
    y = layers.Dense(shape[0] * shape[1], "sigmoid")(y)
    return keras.Model(z, layers.Reshape(shape)(y), name="generator")


def make_discriminator(shape, width=256):
    x = keras.Input(shape)
    y = layers.Flatten()(layers.Rescaling(2.0, -1.0)(x))
    for name in ("first", "features"):
        y = layers.LeakyReLU(0.2)(layers.Dense(width, name=name)(y))
    return keras.Model(x, layers.Dense(1)(y), name="discriminator")


def gan_losses(real_logits, fake_logits):
    """(discriminator, generator), each a mean over the batch."""
    discriminator = ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))
    return discriminator, ops.mean(ops.softplus(-fake_logits))


def slopes(network, x):
    """The gradient of the network's output with respect to each image: the one place where the backends differ."""
    if keras.backend.backend() == "jax":
        import jax

        return jax.grad(lambda images: ops.sum(network(images)))(x)
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(x)
        total = ops.sum(network(x))
    return tape.gradient(total, x)


class GAN(TrainedInBlocks):
    """Generator and discriminator, trained at the same time by one `fit(x)`."""

    def __init__(self, shape=(14, 14, 1), latents=32, r1=1.0, seed=0):
        super().__init__()
        self.generator, self.discriminator = make_generator(latents, shape), make_discriminator(shape)
        self.latents, self.r1 = latents, r1
        self.seed_generator = keras.random.SeedGenerator(seed)
        self.trackers = [keras.metrics.Mean(name=name) for name in ("discriminator", "generator")]
        self.built = True

    def call(self, x, training=False):
        """As many generated images as there are in x."""
        return self.generator(keras.random.normal((ops.shape(x)[0], self.latents), seed=self.seed_generator))

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        fixed = ops.stop_gradient(y_pred)  # the same images, but no gradient reaches the generator
        logits = self.discriminator(ops.concatenate([x, fixed, y_pred]))
        real, fake, of_generator = ops.split(logits, 3)
        discriminator, generator = gan_losses(real, fake)
        for tracker, loss in zip(self.trackers, (discriminator, generator), strict=True):
            tracker.update_state(loss)
        # The generator's loss teaches the generator only: in this difference, which is 0, what it would teach the
        # discriminator cancels.
        for_generator = gan_losses(real, of_generator)[1] - generator
        gradient = slopes(self.discriminator, x)
        penalty = self.r1 / 2 * ops.mean(ops.sum(gradient**2, axis=(1, 2, 3)))
        return discriminator + penalty + for_generator

    def fit(self, *args, **kwargs):
        history = super().fit(*args, **kwargs)
        for weight in self.trainable_variables:  # with `use_ema`, JAX would find weight and average in one place
            weight.assign(ops.copy(weight.value))
        return history

    def sample(self, n, seed):
        return ops.convert_to_numpy(self.generator(keras.random.normal((n, self.latents), seed=seed)))
