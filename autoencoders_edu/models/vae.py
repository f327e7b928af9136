"""The variational autoencoder."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Distribution, Model, Tensor
from autoencoders_edu.distributions import Likelihood, diagonal_normal, log_probability, next_seed, standard_normal, tfd
from autoencoders_edu.models.latent_variable import LatentVariableModel
from autoencoders_edu.models.training_data import check_converged, check_implied_target, target_of


class Mean(keras.losses.Loss):
    """The mean of losses per example; Keras applies sample weights, and divides by the number of replicas if needed."""

    def call(self, y_true, y_pred):
        return y_pred


def mean(values: Tensor, sample_weight: Tensor | None = None) -> Tensor:
    return Mean()(values, values, sample_weight)


@keras.saving.register_keras_serializable("autoencoders_edu")
class VAE(LatentVariableModel):
    """Variational autoencoder: maximises a lower bound on log p(x), the ELBO,

        ELBO(x) = E_q(z|x)[ log p(x|z) ] - KL( q(z|x) || p(z) )        (Eq. 3 of Kingma and Welling 2014)
        loss    = mean over examples of reconstruction + kl

    with reconstruction = -log p(x|z) for one z = mean + stddev * epsilon drawn from q(z|x), summed over pixels, and kl
    in closed form, summed over latents. Both are logged, in nats per example.

    `compile(optimizer)` takes no loss, and `fit(x)` no target. Calling the model (and `predict`) returns the networks'
    raw outputs for one random z, from which the loss is made: for images, use `reconstruct`. Args, and what else the
    model can do: see `LatentVariableModel`.

    Example:

    >>> vae = ae.VAE(ae.networks.dense_encoder((8, 8, 1), 2 * 3), ae.networks.dense_decoder(3, (8, 8, 1)))
    >>> vae.compile("adam")
    >>> history = vae.fit(ae.data.load("digits").x_train, verbose=0)
    >>> sorted(history.history)
    ['kl', 'loss', 'reconstruction']
    >>> vae.sample(4).shape == (4, 8, 8, 1)
    True

    Reference: Kingma and Welling 2014, "Auto-encoding variational Bayes".
    """

    def __init__(self, encoder: Model, decoder: Model, likelihood: str | Likelihood = "bernoulli", **kwargs):
        super().__init__(encoder, decoder, likelihood, **kwargs)
        self.reconstruction_tracker = keras.metrics.Mean(name="reconstruction")
        self.kl_tracker = keras.metrics.Mean(name="kl")

    def check_values(self, x: Any, y: Any) -> None:
        if isinstance(target_of(x), np.ndarray):
            self.likelihood_family.check(target_of(x))
        check_implied_target(self, x, y)

    @property
    def prior(self) -> Distribution:
        """p(z) = N(0, I), event shape (latent_dim,)."""
        return standard_normal(self.latent_dim)

    def pair(self, z: Tensor, x: Tensor) -> Tensor:
        return z

    def call(self, x: Tensor, training: bool = False, seed: int | None = None) -> dict[str, Tensor]:
        posterior = self.encoder(x, training=training)
        z = diagonal_normal(posterior).sample(seed=next_seed(seed, self.seed_generator))
        likelihood = self.decoder(self.pair(z, x), training=training)
        return {"posterior": posterior, "likelihood": likelihood}  # no tfd objects: Keras layers return tensors

    def reconstruction(self, x: Tensor, outputs: dict[str, Tensor]) -> Tensor:
        """-log p(x|z), (batch,), from what `call` returned for x."""
        return -log_probability(self.likelihood_family.distribution(outputs["likelihood"]), target_of(x))

    def kl_per_latent(self, posterior: Distribution) -> Tensor:
        """KL( q(z_j|x) || p(z_j) ), (batch, latent_dim), from q(z|x)."""
        return tfd.kl_divergence(posterior.distribution, self.prior.distribution)

    def terms(self, x: Tensor, outputs: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """reconstruction and kl, (batch,) each, from what `call` returned for x."""
        kl_per_latent = self.kl_per_latent(diagonal_normal(outputs["posterior"]))
        return self.reconstruction(x, outputs), ops.sum(kl_per_latent, axis=-1)

    def regularizer(self, kl_per_latent: Tensor) -> Tensor:
        """The term added to the reconstruction, (batch,): what other kinds of VAE change."""
        return ops.sum(kl_per_latent, axis=-1)

    def compute_loss(self, x=None, y=None, y_pred: Any = None, sample_weight=None, training=True) -> Tensor:
        reconstruction = self.reconstruction(x, y_pred)
        kl_per_latent = self.kl_per_latent(diagonal_normal(y_pred["posterior"]))
        logged = (self.reconstruction_tracker, reconstruction), (self.kl_tracker, ops.sum(kl_per_latent, axis=-1))
        for tracker, term in logged:
            weight = 1.0 if sample_weight is None else ops.cast(sample_weight, term.dtype)
            tracker.update_state(weight * term)  # weighted like the loss, which they sum to
        loss = mean(reconstruction + self.regularizer(kl_per_latent), sample_weight)
        return sum((mean(ops.reshape(penalty, (1,))) for penalty in self.losses), loss)

    def elbo(self, x: ArrayLike, seed: int | None = None) -> Tensor:
        """The ELBO of x, (batch,), estimated with one draw of z, in nats per example; refuses what `fit` refuses."""
        tensors = self.as_tensors(x)
        self.check_data(tensors)
        check_converged(self)
        reconstruction, kl = self.terms(tensors, self(tensors, seed=seed))
        return -(reconstruction + kl)
