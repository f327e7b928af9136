"""The conditional VAE."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Model, Tensor
from autoencoders_edu.distributions import Likelihood, next_seed
from autoencoders_edu.models import checks
from autoencoders_edu.models.training_data import check_array, check_converged
from autoencoders_edu.models.vae import VAE


@keras.saving.register_keras_serializable("autoencoders_edu")
class ConditionalVAE(VAE):
    """A VAE of x given a condition c, a class or a vector:

        ELBO(x|c) = E_q(z|x,c)[ log p(x|z,c) ] - KL( q(z|x,c) || p(z) )

    (Kingma et al. 2014 state this bound for a known class, Sohn et al. 2015 for any condition, there with p(z|c).)
    Wherever a VAE takes x, this model takes [x, c], and wherever a VAE takes z, [z, c]: `fit([x, c])`,
    `encode([x, c])`, `decode([z, c])`.

    Args:
        encoder, decoder: Keras models with two inputs, `encoder([x, c])` and `decoder([z, c])`, c as a vector; see
            `condition_size` in `ae.networks`.
        likelihood: as for `VAE`.
        num_classes: if given, c is an integer from 0 to num_classes - 1, which the networks see one-hot; None: c is a
            vector, passed on as it is.

    Reference: Kingma et al. 2014, "Semi-supervised learning with deep generative models", section 2; Sohn, Lee and
    Yan 2015, "Learning structured output representation using deep conditional generative models", section 4.
    """

    def __init__(
        self,
        encoder: Model,
        decoder: Model,
        likelihood: str | Likelihood = "bernoulli",
        num_classes: int | None = None,
        **kwargs,
    ):
        self.num_classes = num_classes
        super().__init__(encoder, decoder, likelihood, **kwargs)

    def sample(self, n: int, condition: ArrayLike, seed: int | None = None) -> Tensor:  # pyright: ignore[reportIncompatibleMethodOverride]
        """n new examples given a condition: one class or vector for all of them, or n of them."""
        check_converged(self)
        condition = np.asarray(condition)
        if condition.ndim == (0 if self.num_classes else 1):
            condition = np.repeat(condition[None], n, axis=0)
        if len(condition) != n:
            raise ValueError(f"sample({n}) takes one condition, or {n} of them. Received: {len(condition)}.")
        return self._decode_in_parts([self.prior.sample(n, seed=next_seed(seed, self.seed_generator)), condition])

    def interpolate(self, x1: ArrayLike, x2: ArrayLike, steps: int) -> Tensor:
        """As for `VAE`; x1 and x2 are pairs [x, c], and all points have the condition of x1."""
        return super().interpolate(x1, x2, steps)

    def network_inputs(self, inputs: Any) -> Any:
        x_or_z, condition = self.as_tensors(inputs)
        if self.num_classes is None:
            return [x_or_z, condition]
        condition = ops.reshape(condition, (-1,))  # of a pandas Series, Keras's `fit` makes a column
        return [x_or_z, ops.one_hot(ops.cast(condition, "int32"), self.num_classes)]

    def as_tensors(self, x: Any) -> list[Tensor]:
        self.check_pair(x)
        first, condition = x
        condition = condition.to_numpy() if hasattr(condition, "to_numpy") else condition  # from pandas
        if isinstance(condition, (np.ndarray, list, tuple)):  # in a compiled step, tensors have no values yet
            self.check_condition(np.asarray(condition))
            self.check_lengths(first, condition)
        return [ops.convert_to_tensor(first), ops.convert_to_tensor(condition)]

    def predict(self, x, *args, **options):
        """Keras's `predict`, after a check that arrays come in pairs."""
        if isinstance(x, dict) or hasattr(x, "shape"):
            self.check_pair(x)
        return super().predict(x, *args, **options)

    def call(self, x, training=False, seed=None):
        return super().call(self.network_inputs(x), training=training, seed=seed)

    def pair(self, z: Tensor, x: Tensor) -> list[Tensor]:
        return [z, x[1]]

    def export_signature(self) -> Any:
        x, condition = super().export_signature()
        classes = keras.InputSpec("int32", (None,), name=condition.name)
        return [x, condition if self.num_classes is None else classes]

    def check_networks(self) -> None:
        inputs = checks.known_shape(self.encoder, "encoder", "input")
        if len(inputs) != 2 or (self.num_classes is not None and not checks.fits(inputs[1:], [(self.num_classes,)])):
            size = self.num_classes or "the condition's length"
            raise ValueError(
                f"A ConditionalVAE's encoder takes two inputs, x and a condition vector of {size} numbers. Received an "
                f"encoder with input shapes {inputs}. Build both networks with condition_size={size}."
            )
        super().check_networks()

    def check_values(self, x: Any, y: Any) -> None:
        self.check_pair(x)
        if not isinstance(x[1], np.ndarray):
            raise ValueError(
                "The condition must be an array with one class or vector per example: np.asarray(condition)."
            )
        self.check_condition(x[1])
        super().check_values(x, y)

    def check_pair(self, inputs: Any) -> None:
        """Raises ValueError unless the inputs are a pair of x (or z) and the condition."""
        if not isinstance(inputs, (list, tuple)) or len(inputs) != 2:
            shape = getattr(inputs, "shape", None)
            of_shape = "" if shape is None else f" of shape {tuple(shape)}"
            raise ValueError(
                "A ConditionalVAE takes pairs of arrays: wherever a VAE takes x, [x, condition], and wherever it takes "
                "z, [z, condition]: call fit([x, condition]), with validation_data=([x_val, condition_val],); "
                "reconstruct([x, condition]); decode([z, condition]). A tf.data.Dataset yields ((x, condition),). "
                f"Received: {type(inputs).__name__}{of_shape}."
            )

    def check_lengths(self, x_or_z: Any, condition: np.ndarray | list | tuple) -> None:
        """Raises ValueError unless there are as many conditions as examples, where x (or z) has a batch axis at all."""
        shape: Any = getattr(x_or_z, "shape", ())
        count = len(condition)
        ranks = {len(network.inputs[0].shape) for network in (self.encoder, self.decoder)}
        if len(shape) in ranks and shape[0] not in (None, count):
            raise ValueError(f"There are {shape[0]} examples, but {count} conditions. Give one for each.")

    def check_condition(self, condition: np.ndarray) -> None:
        """Raises ValueError unless the NumPy array `condition` holds classes (or vectors) of this model."""
        if condition.dtype.kind not in "biuf":
            raise ValueError(
                f"The condition must hold numbers. Received values such as {str(condition.flat[0])!r}: number the "
                "classes, np.unique(labels, return_inverse=True)[1]."
            )
        if self.num_classes is None:
            return check_array(condition, self.encoder.inputs[1].shape[1:], "The condition")
        if not np.isfinite(condition).all():
            raise ValueError("The condition holds NaN or infinity where it should name a class.")
        classes = condition.astype(int)
        if condition.ndim != 1 or (classes != condition).any():
            raise ValueError(
                f"The condition must be one class per example, integers of shape (batch,). Received shape "
                f"{condition.shape} and dtype {condition.dtype}; for vectors, set num_classes=None."
            )
        if classes.min() < 0 or classes.max() >= self.num_classes:
            raise ValueError(
                f"The condition names class {classes.min() if classes.min() < 0 else classes.max()}, but with "
                f"num_classes={self.num_classes} classes run from 0 to {self.num_classes - 1}."
            )

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}
