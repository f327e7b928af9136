"""Diagnostics of trained models: a PCA baseline, a sweep over code sizes, the identity mapping, posterior collapse."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from autoencoders_edu._backend import ops
from autoencoders_edu._batches import in_batches
from autoencoders_edu.data import Dataset
from autoencoders_edu.distributions import log_probability, next_seed
from autoencoders_edu.models.autoencoder import Autoencoder
from autoencoders_edu.models.training_data import check_converged, diverged, target_of
from autoencoders_edu.models.vae import VAE


def mean_squared_error(x: ArrayLike, reconstruction: ArrayLike) -> float:
    """The mean over all pixels and examples of (x - x')^2, as a float."""
    return float(np.mean(np.square(np.asarray(x) - np.asarray(reconstruction))))


def pca_baseline(data: Dataset, dims: Sequence[int]) -> pd.DataFrame:
    """The errors of the best linear autoencoder: PCA fitted on the training rows.

    Args:
        data: a `Dataset`.
        dims: numbers of components.

    Returns:
        A table with columns dim, train_mse, val_mse, test_mse (mean squared error per pixel).
    """
    from sklearn.decomposition import PCA

    splits = {"train": data.x_train, "val": data.x_val, "test": data.x_test}
    flat = {split: x.reshape(len(x), -1) for split, x in splits.items()}
    if not 1 <= min(dims) <= max(dims) <= min(flat["train"].shape):
        raise ValueError(
            f"PCA of {flat['train'].shape} numbers has 1 to {min(flat['train'].shape)} components. "
            f"Received: {list(dims)}."
        )
    pca: Any = PCA(max(dims), random_state=0).fit(flat["train"])
    rows = []
    for dim in dims:
        components = pca.components_[:dim]
        row: dict[str, float] = {"dim": dim}
        for split, x in flat.items():
            centred = x - pca.mean_
            row[f"{split}_mse"] = mean_squared_error(centred, centred @ components.T @ components)
        rows.append(row)
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Sweep:
    """The result of `bottleneck_sweep`: `table` with columns dim, train_mse, val_mse, and `knee`, one of the dims."""

    table: pd.DataFrame
    knee: int


def bottleneck_sweep(build: Callable[[int], Autoencoder], dims: Sequence[int], data: Dataset, **fit_options) -> Sweep:
    """Trains one model for each code size and finds where a larger code stops paying off on validation data.

    Args:
        build: function from a code size to a compiled `Autoencoder`.
        dims: the sizes, ascending.
        data: a `Dataset`; its test rows are not used.
        fit_options: options of `fit`, such as epochs and batch_size.

    Returns:
        A `Sweep`. `find_knee` says what the knee is.
    """
    check_sizes(dims)
    rows = []
    for dim in dims:
        model = build(dim)
        model.fit(data.x_train, data.x_train, **{"verbose": 0, **fit_options})
        row: dict[str, float] = {"dim": dim}
        for split, x in (("train", data.x_train), ("val", data.x_val)):
            row[f"{split}_mse"] = mean_squared_error(x, in_batches(model.reconstruct, x))
        rows.append(row)
    table = pd.DataFrame(rows)
    return Sweep(table, find_knee(table["dim"], table["val_mse"]))


def find_knee(dims: ArrayLike, errors: ArrayLike) -> int:
    """The size where the curve of error against log(size) bends most: the point farthest below the straight line from
    its first to its last point, both axes scaled to [0, 1].

    Args:
        dims: at least three sizes, ascending, positive.
        errors: the error at each.

    Reference: Satopaa et al. 2011, "Finding a kneedle in a haystack".
    """
    dims, errors = np.asarray(dims), np.asarray(errors, float)
    check_sizes(dims)
    if len(dims) != len(errors) or not np.isfinite(errors).all():
        raise ValueError(f"A knee needs one finite error for each of {len(dims)} sizes. Received: {errors.tolist()}.")
    x = np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])
    line = errors[0] + x * (errors[-1] - errors[0])
    return int(dims[np.argmax(line - errors)])


def check_sizes(dims: Sequence[int] | np.ndarray) -> None:
    """Raises ValueError unless dims are at least three sizes, positive and ascending."""
    if len(dims) < 3 or (np.diff(dims) <= 0).any() or np.min(dims) <= 0:
        received = np.asarray(dims).tolist()
        raise ValueError(f"A knee needs at least three ascending positive sizes. Received: dims={received}.")


@dataclass(frozen=True)
class IdentityReport:
    """The result of `identity_mapping`.

    Attributes:
        table: one row for each kind of input: mse, and `explained`, the share of that input's variance that the
            reconstruction keeps (1: a perfect copy; 0 or less: no better than a constant image).
        copies_noise: the verdict, True when more than half of the variance of pure noise is reconstructed.
    """

    table: pd.DataFrame
    copies_noise: bool


