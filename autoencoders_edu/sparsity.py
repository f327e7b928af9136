"""Sparsity of the code: layers between encoder and decoder that penalise the code or cut it off."""

import numpy as np

from autoencoders_edu._arguments import positive_integer, real
from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Tensor


class Penalty(keras.layers.Layer):
    """Passes the code through unchanged and adds `penalty(z)` to the model's loss."""

    def call(self, z: Tensor) -> Tensor:
        self.add_loss(self.penalty(ops.cast(z, "float32")))  # losses are summed in that type, whatever the type of z
        return z

    def check(self, z: np.ndarray) -> None:
        """Raises ValueError for a NumPy array z that this penalty is not defined for."""

    def penalty(self, z: Tensor) -> Tensor:
        """The penalty of a batch of codes z (batch, latent_dim): a scalar."""
        raise NotImplementedError

    def compute_output_shape(self, input_shape):
        return input_shape


@keras.saving.register_keras_serializable("autoencoders_edu")
class L1(Penalty):
    """penalty(z) = weight * mean over examples of sum_j |z_j|.

    It pulls every active unit towards zero by the same amount (shrinkage), those that are needed as well. Steps of an
    optimiser such as Adam cross zero and come back, so they leave the other units near zero, not at it. Exact zeros
    need a ReLU at the end of the encoder, as the example shows; a ReLU alone gives some as well. With a large weight,
    most units are never active, which makes the code narrow rather than sparse. A smaller code and larger weights in
    the decoder escape the penalty, unless these weights are bounded.

    Args:
        weight: positive number.

    Example:

    >>> x = ae.data.load("digits").x_train
    >>> def share_of_zeros(activation):
    ...     encoder = ae.networks.dense_encoder((8, 8, 1), 64, hidden=(), output_activation=activation)
    ...     decoder = ae.networks.dense_decoder(64, (8, 8, 1), hidden=())
    ...     model = ae.SparseAutoencoder(encoder, decoder, ae.sparsity.L1(0.01))
    ...     model.compile("adam", "mse")
    ...     model.fit(x, x, epochs=5, verbose=0)
    ...     return np.mean(np.asarray(model.encode(x)) == 0)
    >>> bool(share_of_zeros(None) == 0), bool(share_of_zeros("relu") > 0.7)
    (True, True)
    """

    def __init__(self, weight: float, **kwargs):
        super().__init__(**kwargs)
        self.weight = real("L1", "weight", weight, "a positive number", lambda value: value > 0)

    def penalty(self, z: Tensor) -> Tensor:
        return self.weight * ops.mean(ops.sum(ops.abs(z), axis=-1))

    def get_config(self):
        return {**super().get_config(), "weight": self.weight}


@keras.saving.register_keras_serializable("autoencoders_edu")
class KLSparsity(Penalty):
    """Asks each unit to be active a fraction `target` of the time:

        penalty(z) = weight * sum_j [ t log(t / r_j) + (1 - t) log((1 - t) / (1 - r_j)) ],   t = target

    with r_j the mean of unit j over the batch (Ng takes the whole training set). This is the KL divergence, in nats,
    between two Bernoulli distributions, so the code must lie in (0, 1): end the encoder in a sigmoid.

    Args:
        target: number between 0 and 1, exclusive.
        weight: positive number.

    Reference: Ng 2011, "Sparse autoencoder" (CS294A lecture notes), section 3.
    """

    def __init__(self, target: float, weight: float, **kwargs):
        super().__init__(**kwargs)
        rate = "a rate between 0 and 1, such as 0.05"
        self.target = real("KLSparsity", "target", target, rate, lambda value: 0 < value < 1)
        self.weight = real("KLSparsity", "weight", weight, "a positive number", lambda value: value > 0)

    def check(self, z: np.ndarray) -> None:
        if z.min() < 0 or z.max() > 1:
            raise ValueError(
                f"KLSparsity compares rates, so it expects a code in [0, 1], but the encoder returns values from "
                f"{z.min():.3g} to {z.max():.3g}. End the encoder in a sigmoid: output_activation='sigmoid'."
            )

    def penalty(self, z: Tensor) -> Tensor:
        # A unit that is never (or always) active would give an infinite penalty and a NaN gradient.
        rate = ops.clip(ops.mean(z, axis=0), 1e-6, 1 - 1e-6)
        on = self.target * ops.log(self.target / rate)
        off = (1 - self.target) * ops.log((1 - self.target) / (1 - rate))
        return self.weight * ops.sum(on + off)

    def get_config(self):
        return {**super().get_config(), "target": self.target, "weight": self.weight}


@keras.saving.register_keras_serializable("autoencoders_edu")
class TopK(keras.layers.Layer):
    """Keeps the k largest units of each code and sets the others to zero: no penalty, no shrinkage.

    Args:
        k: positive integer; more than there are units means all of them.

    Reference: Makhzani and Frey 2014, "k-sparse autoencoders"; Gao et al. 2024, "Scaling and evaluating sparse
    autoencoders".
    """

    def __init__(self, k: int, **kwargs):
        super().__init__(**kwargs)
        self.k = positive_integer("TopK", "k", k)

    def call(self, z: Tensor) -> Tensor:
        units = z.shape[-1]
        _, indices = ops.top_k(z, min(self.k, units))
        # By index, not by threshold: exactly k are kept even with ties (all-zero codes after a ReLU).
        kept = ops.sum(ops.one_hot(indices, units, dtype=z.dtype), axis=-2)
        return z * kept

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "k": self.k}
