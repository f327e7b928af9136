"""Training through JAX on the device it finds, over batch sizes; prints rows and the device as JSON.

    python gpu.py BATCHES STEPS SECONDS

with BATCHES such as 128,512. An epoch has at least STEPS steps of 128, and at least 8 steps of any size. No measurement
is started after SECONDS.
"""

import json
import os
import sys
import tempfile
import time

os.environ["KERAS_BACKEND"] = "jax"

import jax
import problem
import training_jax

CONTESTANTS = ("fit", "fit-16", "bare")
EPOCHS = 4  # the first is compilation and is not counted


def epoch_size(batch, steps):
    """Images per epoch, a multiple of the batch."""
    return max(8 if steps else 1, steps * problem.BATCH // batch) * batch


def measure(kind, x, batch, deadline):
    """Rows for one batch size: per place of the data and contestant, as long as there is time."""
    places = {"host": x, "device": jax.device_put(x)}
    for place, images in places.items():
        for contestant in CONTESTANTS:
            if time.monotonic() > deadline:
                return
            watch = problem.Stopwatch()
            training_jax.train(kind, contestant, images, EPOCHS, watch, batch)
            for repeat, seconds in enumerate(watch.seconds[1:]):
                row = {"model": kind, "batch": batch, "data": place, "contestant": contestant, "repeat": repeat}
                yield {**row, "images_per_s": len(x) / seconds}


def main():
    batches = [int(batch) for batch in sys.argv[1].split(",")]
    # `fit` runs the same compiled step with other options and on other data: a cache saves minutes.
    jax.config.update("jax_compilation_cache_dir", tempfile.mkdtemp())
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
    sizes = [epoch_size(batch, int(sys.argv[2])) for batch in batches]
    deadline = time.monotonic() + float(sys.argv[3])
    rows = []
    images = problem.random_images(max(sizes), "dense")
    for batch, size in zip(batches, sizes, strict=True):
        for kind, x in (("dense", images[:size]), ("conv", images[:size].reshape(-1, 28, 28, 1))):
            for row in measure(kind, x, batch, deadline):
                rows.append(row)
                if row["repeat"] == EPOCHS - 2:
                    print(json.dumps(row), file=sys.stderr, flush=True)
    device = jax.devices()[0]
    print(json.dumps({"rows": rows, "device": device.device_kind, "platform": device.platform}))


if __name__ == "__main__":
    main()
