"""PyOD's AutoEncoder and VAE on standardised rows; prints the seconds that each took as JSON.

    python pyod_detectors.py ROWS.npz SCORES.npz SEED CPU_SECONDS

ROWS.npz holds train, val and test. Training ends with the first epoch after CPU_SECONDS of the process's time; 0 means
PyOD's default number of epochs. All other settings are PyOD's defaults, except for its preprocessing, which would
standardise the rows a second time.
"""

import contextlib
import json
import sys
import time

import numpy as np
from pyod.models.auto_encoder import AutoEncoder
from pyod.models.vae import VAE

MANY = 10_000  # epochs, when time decides


class TimeIsUp(Exception):
    pass


def limited(detector, seconds):
    """The class with a time limit on its training."""

    class Limited(detector):
        epochs_done = 0

        def train(self, train_loader):
            self.begin = time.process_time()
            with contextlib.suppress(TimeIsUp):
                super().train(train_loader)
            self.seconds = time.process_time() - self.begin

        def epoch_update(self):
            super().epoch_update()
            self.epochs_done += 1
            if seconds and time.process_time() - self.begin >= seconds:
                raise TimeIsUp

    return Limited


def main():
    rows, scores, seed, seconds = sys.argv[1:]
    seconds = float(seconds)
    with np.load(rows) as arrays:
        train, val, test = arrays["train"], arrays["val"], arrays["test"]
    found, told = {}, {}
    for kind in (AutoEncoder, VAE):
        options = {"epoch_num": MANY} if seconds else {}
        made = limited(kind, seconds)(preprocessing=False, random_state=int(seed), verbose=0, **options)
        begin = time.perf_counter()
        made.fit(train)
        wall = time.perf_counter() - begin
        told[kind.__name__] = {"cpu_seconds": made.seconds, "wall_seconds": wall, "epochs": made.epochs_done}
        for part, x in (("val", val), ("test", test)):
            found[f"{kind.__name__} {part}"] = made.decision_function(x, batch_size=1024) ** 2  # it gives distances
    np.savez(scores, **found)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
