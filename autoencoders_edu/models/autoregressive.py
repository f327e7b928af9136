"""The autoregressive VAE."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Distribution, Shapes, Tensor
from autoencoders_edu.distributions import next_seed
from autoencoders_edu.models import checks
from autoencoders_edu.models.training_data import check_converged
from autoencoders_edu.models.vae import VAE


@keras.saving.register_keras_serializable("autoencoders_edu")
class AutoregressiveVAE(VAE):
    """A VAE that draws images pixel by pixel, each given z and the pixels before it in reading order:

        log p(x|z) = sum over pixels i of log p(x_i | z, x_1 ... x_(i-1))        (Eq. 1 of Gulrajani et al. 2017)

    The decoder takes two inputs, `decoder([z, x])`, and its output for pixel i is computed from z and the pixels of x
    before i: see `ae.networks.autoregressive_decoder`. One call therefore gives the whole sum, each pixel given the
    true ones before it (teacher forcing), in training, `elbo` and `log_likelihood`. `decode` and `sample` draw one
    pixel after another, each given those drawn so far.

    A decoder that sees a pixel before drawing it would not give a log-probability, and is refused.

    Args:
        encoder, likelihood: as for `VAE`.
        decoder: as for `VAE`, with x (height, width, channels) as a second input.

    Example:

    >>> decoder = ae.networks.autoregressive_decoder(3, (8, 8, 1), hidden=(16,), units=8)
    >>> vae = ae.AutoregressiveVAE(ae.networks.dense_encoder((8, 8, 1), 2 * 3), decoder)
    >>> x = (ae.data.load("digits").x_train > 0.5).astype("float32")
    >>> vae.compile("adam")
    >>> history = vae.fit(x, verbose=0)
    >>> vae.log_likelihood(x[:5]).shape == (5,)
    True

    Reference: Gulrajani et al. 2017, "PixelVAE"; Chen et al. 2017, "Variational lossy autoencoder".
    """

    def decode(self, z: ArrayLike) -> Tensor:
        """The mean of p(x_i | z, pixels before) for each pixel, given the most probable pixels before: (batch, ...)."""
        z = z[0] if isinstance(z, list) else z  # from `pair`, whose x is not used to draw
        return self._draw(z, lambda likelihood: likelihood.mode())[1].mean()

    def sample(self, n: int, seed: int | None = None) -> Tensor:
        """n new examples: z from the prior, then each pixel drawn from its distribution given those before it."""
        check_converged(self)
        generator = self.seed_generator if seed is None else keras.random.SeedGenerator(seed)
        z = self.prior.sample(n, seed=next_seed(generator))
        return self._draw(z, lambda likelihood: likelihood.sample(seed=next_seed(generator)))[0]

    def _draw(self, z: Tensor, choose: Callable[[Distribution], Tensor]) -> tuple[Tensor, Distribution]:
        """The images, each pixel chosen by `choose` from p(x_i | z, pixels before), and the last likelihood."""
        shape = self.encoder.input_shape[1:]
        flat, likelihood = np.zeros((len(z), math.prod(shape[:-1]), shape[-1]), "float32"), None
        for pixel in range(flat.shape[1]):
            likelihood = self.likelihood([z, flat.reshape(-1, *shape)])
            flat[:, pixel] = ops.convert_to_numpy(choose(likelihood)).reshape(flat.shape)[:, pixel]
        return ops.convert_to_tensor(flat.reshape(-1, *shape)), likelihood

    def network_inputs(self, inputs: Any) -> Any:
        # Keras takes arrays or tensors, but not a mixture.
        return keras.tree.map_structure(ops.convert_to_tensor, inputs)

    def pair(self, z: Tensor, x: Tensor) -> list[Tensor]:
        return [z, x]

    def check_networks(self) -> None:
        taken = checks.known_shape(self.decoder, "decoder", "input")
        if len(taken) != 2:
            raise ValueError(
                f"The decoder of a {type(self).__name__} takes two inputs, z and x, of which it uses the pixels drawn "
                f"so far. Received a decoder with input shapes {taken}. ae.networks.autoregressive_decoder makes one."
            )
        super().check_networks()
        pixel = self._first_pixel_that_looks_ahead()
        if pixel is not None:
            raise ValueError(
                f"The decoder's output for pixel {pixel} (in reading order) changes with that pixel of x or one after "
                "it, which has yet to be drawn. The sum over pixels would then be no log-probability of x. Shift x by "
                "one pixel before the first layer, and let no layer look ahead: ae.networks.autoregressive_decoder "
                "does both."
            )

    def decoder_shapes(self, latent_dim: int, input_shapes: Shapes) -> Shapes:
        return [(latent_dim,), *input_shapes]

    def _first_pixel_that_looks_ahead(self, most=64):
        """A pixel whose output depends on itself or later pixels of x; None if there is none among those tried."""
        rng = np.random.default_rng(0)
        shape, latent_dim = self.encoder.input_shape[1:], self.decoder.input_shape[0][-1]
        size = math.prod(shape[:-1])
        pixels = np.unique(np.linspace(0, size - 1, min(size, most)).astype(int))
        x = np.repeat(rng.random((1, size, shape[-1])), len(pixels) + 1, axis=0)
        for row, pixel in enumerate(pixels):
            x[row, pixel:] = rng.random(x[row, pixel:].shape)
        z = np.repeat(rng.normal(size=(1, latent_dim)), len(x), axis=0)
        outputs = self.decoder([z.astype("float32"), x.reshape(-1, *shape).astype("float32")])
        outputs = np.asarray(ops.convert_to_numpy(outputs), "float32").reshape(len(x), size, -1)
        change = np.abs(outputs[:-1] - outputs[-1])[np.arange(len(pixels)), pixels].max(axis=1)
        looks = pixels[change > 1e-5 * np.abs(outputs).max()]
        return int(looks[0]) if len(looks) else None
