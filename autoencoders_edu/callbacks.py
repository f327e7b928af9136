"""Callbacks: schedules for beta, and snapshots of the codes during training.

Schedules act at the start of each epoch. (Within an epoch, Keras on JAX works on a copy of the weights, so a change
made after a batch would be lost.) While beta changes, `val_loss` means something different in each epoch: let
`EarlyStopping` watch `val_reconstruction` or `val_kl`, with mode="min".
"""

import numpy as np
from numpy.typing import ArrayLike

from autoencoders_edu._arguments import positive_integer, real
from autoencoders_edu._backend import keras, ops


class BetaSchedule(keras.callbacks.Callback):
    """Base class: sets the model's beta to `beta_at(epoch)` before each epoch and logs it as `beta`."""

    def beta_at(self, epoch: int) -> float:
        """beta during the given epoch, counted from 0."""
        raise NotImplementedError

    def on_train_begin(self, logs=None):
        if not hasattr(self.model, "beta"):
            raise ValueError(
                f"{type(self).__name__} changes a model's beta, which a {type(self.model).__name__} does not have. "
                "Use ae.BetaVAE (with beta=1.0 it is a VAE)."
            )

    def on_epoch_begin(self, epoch, logs=None):
        self.model.beta.assign(self.beta_at(epoch))  # pyright: ignore[reportOptionalMemberAccess]  # set by Keras

    def on_epoch_end(self, epoch, logs=None):
        if logs is not None:
            logs["beta"] = float(self.beta_at(epoch))


class LinearBeta(BetaSchedule):
    """beta = start + (stop - start) * min(epoch / epochs, 1): linear, then constant.

    Args:
        start, stop: numbers >= 0.
        epochs: number of epochs from start to stop, > 0; epoch `epochs` is the first at `stop`.

    Reference: Bowman et al. 2016, "Generating sentences from a continuous space", section 3.1.
    """

    def __init__(self, start: float, stop: float, epochs: float):
        super().__init__()
        self.start = real("LinearBeta", "start", start, "a number >= 0", lambda value: value >= 0)
        self.stop = real("LinearBeta", "stop", stop, "a number >= 0", lambda value: value >= 0)
        self.epochs = real("LinearBeta", "epochs", epochs, "a number above 0", lambda value: value > 0)

    def beta_at(self, epoch: int) -> float:
        return self.start + (self.stop - self.start) * min(epoch / self.epochs, 1.0)


class CyclicalBeta(BetaSchedule):
    """beta rises from 0 to `stop` and stays there, `cycles` times during training.

        beta = stop * min(t / ramp, 1),   t the elapsed fraction of the current cycle

    Args:
        cycles: positive integer.
        ramp: fraction of each cycle in which beta rises, above 0 and at most 1.
        stop: number >= 0.

    Reference: Fu et al. 2019, "Cyclical annealing schedule", Eqs. 6 and 7.
    """

    def __init__(self, cycles: int, ramp: float = 0.5, stop: float = 1.0):
        super().__init__()
        self.cycles = positive_integer("CyclicalBeta", "cycles", cycles)
        self.ramp = real("CyclicalBeta", "ramp", ramp, "a number above 0, at most 1", lambda value: 0 < value <= 1)
        self.stop = real("CyclicalBeta", "stop", stop, "a number >= 0", lambda value: value >= 0)

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        if self._epochs() < 2 * self.cycles:
            raise ValueError(
                f"CyclicalBeta(cycles={self.cycles}) starts each cycle at 0 and needs at least two epochs per cycle. "
                f"Received: epochs={self._epochs()}; train for {2 * self.cycles} or more, or use fewer cycles."
            )

    def _epochs(self):
        return self.params["epochs"]  # pyright: ignore[reportOptionalSubscript]  # set by Keras

    def beta_at(self, epoch: int) -> float:
        epochs = self._epochs()
        passed = epoch * self.cycles % epochs / epochs  # in integers: a rounded length would miss a start
        return self.stop * min(passed / self.ramp, 1.0)


class LatentSnapshots(keras.callbacks.Callback):
    """Records the codes of the same examples before training and after each epoch.

    Args:
        x: examples (batch, ...), as the model's `encode` takes them.

    Attributes:
        snapshots: list of NumPy arrays (batch, latent_dim), one more than the number of epochs.
    """

    def __init__(self, x: ArrayLike):
        super().__init__()
        self.x = x
        self.snapshots: list[np.ndarray] = []

    def on_train_begin(self, logs=None):
        self.snapshots = [self._codes()]

    def on_epoch_end(self, epoch, logs=None):
        self.snapshots.append(self._codes())

    def _codes(self):
        return np.array(ops.convert_to_numpy(self.model.encode(self.x)))  # pyright: ignore[reportOptionalMemberAccess]
