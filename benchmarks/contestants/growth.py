"""One point of a growth curve, in a process of its own, so that its peak memory is its own.

    python growth.py fit IMAGES LATENTS EPOCHS              seconds of each epoch of a dense VAE 784-400-LATENTS
    python growth.py fit_batches IMAGES LATENTS EPOCHS      the same, with the data given in batches
    python growth.py fit_keras IMAGES LATENTS EPOCHS        the same layers in a bare keras.Model, for comparison
    python growth.py log_likelihood SAMPLES                 seconds of one call for 100 images, with 16 latents
    python growth.py log_likelihood_conv SAMPLES            the same with convolutional networks

KERAS_BACKEND chooses the backend. Prints JSON as its last line: "seconds" (a list), "imported_mib" (resident memory
before the data are made), "data_mib", "peak_mib" (highest resident memory of the process).
"""

import json
import resource
import sys
import time
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np

BATCH, PIXELS, HIDDEN, LATENTS, EXAMPLES = 128, 784, 400, 16, 100
SHAPE = (28, 28, 1)
MIB = 2**20


def memory():
    """(resident memory now, highest so far) of this process, in MiB.

    On Linux from /proc: there, `getrusage` may give the peak of the process that started this one.
    """
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        return tuple(int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    except (OSError, KeyError):
        highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS
        return highest / MIB, highest / MIB


def binary_images(count):
    """(count, PIXELS) zeros and ones as float32, made in parts, so that only the array itself needs memory."""
    rng = np.random.default_rng(0)
    x = np.empty((count, PIXELS), "float32")
    for start in range(0, count, 1000):
        part = x[start : start + 1000]
        part[:] = rng.random(part.shape, "float32") < 0.3
    return x


def make_networks(latents):
    keras.utils.set_random_seed(0)
    encoder = ae.networks.dense_encoder((PIXELS,), 2 * latents, hidden=(HIDDEN,))
    return encoder, ae.networks.dense_decoder(latents, (PIXELS,), hidden=(HIDDEN,))


def make_vae(latents):
    return ae.VAE(*make_networks(latents), seed=0)


class Bare(keras.Model):
    """The same networks without this library's model: squared error, no noise."""

    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def call(self, x):
        return self.decoder(keras.ops.split(self.encoder(x), 2, axis=-1)[0])

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return keras.ops.mean((x - y_pred) ** 2)


class Batches(keras.utils.PyDataset):
    """Slices of an array, one by one; Keras shuffles their order."""

    def __init__(self, x):
        super().__init__()
        self.x = x

    def __len__(self):
        return -(-len(self.x) // BATCH)

    def __getitem__(self, index):
        return (self.x[index * BATCH : (index + 1) * BATCH],)


class EpochTimer(keras.callbacks.Callback):
    """Seconds of each epoch."""

    def __init__(self):
        super().__init__()
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.begin = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.begin)


def fit(images, latents, epochs, model=make_vae, hand_over=None):
    """Seconds of each epoch except the first, which compiles."""
    model, timer = model(latents), EpochTimer()
    model.compile(keras.optimizers.Adam(1e-3))
    imported, _ = memory()
    x = binary_images(images)
    data = {"x": x, "batch_size": BATCH} if hand_over is None else {"x": hand_over(x)}
    model.fit(**data, epochs=epochs + 1, verbose=0, callbacks=[timer])
    return timer.seconds[1:], imported, x.nbytes / MIB


def fit_batches(images, latents, epochs):
    return fit(images, latents, epochs, hand_over=Batches)


def fit_keras(images, latents, epochs):
    return fit(images, latents, epochs, model=lambda latents: Bare(*make_networks(latents)))


def make_convolutional_vae(latents):
    keras.utils.set_random_seed(0)
    encoder = ae.networks.conv_encoder(SHAPE, 2 * latents)
    return ae.VAE(encoder, ae.networks.conv_decoder(latents, SHAPE), seed=0)


def log_likelihood(samples, model=make_vae, shape=(PIXELS,)):
    """Seconds of one call, after one that compiles the same shapes, which do not change above 100 samples."""
    model, x = model(LATENTS), binary_images(EXAMPLES).reshape(-1, *shape)
    imported, _ = memory()
    keras.ops.convert_to_numpy(model.log_likelihood(x, samples=min(samples, 100), seed=0))
    begin = time.perf_counter()
    keras.ops.convert_to_numpy(model.log_likelihood(x, samples=samples, seed=1))  # waits for JAX
    return [time.perf_counter() - begin], imported, x.nbytes / MIB


def log_likelihood_conv(samples):
    return log_likelihood(samples, make_convolutional_vae, SHAPE)


TASKS = {task.__name__: task for task in (fit, fit_batches, fit_keras, log_likelihood, log_likelihood_conv)}


def main(what, *numbers):
    seconds, imported, data = TASKS[what](*map(int, numbers))
    _, peak = memory()
    print(json.dumps({"seconds": seconds, "imported_mib": imported, "data_mib": data, "peak_mib": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
