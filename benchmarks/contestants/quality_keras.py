"""Ours, on the backend that Keras is set to.

    python quality_keras.py array|dataset ...      (see `quality_problem.train_all` for the rest)

With "array", fit(x) shuffles; on TensorFlow Keras 3.15 does so in the same order every epoch once a global seed is set.
With "dataset" (TensorFlow only), x is a tf.data.Dataset that shuffles afresh every epoch, as the other contestants do.
"""

import sys

import autoencoders_edu as ae
import keras
from quality_problem import ADAM, BATCH, BETAS, HIDDEN, LATENTS, PIXELS, train_all


def reshuffled(x, seed):
    import tensorflow as tf

    images = tf.constant(x)
    order = tf.data.Dataset.range(len(x)).shuffle(len(x), seed=seed, reshuffle_each_iteration=True)
    return order.batch(BATCH).map(lambda rows: tf.gather(images, rows))


def train(x, name, seed, epochs, weights):
    keras.utils.set_random_seed(seed)
    encoder = ae.networks.dense_encoder((PIXELS,), 2 * LATENTS, hidden=(HIDDEN,))
    decoder = ae.networks.dense_decoder(LATENTS, (PIXELS,), hidden=(HIDDEN,))
    encoder.set_weights(weights[:4])
    decoder.set_weights(weights[4:])
    if name == "VAE":
        model = ae.VAE(encoder, decoder, seed=seed)
    else:
        model = ae.BetaVAE(encoder, decoder, beta=BETAS[name], seed=seed)
    model.compile(keras.optimizers.Adam(ADAM["rate"], epsilon=ADAM["epsilon"]))
    if sys.argv[1] == "array":
        model.fit(x, batch_size=BATCH, epochs=epochs, verbose=0)
    else:
        model.fit(reshuffled(x, seed), epochs=epochs, verbose=0)
    return [*encoder.get_weights(), *decoder.get_weights()]


if __name__ == "__main__":
    train_all(train)
