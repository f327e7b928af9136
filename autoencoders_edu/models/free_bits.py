"""The VAE with free bits."""

from autoencoders_edu._arguments import positive_integer, real
from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Model, Tensor
from autoencoders_edu.distributions import Likelihood
from autoencoders_edu.models.beta_vae import BetaVAE


@keras.saving.register_keras_serializable("autoencoders_edu")
class FreeBitsVAE(BetaVAE):
    """A VAE in which each latent has some KL free of charge:

        loss = mean of reconstruction + beta * sum over groups j of max(free_bits, mean of kl_j)

    (Eq. 15 of Kingma et al. 2016, there with beta = 1.) kl_j is the KL of one group of latents, and its mean is over
    the batch. The maximum is taken before the sum: after it, one latent could use up the allowance of all. Below
    free_bits a group gets no gradient from the KL, so nothing pulls it to the prior. `kl` is logged in full, and
    `elbo(x)` is the ELBO: free bits change the training, not the evaluation.

    Args:
        encoder, decoder, likelihood: as for `VAE`.
        free_bits: number >= 0, in nats (in spite of the name) per group; with 0 this is a `BetaVAE`.
        groups: number of groups of neighbouring latents, all of one size; None: each latent is a group.
        beta: as for `BetaVAE`, but 1 by default.

    Reference: Kingma et al. 2016, "Improved variational inference with inverse autoregressive flow", appendix C.8.
    """

    def __init__(
        self,
        encoder: Model,
        decoder: Model,
        likelihood: str | Likelihood = "bernoulli",
        free_bits: float = 0.25,
        groups: int | None = None,
        beta: float = 1.0,
        **kwargs,
    ):
        super().__init__(encoder, decoder, likelihood, beta, **kwargs)
        self.free_bits = real("FreeBitsVAE", "free_bits", free_bits, "a number >= 0", lambda value: value >= 0)
        self.groups = positive_integer("FreeBitsVAE", "groups", self.latent_dim if groups is None else groups)
        if self.latent_dim % self.groups:
            raise ValueError(
                f"FreeBitsVAE expects groups to divide the {self.latent_dim} latents. Received: {self.groups}."
            )

    def regularizer(self, kl_per_latent: Tensor) -> Tensor:
        kl = ops.sum(ops.reshape(kl_per_latent, (-1, self.groups, self.latent_dim // self.groups)), axis=-1)
        # Each example counts its own kl or free_bits; the mean over the batch is max(free_bits, mean of kl).
        pays = ops.mean(kl, axis=0) > self.free_bits
        return super().regularizer(ops.where(pays, kl, self.free_bits))

    def get_config(self):
        return {**super().get_config(), "free_bits": self.free_bits, "groups": self.groups}
