"""Latent-variable models p(x, z) = p(z) p(x|z) with an encoder for q(z|x): densities, samples, bounds."""

import functools
import math
from functools import partial
from typing import Any

from numpy.typing import ArrayLike

from autoencoders_edu._arguments import positive_integer
from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Distribution, Model, Shapes, Tensor
from autoencoders_edu.distributions import Likelihood, diagonal_normal, get_likelihood, log_probability, next_seed
from autoencoders_edu.models import checks
from autoencoders_edu.models.autoencoder import Autoencoder
from autoencoders_edu.models.compilation import compiled
from autoencoders_edu.models.training_data import ask, check_converged, target_of

# What log_likelihood computes at a time, however many examples and samples there are: ROWS rows, or fewer where some
# layer's output for them would have more than NUMBERS numbers (64 MiB, 16 on JAX). Measured: with 4096 rows of 28x28
# images, the usual convolutional decoder took 1.4 GiB and was no faster; on JAX and a CPU, 668 took twice as long per
# row as 167.
ROWS, NUMBERS = 4096, 2**24 if keras.backend.backend() == "tensorflow" else 2**22


class LatentVariableModel(Autoencoder):
    """Reads two networks as distributions: q(z|x) a diagonal normal, p(x|z) a likelihood.

    p(z), and how the networks are trained, is left to subclasses (`VAE`). Distributions are tfd objects of the running
    backend.

    Args:
        encoder: Keras model from x to 2 * latent_dim numbers, the mean and the log-variance of q(z|x).
        decoder: Keras model from z (batch, latent_dim) to the parameters of p(x|z), in the shape of x: logits for
            Bernoulli and categorical pixels, means for Gaussian ones.
        likelihood: "bernoulli", "continuous_bernoulli", "gaussian", "categorical", or an object of
            `ae.distributions`, such as `Gaussian(stddev=0.1)`.
        seed: integer or None, for the draws of z.
    """

    def __init__(
        self,
        encoder: Model,
        decoder: Model,
        likelihood: str | Likelihood = "bernoulli",
        seed: int | None = None,
        **kwargs,
    ):
        super().__init__(encoder, decoder, **kwargs)
        self.latent_dim = encoder.output_shape[-1] // 2
        self.likelihood_family = get_likelihood(likelihood)
        checks.check_logits(decoder, self.likelihood_family)
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    @property
    def prior(self) -> Distribution:
        """p(z), event shape (latent_dim,)."""
        raise NotImplementedError

    def pair(self, z: Tensor, x: Tensor) -> Tensor:
        """What the decoder takes: z, in some kinds of model with a part of x besides."""
        raise NotImplementedError

    def compile(self, optimizer="rmsprop", loss=None, **kwargs):
        """Keras's `compile`, without a loss: the model has its own, in which the likelihood says how x is scored."""
        checks.check_no_loss(self, loss=loss, **kwargs)
        super().compile(optimizer, **kwargs)

    def posterior(self, x: ArrayLike) -> Distribution:
        """q(z|x), batch shape (batch,), event shape (latent_dim,)."""
        return diagonal_normal(ask(self.encoder, self.network_inputs(x), "x"))

    def likelihood(self, z: ArrayLike) -> Distribution:
        """p(x|z), batch shape (batch,), event shape that of one example."""
        return self.likelihood_family.distribution(ask(self.decoder, self.network_inputs(z), "z"))

    def encode(self, x: ArrayLike) -> Tensor:
        """The posterior mean of z, (batch, latent_dim)."""
        return self.posterior(x).mean()

    def decode(self, z: ArrayLike) -> Tensor:
        """The mean of p(x|z), (batch, ...): an image without pixel noise."""
        return self.likelihood(z).mean()

    def reconstruct(self, x: ArrayLike) -> Tensor:
        """The mean of p(x|z) at the posterior mean of z: (batch, ...), deterministic."""
        return self.decode(self.pair(self.encode(x), x))

    def sample(self, n: int, seed: int | None = None) -> Tensor:
        """n new examples (n, ...): the mean of p(x|z) for z drawn from the prior.

        For draws from p(x|z), with pixel noise: `model.likelihood(model.prior.sample(n)).sample()`.
        """
        check_converged(self)
        return self._decode_in_parts(self.prior.sample(n, seed=next_seed(seed, self.seed_generator)))

    def _decode_in_parts(self, z):
        """decode(z) for any number of z, in bounded memory."""
        size, most = target_of(z).shape[0], self._rows_at_once()
        decode = compiled(self, self.decode, size // most)
        parts = [keras.tree.map_structure(lambda a, i=i: a[i : i + most], z) for i in range(0, size, most)]
        return ops.concatenate([decode(part) for part in parts]) if size > most else self.decode(z)

    def interpolate(self, x1: ArrayLike, x2: ArrayLike, steps: int) -> Tensor:
        """Decoded points on the straight line between the codes of x1 and x2.

        Args:
            x1, x2: (batch, ...) each.
            steps: number of points, both ends included.

        Returns:
            (batch, steps, ...).
        """
        start, stop = self.encode(x1), self.encode(x2)
        weights = ops.linspace(0.0, 1.0, steps)[None, :, None]
        z = start[:, None] + weights * (stop - start)[:, None]
        repeated = keras.tree.map_structure(lambda part: ops.repeat(part, steps, axis=0), x1)
        images = self.decode(self.pair(ops.reshape(z, (-1, self.latent_dim)), repeated))
        return ops.reshape(images, (-1, steps, *images.shape[1:]))

    def log_likelihood(self, x: ArrayLike, samples: int = 100, seed: int | None = None) -> Tensor:
        """The importance-weighted lower bound on log p(x), in nats per example:

            L_K(x) = E[ log 1/K sum_k p(x|z_k) p(z_k) / q(z_k|x) ],   z_k ~ q(z|x)   (Eq. 8 of Burda et al. 2016)

        With K = 1 it is the ELBO; it grows with K towards log p(x). Memory grows neither with K nor with the batch.

        Args:
            x: (batch, ...).
            samples: K, a positive integer.
            seed: integer or None.

        Returns:
            (batch,), one estimate of the bound per example.

        Raises:
            ValueError: for x that `fit` would refuse, and for a model whose training has diverged.

        Reference: Burda, Grosse and Salakhutdinov 2016, "Importance weighted autoencoders".
        """
        samples = positive_integer("log_likelihood", "samples", samples)
        generator = keras.random.SeedGenerator(seed) if seed is not None else self.seed_generator
        tensors = self.as_tensors(x)
        self.check_data(tensors)
        check_converged(self)
        size = target_of(tensors).shape[0]
        most, bounds = self._rows_at_once(), []
        log_weights = functools.cache(lambda k: compiled(self, partial(self._log_weights, k), size * samples // most))
        for start in range(0, size, most):
            part = keras.tree.map_structure(lambda a, i=start: a[i : i + most], tensors)
            bounds.append(self._importance_weighted_bound(part, samples, generator, most, log_weights))
        return ops.concatenate(bounds)

    def _rows_at_once(self):
        return max(1, min(ROWS, NUMBERS // max(_widest(self.encoder), _widest(self.decoder))))

    def _importance_weighted_bound(self, x, samples, generator, most, log_weights):
        outputs, rows = ask(self.encoder, self.network_inputs(x), "x"), target_of(x).shape[0]
        at_once = max(1, most // rows)
        total = ops.full((rows,), -math.inf)
        for start in range(0, samples, at_once):
            k = min(at_once, samples - start)
            total = ops.logaddexp(total, log_weights(k)(outputs, x, next_seed(generator)))
        return total - math.log(samples)

    def _log_weights(self, k, outputs, x, seed):
        """log of the sum of k importance weights, (batch,), for x and what the encoder returned for it."""
        posterior = diagonal_normal(outputs)
        z = posterior.sample(k, seed=seed)
        return ops.logsumexp(self._log_joint(x, z) - posterior.log_prob(z), axis=0)

    def _log_joint(self, x, z):
        """log p(x|z) + log p(z) for z (k, batch, latent_dim): (k, batch)."""
        k = z.shape[0]
        repeated = keras.tree.map_structure(lambda part: ops.concatenate([part] * k), x)
        flat = ops.reshape(z, (-1, self.latent_dim))
        log_likelihood = log_probability(self.likelihood(self.pair(flat, repeated)), target_of(repeated))
        return ops.reshape(log_likelihood, (k, -1)) + self.prior.log_prob(z)

    # A conditional model's x is [x, condition] and its z is [z, condition], hence these two methods and `pair`.

    def as_tensors(self, x: Any) -> Any:
        """x as tensors of the backend."""
        return ops.convert_to_tensor(x)

    def network_inputs(self, inputs: Any) -> Any:
        """What the networks take, from what the user gives: x or z."""
        return inputs

    def check_networks(self) -> None:
        shapes = checks.known_shape(self.encoder, "encoder", "output")
        checks.check_one_posterior(type(self).__name__, shapes)
        size = shapes[0][-1] if len(shapes[0]) == 1 else None
        if size is None or size % 2:
            raise ValueError(
                f"A {type(self).__name__}'s encoder returns 2 * latent_dim numbers, the mean and the log-variance of "
                f"q(z|x), so an even number of them. Received an encoder with output shape {shapes[0]}. End it in "
                "Dense(2 * latent_dim)."
            )
        inputs = checks.known_shape(self.encoder, "encoder", "input")
        decoder_inputs = checks.known_shape(self.decoder, "decoder", "input")
        if (size,) == decoder_inputs[0]:
            raise ValueError(
                f"The encoder returns {size} numbers, the mean and the log-variance of {size // 2} latents, but the "
                f"decoder takes {size} latents. For latent_dim={size} the encoder needs {2 * size} outputs."
            )
        checks.check_code(self.decoder_shapes(size // 2, inputs), decoder_inputs)
        checks.check_output(checks.known_shape(self.decoder, "decoder", "output"), inputs[:1])

    def decoder_shapes(self, latent_dim: int, input_shapes: Shapes) -> Shapes:
        """The shapes that the decoder must take, given those that the encoder takes."""
        return [(latent_dim,), *input_shapes[1:]]

    def get_config(self):
        return {
            **super().get_config(),
            "likelihood": keras.saving.serialize_keras_object(self.likelihood_family),
            "seed": self.seed,
        }


def _widest(network):
    """The largest number of outputs per example of any layer of a network whose output shape is known."""
    widest = 1
    for layer in network.layers:
        inner = [_widest(layer)] if isinstance(layer, keras.Model) else []
        outputs = keras.tree.flatten(getattr(layer, "output", []))  # a layer that is used twice has no single output
        sizes = [math.prod(size or 1 for size in tensor.shape[1:]) for tensor in outputs]
        widest = max(widest, *inner, *sizes)
    return widest
