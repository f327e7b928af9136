"""The benchmark's networks, and training with this library's fit, on the backend that Keras is set to."""

import autoencoders_edu as ae
import keras
from problem import BATCH, FILTERS, HIDDEN, LATENTS, PIXELS, RATE, UNITS


def make_networks(kind):
    keras.utils.set_random_seed(0)
    make = ae.networks
    if kind == "dense":
        encoder = make.dense_encoder((PIXELS,), 2 * LATENTS, hidden=(HIDDEN,))
        return encoder, make.dense_decoder(LATENTS, (PIXELS,), hidden=(HIDDEN,))
    encoder = make.conv_encoder((28, 28, 1), 2 * LATENTS, filters=FILTERS, units=UNITS)
    return encoder, make.conv_decoder(LATENTS, (28, 28, 1), filters=FILTERS[::-1], units=UNITS)


class Clock(keras.callbacks.Callback):
    """Starts and stops a stopwatch with each epoch."""

    def __init__(self, watch):
        super().__init__()
        self.watch = watch

    def on_epoch_begin(self, epoch, logs=None):
        self.watch.begin()

    def on_epoch_end(self, epoch, logs=None):
        for value in logs.values():
            float(value)  # waits for the device
        self.watch.end()


def library(kind, x, epochs, watch, batch=BATCH, **compile_options):
    model = ae.VAE(*make_networks(kind))
    model.compile(keras.optimizers.Adam(RATE), **compile_options)
    watch.begin()
    model.fit(x, batch_size=batch, epochs=epochs, verbose=0, callbacks=[Clock(watch)])
