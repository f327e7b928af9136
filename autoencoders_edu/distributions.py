"""Distributions of the running Keras backend, and the likelihoods p(x|z).

TensorFlow Probability provides the distributions. This module chooses its build for the running backend (`tfd`), turns
network outputs into distributions, and is the only place that knows what kind of seed TensorFlow Probability takes.
"""

import importlib
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from autoencoders_edu._arguments import real
from autoencoders_edu._backend import keras, ops
from autoencoders_edu._loss import NegativeLogLikelihood as NegativeLogLikelihood
from autoencoders_edu._row import Layout, RowDistribution
from autoencoders_edu._typing import Distribution, Tensor

Seed: TypeAlias = int | keras.random.SeedGenerator


class LazyDistributions:
    """TFP's distributions for the running backend, imported on first use because that takes seconds."""

    def __getattr__(self, name):
        substrate = ".substrates.jax" if keras.backend.backend() == "jax" else ""
        return getattr(importlib.import_module(f"tensorflow_probability{substrate}").distributions, name)


tfd = LazyDistributions()


def next_seed(source: Seed | None, default: Seed | None = None) -> Tensor:
    """The seed for one draw, in the form that TFP takes on this backend.

    Args:
        source: an integer (the same draw each time) or a `keras.random.SeedGenerator` (a new draw each time).
        default: used where source is None.
    """
    source = default if source is None else source
    if not isinstance(source, keras.random.SeedGenerator):
        source = keras.random.SeedGenerator(None if source is None else int(source))  # int: NumPy's are refused
    seed = source.next()
    # On TensorFlow, TFP's stateless samplers take int32 and Keras keeps int64; on JAX, both use the key itself.
    return seed if keras.backend.backend() == "jax" else ops.cast(seed, "int32")


def standard_normal(size: int) -> Distribution:
    """N(0, I) over vectors of `size` numbers."""
    return _independent(tfd.Normal(ops.zeros(size), 1.0), event_rank=1)


def diagonal_normal(outputs: Tensor) -> Distribution:
    """N(mean, diag(exp(log_variance))): the posterior described by the output of a VAE's encoder.

    Args:
        outputs: tensor (batch, 2 * latent_dim), the means followed by the log-variances.

    Returns:
        A tfd distribution with batch shape (batch,) and event shape (latent_dim,); its `.distribution` is the same
        one with a density per latent.
    """
    mean, log_variance = ops.split(ops.cast(outputs, "float32"), 2, axis=-1)
    return _independent(tfd.Normal(mean, ops.exp(log_variance / 2)), event_rank=1)


def log_probability(distribution: Distribution, x: Tensor) -> Tensor:
    """log p(x) for x of any numeric type, in the distribution's batch shape: TFP would not mix others with float32."""
    return distribution.log_prob(ops.cast(x, "float32"))


def _independent(distribution, event_rank):
    # By default TFP guesses reinterpreted_batch_ndims from the batch shape; here the rank is known.
    return tfd.Independent(distribution, reinterpreted_batch_ndims=event_rank)


class Likelihood(keras.layers.Layer):
    """p(x|z): what a decoder's output says about one whole example.

    It is a Keras layer because a likelihood may have weights (a learned stddev) and must be saved with its model. It is
    not called like one, though: `distribution(outputs)` returns a tfd distribution with one event per example, so that
    `log_prob` sums over pixels (nats per example).

    Attributes:
        takes_logits: True if the decoder's outputs are logits, any real numbers: it then ends in no activation.
    """

    takes_logits = False

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.build()

    def build(self, input_shape=None):
        self.built = True

    def distribution(self, outputs: Tensor) -> Distribution:
        """p(x|z) for decoder outputs (batch, ...) of the shape of x."""
        outputs = ops.cast(outputs, "float32")
        return _independent(self.per_element(outputs), event_rank=len(outputs.shape) - 1)

    def per_element(self, outputs: Tensor) -> Distribution:
        """The distribution of each element (pixel) given the decoder's output for it."""
        raise NotImplementedError

    def mean(self, outputs: Tensor) -> Tensor:
        """The mean of p(x|z) for decoder outputs (batch, ...): probabilities for logits, as they are for means."""
        return self.distribution(outputs).mean()

    def loss(self) -> keras.losses.Loss:  # no property: Keras, saving a layer, would follow it forever
        """-log p(x|z) in nats per example, for `compile` of a model that takes a loss: see `NegativeLogLikelihood`."""
        return NegativeLogLikelihood(self)

    def check(self, x: np.ndarray) -> None:
        """Raises ValueError for a NumPy array x that is outside the distribution's support."""


