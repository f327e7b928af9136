"""The beta-VAE."""

from autoencoders_edu._backend import keras
from autoencoders_edu.models.vae import VAE


@keras.saving.register_keras_serializable("autoencoders_edu")
class BetaVAE(VAE):
    """A VAE whose KL term is weighed:

        loss = mean over examples of reconstruction + beta * kl        (Eq. 4 of Higgins et al. 2017)

    beta = 1 is the VAE; beta > 1 buys a simpler posterior with reconstruction; beta = 0 leaves a noisy autoencoder.
    `kl` is logged without its weight, and `elbo(x)` is the ELBO whatever beta is.

    Args:
        encoder, decoder, likelihood: as for `VAE`.
        beta: number >= 0; `ae.callbacks.LinearBeta` and `CyclicalBeta` change it while the model trains.

    Reference: Higgins et al. 2017, "beta-VAE: learning basic visual concepts with a constrained variational framework".
    """

    def __init__(self, encoder, decoder, likelihood="bernoulli", beta=4.0, name="vae_beta", **kwargs):
        # TensorFlow's graph optimiser sorts the terms of a sum by name, and the order decides the rounding. This name
        # sorts like "vae", so that beta = 1 gives a VAE's numbers to the last bit; Keras's "beta_vae" does not.
        super().__init__(encoder, decoder, likelihood, name=name, **kwargs)
        if not (isinstance(beta, (int, float)) and beta >= 0):
            raise ValueError(f"BetaVAE expects beta to be a number >= 0. Received: {beta!r}.")
        self.initial_beta = beta
        # A plain attribute would be frozen into the compiled training step; a weight can be changed between epochs.
        self.beta = self.add_weight(
            name="beta", initializer=keras.initializers.Constant(beta), trainable=False, dtype="float32"
        )

    def regularizer(self, kl):
        return self.beta * kl

    def get_config(self):
        return {**super().get_config(), "beta": self.initial_beta}
