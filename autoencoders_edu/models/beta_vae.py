"""The beta-VAE."""

from autoencoders_edu._arguments import real
from autoencoders_edu._backend import keras
from autoencoders_edu._typing import Model, Tensor
from autoencoders_edu.distributions import Likelihood
from autoencoders_edu.models.vae import VAE


@keras.saving.register_keras_serializable("autoencoders_edu")
class BetaVAE(VAE):
    """A VAE with a weight on the KL term:

        loss = mean over examples of reconstruction + beta * kl        (Eq. 4 of Higgins et al. 2017)

    beta = 1 is the VAE; beta > 1 trades reconstruction for a simpler posterior; beta = 0 leaves a noisy autoencoder.
    `kl` is logged without the weight, and `elbo(x)` does not depend on beta.

    Args:
        encoder, decoder, likelihood: as for `VAE`.
        beta: number >= 0. The model stores it as a weight, which can be changed at any time, `model.beta = 2.0`, and
            during training by `ae.callbacks.LinearBeta` and `CyclicalBeta`.

    Reference: Higgins et al. 2017, "beta-VAE: learning basic visual concepts with a constrained variational framework".
    """

    def __init__(
        self, encoder: Model, decoder: Model, likelihood: str | Likelihood = "bernoulli", beta: float = 4.0, **kwargs
    ):
        # TensorFlow's graph optimiser sorts the terms of a sum by name, and the order affects the rounding. This name
        # sorts like "vae", which "beta_vae" would not: beta = 1 equals a VAE to the last bit.
        super().__init__(encoder, decoder, likelihood, **{"name": "vae_beta", **kwargs})
        self.initial_beta = real("BetaVAE", "beta", beta, "a number >= 0", lambda value: value >= 0)
        # A plain attribute would be frozen into the compiled training step; a weight can change between epochs.
        start = keras.initializers.Constant(self.initial_beta)
        self._beta = self.add_weight(name="beta", initializer=start, trainable=False, dtype="float32")

    @property
    def beta(self) -> keras.Variable:
        return self._beta

    @beta.setter
    def beta(self, value: float):
        self._beta.assign(real("BetaVAE", "beta", value, "a number >= 0", lambda value: value >= 0))

    def regularizer(self, kl_per_latent: Tensor) -> Tensor:
        return self.beta * super().regularizer(kl_per_latent)

    def get_config(self):
        return {**super().get_config(), "beta": self.initial_beta}