def identity_mapping(model: Autoencoder, data: Dataset, seed: int = 0) -> IdentityReport:
    """Does the model copy whatever it is given? Tries inputs that are unlike its training data.

    The kinds of input: test data; test data with the pixels shuffled (the same way in each example); noise, each pixel
    independent and uniform over the range of its values in the test data; images upside down. `explained` is 1 - mse /
    variance. It is charged for a wrong mean as well: 0 means no better than a constant image, not that nothing comes
    back. And more than half is a convention: PCA reaches it at about half as many components as pixels.

    A linear model with a code of d numbers returns at most d directions of the noise. A nonlinear one has no such
    limit in principle: a single number could index all training images (Goodfellow et al. 2016, "Deep learning",
    section 14.1). So the size of the code proves nothing, and what comes back is measured.

    Args:
        model: an autoencoder, or anything else with `reconstruct(x)`.
        data: a `Dataset`.
        seed: integer, for the noise and the shuffling.

    Returns:
        An `IdentityReport`.
    """
    rng = np.random.default_rng(seed)
    x = data.x_test
    flat = x.reshape(len(x), -1)
    kinds = {
        "test data": x,
        "pixels shuffled": flat[:, rng.permutation(flat.shape[1])].reshape(x.shape),
        "noise": rng.uniform(x.min(axis=0), x.max(axis=0), x.shape).astype("float32"),
    }
    if x.ndim == 4:
        kinds["upside down"] = x[:, ::-1]
    rows = []
    for kind, inputs in kinds.items():
        mse = mean_squared_error(inputs, in_batches(model.reconstruct, inputs))
        variance = mean_squared_error(inputs, inputs.mean(axis=0))
        rows.append({"input": kind, "mse": mse, "explained": 1 - mse / variance})
    table = pd.DataFrame(rows).set_index("input")
    return IdentityReport(table, bool(table.loc["noise", "explained"] > 0.5))


def active_units(model: VAE, x: ArrayLike, threshold: float = 0.01) -> int:
    """How many latents the encoder uses: those whose posterior mean varies over x by more than the threshold,

        Var_x( E_q(z_j|x)[z_j] ) > threshold

    Args:
        model: a VAE; its prior's variance of 1 is the scale of the threshold.
        x: examples (batch, ...); the more, the better.
        threshold: 0.01 in the paper.

    Raises:
        ValueError: for a model whose training has diverged; so does `collapse_report`.

    Reference: Burda et al. 2016, "Importance weighted autoencoders", section 5.2.
    """
    check_converged(model)
    return _count_active(in_batches(model.encode, x), threshold)


def _count_active(means, threshold=0.01):
    return int((means.var(axis=0) > threshold).sum())


@dataclass(frozen=True)
class CollapseReport:
    """The result of `collapse_report`; KL and reconstruction in nats per example, means over x.

    Attributes:
        kl_per_latent: (latent_dim,).
        kl: their sum.
        active_units: see `active_units`.
        reconstruction: -log p(x|z) with each example's own z.
        reconstruction_shuffled: the same with another example's z; if it is no higher, the decoder ignores z.
    """

    kl_per_latent: np.ndarray = field(repr=False)
    kl: float
    active_units: int
    reconstruction: float
    reconstruction_shuffled: float

    @property
    def collapsed(self) -> bool:
        """True when no latent is active, or another example's z costs less than a tenth of a nat.

        In nats, not as a share of the reconstruction, which includes the data's own noise and, for densities, a
        constant.
        """
        return self.active_units == 0 or self.reconstruction_shuffled - self.reconstruction < 0.1


def collapse_report(model: VAE, x: ArrayLike, seed: int = 0) -> CollapseReport:
    """Has the posterior collapsed to the prior? The report has three signs of it.

    Args:
        model: a VAE.
        x: examples (batch, ...), or [x, condition] for a conditional model, as many as fit in memory at once.
        seed: integer, for the draws of z and the shuffling.

    Returns:
        A `CollapseReport`.
    """
    model.check_data(x)
    check_converged(model)
    posterior = model.posterior(x)
    kl_per_latent = ops.convert_to_numpy(model.kl_per_latent(posterior)).mean(axis=0)
    z = ops.convert_to_numpy(posterior.sample(seed=next_seed(seed)))
    shuffled = z[_derangement(len(z), seed)]

    def reconstruction(z):
        log_likelihood = log_probability(model.likelihood(model.pair(z, x)), target_of(x))
        return -float(np.mean(ops.convert_to_numpy(log_likelihood)))

    active = _count_active(ops.convert_to_numpy(posterior.mean()))
    numbers = float(kl_per_latent.sum()), active, reconstruction(z), reconstruction(shuffled)
    if not np.isfinite(numbers).all():  # from weights that are finite, but enormous
        raise ValueError(diverged("KL or reconstruction is"))
    return CollapseReport(kl_per_latent, *numbers)


def _derangement(n, seed):
    """A random permutation without fixed points: one random cycle."""
    order = np.random.default_rng(seed).permutation(n)
    result = np.empty(n, int)
    result[order] = np.roll(order, 1)
    return result