@keras.saving.register_keras_serializable("autoencoders_edu")
class Bernoulli(Likelihood):
    """Each pixel is a coin toss: log p(x|z) = sum x log(p) + (1 - x) log(1 - p), with p = sigmoid(decoder output).

    Meant for binary x. Grey pixels in [0, 1] are accepted, as is customary, but the result is then not their
    log-density, which `ContinuousBernoulli` gives.
    """

    takes_logits = True

    def per_element(self, outputs: Tensor) -> Distribution:
        return tfd.Bernoulli(logits=outputs)

    def check(self, x: np.ndarray) -> None:
        if x.min() < 0 or x.max() > 1:
            raise ValueError(
                f"The {type(self).__name__} likelihood expects pixels in [0, 1], but received values from "
                f"{x.min():.4g} to {x.max():.4g}. Scale them (x / 255 for 8-bit images), or use likelihood='gaussian' "
                "for real values."
            )


@keras.saving.register_keras_serializable("autoencoders_edu")
class ContinuousBernoulli(Bernoulli):
    """The Bernoulli's density, normalised to integrate to one over grey pixels in [0, 1].

    Reference: Loaiza-Ganem and Cunningham 2019, "The continuous Bernoulli: fixing a pervasive error in variational
    autoencoders".
    """

    def per_element(self, outputs: Tensor) -> Distribution:
        return tfd.ContinuousBernoulli(logits=outputs)


@keras.saving.register_keras_serializable("autoencoders_edu")
class Gaussian(Likelihood):
    """Real values: x ~ N(decoder output, stddev^2), with one stddev for all elements.

    log p(x|z) = -(x - mean)^2 / (2 stddev^2) - log(stddev) - log(2 pi) / 2, summed over elements. With a fixed stddev
    this is the squared error up to scale and a constant: the smaller the stddev, the more the reconstruction weighs
    against the KL.

    Args:
        stddev: positive number, or "learned": a weight, fitted with the network (Rybkin et al. 2021, "Simple and
            effective VAE training with calibrated decoders"); it starts at 1.
    """

    def __init__(self, stddev: float | str = 1.0, **kwargs):
        if stddev != "learned":
            stddev = real("Gaussian", "stddev", stddev, "a positive number or 'learned'", lambda value: value > 0)
        self.stddev = stddev
        super().__init__(**kwargs)

    def build(self, input_shape=None):
        if self.stddev == "learned":
            self.log_stddev = self.add_weight(name="log_stddev", initializer="zeros", dtype="float32")
        super().build(input_shape)

    def per_element(self, outputs: Tensor) -> Distribution:
        stddev = ops.exp(self.log_stddev) if self.stddev == "learned" else self.stddev
        return tfd.Normal(outputs, stddev)

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}


@keras.saving.register_keras_serializable("autoencoders_edu")
class Categorical(Likelihood):
    """One of C classes per element: x is one-hot along its last axis, and the decoder's output holds the logits.

    log p(x|z) is the sum of the log-probabilities of the classes in x.
    """

    takes_logits = True

    def distribution(self, outputs: Tensor) -> Distribution:
        outputs = ops.cast(outputs, "float32")
        return _independent(tfd.OneHotCategorical(logits=outputs, dtype="float32"), event_rank=len(outputs.shape) - 2)

    def check(self, x: np.ndarray) -> None:
        one_hot = ((x == 0) | (x == 1)).all() and (x.sum(axis=-1) == 1).all()
        if not one_hot:
            raise ValueError(
                "The Categorical likelihood expects x one-hot along its last axis (zeros and a single one), but "
                f"received values from {x.min():.4g} to {x.max():.4g} that sum to {x.sum(axis=-1).min():.4g} or more. "
                "Use keras.utils.to_categorical(x, num_classes)."
            )


