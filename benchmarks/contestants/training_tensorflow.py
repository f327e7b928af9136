"""Training on TensorFlow: this library's fit, a VAE with a train_step of its own, and a bare tf.function as the limit.

python training_tensorflow.py KIND CONTESTANT STEPS EPOCHS      (see `training_jax`)
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import problem
import tensorflow as tf
from problem import BATCH, RATE
from training_keras import Clock, library, make_networks


def terms_of(encoder, decoder, batch):
    """loss, reconstruction and kl of a batch, by hand."""
    mean, log_variance = tf.split(encoder(batch), 2, axis=-1)
    z = mean + tf.exp(log_variance / 2) * tf.random.normal(tf.shape(mean))
    cross_entropy = tf.nn.sigmoid_cross_entropy_with_logits(labels=batch, logits=decoder(z))
    reconstruction = tf.reduce_mean(tf.reduce_sum(tf.reshape(cross_entropy, (tf.shape(batch)[0], -1)), axis=1))
    kl = 0.5 * tf.reduce_mean(tf.reduce_sum(mean**2 + tf.exp(log_variance) - log_variance - 1, axis=1))
    return reconstruction + kl, reconstruction, kl


class OwnTrainStep(keras.Model):
    """A VAE like keras.io's example: GradientTape in `train_step`, three means."""

    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder
        self.trackers = [keras.metrics.Mean(name=name) for name in ("loss", "reconstruction", "kl")]

    @property
    def metrics(self):
        return self.trackers

    def train_step(self, data):
        with tf.GradientTape() as tape:
            terms = terms_of(self.encoder, self.decoder, data)
        self.optimizer.apply_gradients(
            zip(tape.gradient(terms[0], self.trainable_weights), self.trainable_weights, strict=True)
        )
        for tracker, term in zip(self.trackers, terms, strict=True):
            tracker.update_state(term)
        return {tracker.name: tracker.result() for tracker in self.trackers}


def own_train_step(kind, x, epochs, watch):
    model = OwnTrainStep(*make_networks(kind))
    model.compile(keras.optimizers.Adam(RATE))
    watch.begin()
    model.fit(x, batch_size=BATCH, epochs=epochs, verbose=0, callbacks=[Clock(watch)])


def bare(kind, x, epochs, watch, jit_compile):
    """One compiled step over shuffled batches that also computes what `fit` logs."""
    encoder, decoder = make_networks(kind)
    weights = encoder.trainable_weights + decoder.trainable_weights
    optimizer = keras.optimizers.Adam(RATE)
    optimizer.build(weights)
    sums = tf.Variable(tf.zeros(3))

    @tf.function(jit_compile=jit_compile)
    def step(batch):
        with tf.GradientTape() as tape:
            terms = terms_of(encoder, decoder, batch)
        optimizer.apply(tape.gradient(terms[0], [weight.value for weight in weights]), weights)
        sums.assign_add(tf.stack(terms))

    watch.begin()
    images = tf.constant(x)
    for _ in range(epochs):
        watch.begin()
        sums.assign(tf.zeros(3))
        order = tf.reshape(tf.random.shuffle(tf.range(len(x))), (-1, BATCH))
        batches = tf.data.Dataset.from_tensor_slices(order).map(
            lambda rows: tf.gather(images, rows), num_parallel_calls=tf.data.AUTOTUNE
        )
        for batch in batches.prefetch(tf.data.AUTOTUNE):
            step(batch)
        sums.numpy()
        watch.end()


def train(kind, contestant, x, epochs, watch):
    if contestant == "own train_step":
        own_train_step(kind, x, epochs, watch)
    elif contestant.startswith("bare"):
        bare(kind, x, epochs, watch, jit_compile=contestant == "bare, XLA")
    else:
        jit_compile = {"fit, XLA": True, "fit, without XLA": False}.get(contestant, "auto")
        library(kind, x, epochs, watch, jit_compile=jit_compile)


if __name__ == "__main__":
    kind, contestant, steps, epochs = sys.argv[1:]
    images = problem.random_images(BATCH * int(steps), kind)
    watch = problem.Stopwatch()
    train(kind, contestant, images, int(epochs), watch)
    print(json.dumps(watch.seconds))
