"""Training speed of the dense VAE 784-400-16 at batch 128, beside a bare loop of the same model on the same backend.

    python benchmarks/training_speed.py [--repeats 5] [--steps 400]     (KERAS_BACKEND chooses the backend)

The bare loop is the limit: networks of the same layers, the ELBO written out by hand, and a compiled step over arrays,
with nothing of Keras's `fit` around it. All train on the same random images. Repeats alternate; each times one epoch
in the steady state, after compilation. Ratios mean something on any machine, images per second only on one.
"""

import argparse
import time

import autoencoders_edu as ae
import keras
import numpy as np

BATCH, PIXELS, HIDDEN, LATENTS = 128, 784, 400, 16


def make_networks():
    encoder = ae.networks.dense_encoder((PIXELS,), 2 * LATENTS, hidden=(HIDDEN,))
    return encoder, ae.networks.dense_decoder(LATENTS, (PIXELS,), hidden=(HIDDEN,))


class EpochTimer(keras.callbacks.Callback):
    """Seconds of the last epoch."""

    def on_epoch_begin(self, epoch, logs=None):
        self.begin = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds = time.perf_counter() - self.begin


def library(x, **compile_options):
    """Trains through fit: a function that returns the seconds of one epoch over x."""
    keras.utils.set_random_seed(0)
    model = ae.VAE(*make_networks())
    model.compile(keras.optimizers.Adam(1e-3), **compile_options)
    timer = EpochTimer()

    def epoch():
        model.fit(x, batch_size=BATCH, epochs=2, verbose=0, callbacks=[timer])  # the first sets up the iterator
        return timer.seconds

    return epoch


def timed(epoch):
    """The seconds that a function takes."""

    def run():
        begin = time.perf_counter()
        epoch()
        return time.perf_counter() - begin

    return run


def bare_tensorflow(x, jit_compile):
    """The same model and optimiser in a tf.function of its own, over shuffled batches."""
    import tensorflow as tf

    keras.utils.set_random_seed(0)
    encoder, decoder = make_networks()
    weights = encoder.trainable_weights + decoder.trainable_weights
    optimizer = keras.optimizers.Adam(1e-3)
    optimizer.build(weights)

    @tf.function(jit_compile=jit_compile)
    def step(batch):
        with tf.GradientTape() as tape:
            mean, log_variance = tf.split(encoder(batch), 2, axis=-1)
            z = mean + tf.exp(log_variance / 2) * tf.random.normal(tf.shape(mean))
            cross_entropy = tf.nn.sigmoid_cross_entropy_with_logits(labels=batch, logits=decoder(z))
            kl = 0.5 * tf.reduce_sum(mean**2 + tf.exp(log_variance) - log_variance - 1, axis=1)
            loss = tf.reduce_mean(tf.reduce_sum(cross_entropy, axis=1) + kl)
        optimizer.apply(tape.gradient(loss, [weight.value for weight in weights]), weights)
        return loss

    batches = tf.data.Dataset.from_tensor_slices(x).shuffle(len(x)).batch(BATCH, drop_remainder=True).prefetch(2)

    def epoch():
        for batch in batches:
            loss = step(batch)
        return float(loss)

    return timed(epoch)


def bare_jax(x):
    """The same model in jax.jit, its Adam written out, over shuffled batches."""
    import jax
    import jax.numpy as jnp

    keras.utils.set_random_seed(0)
    networks = make_networks()
    weights = [[weight.value for weight in network.trainable_weights] for network in networks]

    def elbo_loss(weights, key, batch):
        outputs, _ = networks[0].stateless_call(weights[0], [], batch)
        mean, log_variance = jnp.split(outputs, 2, axis=-1)
        z = mean + jnp.exp(log_variance / 2) * jax.random.normal(key, mean.shape)
        logits, _ = networks[1].stateless_call(weights[1], [], z)
        cross_entropy = jnp.maximum(logits, 0) - logits * batch + jnp.log1p(jnp.exp(-jnp.abs(logits)))
        kl = 0.5 * jnp.sum(mean**2 + jnp.exp(log_variance) - log_variance - 1, axis=1)
        return jnp.mean(jnp.sum(cross_entropy, axis=1) + kl)

    @jax.jit
    def step(state, batch):
        weights, first, second, count, key = state
        key, draw = jax.random.split(key)
        loss, gradient = jax.value_and_grad(elbo_loss)(weights, draw, batch)
        count += 1
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g**2, second, gradient)
        rate = 1e-3 * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
        weights = jax.tree.map(lambda w, m, v: w - rate * m / (jnp.sqrt(v) + 1e-7), weights, first, second)
        return (weights, first, second, count, key), loss

    zeros = jax.tree.map(jnp.zeros_like, weights)
    states = [(weights, zeros, zeros, jnp.zeros(()), jax.random.key(0))]
    rng = np.random.default_rng(0)

    def epoch():
        order = rng.permutation(len(x))
        for start in range(0, len(x), BATCH):
            states[0], loss = step(states[0], x[order[start : start + BATCH]])
        return float(loss)

    return timed(epoch)


def measure(epochs, images, repeats):
    """images/s of each epoch function, `repeats` times in turn after a first, uncounted one: {name: array}."""
    speeds = {name: [] for name in epochs}
    for repeat in range(repeats + 1):
        for name, epoch in epochs.items():
            seconds = epoch()
            if repeat:
                speeds[name].append(images / seconds)
    return {name: np.array(speed) for name, speed in speeds.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--steps", type=int, default=400)
    options = parser.parse_args()

    backend = keras.backend.backend()
    images = options.steps * BATCH
    x = (np.random.default_rng(0).random((images, PIXELS)) < 0.3).astype("float32")
    if backend == "jax":  # Keras on JAX always compiles with XLA
        epochs = {
            "bare loop": bare_jax(x),
            "fit": library(x),
            "fit, steps_per_execution=16": library(x, steps_per_execution=16),
        }
    else:
        epochs = {
            "bare loop": bare_tensorflow(x, jit_compile=False),
            "fit": library(x, jit_compile=False),
            "fit, steps_per_execution=16": library(x, jit_compile=False, steps_per_execution=16),
            "bare loop, XLA": bare_tensorflow(x, jit_compile=True),
            "fit, XLA": library(x, jit_compile=True),
            "fit, XLA, steps_per_execution=16": library(x, jit_compile=True, steps_per_execution=16),
        }
    speeds = measure(epochs, images, options.repeats)

    print(f"\n{backend}, Keras {keras.__version__}, VAE 784-400-16, batch {BATCH}, {options.steps} steps an epoch")
    print(f"{'':33} {'images/s':>9}   ratio to the bare loop (median, min to max)")
    for name, speed in speeds.items():
        ratio = speed / speeds["bare loop, XLA" if "XLA" in name else "bare loop"]
        spread = f"{np.median(ratio):.2f}  ({ratio.min():.2f} to {ratio.max():.2f})"
        print(f"{name:33} {np.median(speed):9.0f}   {spread}")


if __name__ == "__main__":
    main()