@keras.saving.register_keras_serializable("autoencoders_edu")
class Columns(Likelihood):
    """One likelihood per column of a mixed table; entries that are missing are left out of the sum:

        log p(x|z) = sum over columns j of observed_j log p_j(x_j|z)

    which, as the columns are independent given z, is log p of the observed entries alone. (Maximising it is right where
    entries are missing at random: whether one is may depend on entries that are known. See Nazabal et al. 2020.) Inputs
    stay finite: where an entry is missing, x holds 0 (a row of zeros for a category), and after all columns x has one
    number per column with gaps, 1 if its entry is observed and 0 if not. The encoder sees these indicators; they have
    no density of their own, and are 1 in means and draws. `ae.data.table` makes such rows.

    Args:
        kinds: one per column, in order: "gaussian", "bernoulli" (x is 0 or 1, the decoder's output a logit), or the
            number of categories, an integer >= 2 (x is one-hot, the decoder's outputs are logits).
        gaps: numbers of the columns with an indicator, in the order of the indicators.
        stddev: of Gaussian columns: a positive number, or "learned": a weight per column, which starts at 1.

    Example:

    >>> likelihood = Columns(["gaussian", 3], gaps=[0])  # x: a number, three numbers one-hot, and "observed"
    >>> x = np.array([[0.0, 0, 1, 0, 0]])  # the number is missing
    >>> bool(abs(likelihood.distribution(np.zeros((1, 5))).log_prob(x)[0] + np.log(3)) < 1e-6)
    True

    Reference: Nazabal, Olmos, Ghahramani and Valera 2020, "Handling incomplete heterogeneous data using VAEs".
    """

    def __init__(
        self,
        kinds: Sequence[str | int],
        gaps: Sequence[int] = (),
        stddev: float | str = "learned",
        **kwargs,
    ):
        if stddev != "learned":
            stddev = real("Columns", "stddev", stddev, "a positive number or 'learned'", lambda value: value > 0)
        self.stddev = stddev
        self.layout = Layout.of(kinds, gaps)
        self.takes_logits = set(kinds) != {"gaussian"}
        super().__init__(**kwargs)

    def build(self, input_shape=None):
        self.log_stddev, count = None, self.layout.kinds.count("gaussian")
        if self.stddev == "learned" and count:  # Keras would warn of a weight that nothing depends on
            self.log_stddev = self.add_weight(name="log_stddev", shape=(count,), initializer="zeros", dtype="float32")
        super().build(input_shape)

    def distribution(self, outputs: Tensor) -> Any:
        """p(x|z) for decoder outputs (batch, numbers in a row): see `RowDistribution`."""
        stddev = self.stddev if self.log_stddev is None else ops.exp(self.log_stddev)
        return RowDistribution(self.layout, ops.cast(outputs, "float32"), stddev, tfd)

    def check(self, x: np.ndarray) -> None:
        self.layout.check(x)

    def get_config(self):
        layout = {"kinds": list(self.layout.kinds), "gaps": list(self.layout.gaps)}
        return {**super().get_config(), **layout, "stddev": self.stddev}


LIKELIHOODS = {
    "bernoulli": Bernoulli,
    "continuous_bernoulli": ContinuousBernoulli,
    "gaussian": Gaussian,
    "categorical": Categorical,
}


def get_likelihood(likelihood: str | Likelihood) -> Likelihood:
    """A `Likelihood` from its name; a `Likelihood` is returned as it is.

    Raises:
        ValueError: for anything else, with the known names.
    """
    if isinstance(likelihood, Likelihood):
        return likelihood
    if isinstance(likelihood, str) and likelihood in LIKELIHOODS:
        return LIKELIHOODS[likelihood]()
    raise ValueError(
        f"Unknown likelihood {likelihood!r}. Expected one of {', '.join(map(repr, LIKELIHOODS))}, or an object such "
        "as ae.distributions.Gaussian(stddev=0.1)."
    )
