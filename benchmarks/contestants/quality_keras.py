"""This library's VAE and beta-VAE, on the backend that Keras is set to.

    python quality_keras.py ours|keras ...      (see `quality_problem.train_all` for the rest)

With "keras", the `fit` of keras.Model trains the same model; on TensorFlow it repeats the order of the images.
"""

import functools
import sys

import autoencoders_edu as ae
import keras
from quality_problem import ADAM, BATCH, BETAS, HIDDEN, LATENTS, PIXELS, train_all


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
    fit = model.fit if sys.argv[1] == "ours" else functools.partial(keras.Model.fit, model)
    fit(x, batch_size=BATCH, epochs=epochs, verbose=0)
    return [*encoder.get_weights(), *decoder.get_weights()]


if __name__ == "__main__":
    train_all(train)
