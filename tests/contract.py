"""What every model of the library must do, said once. `CASES` makes a small one of each class."""

import functools

import numpy as np
import pytest

import autoencoders_edu as ae
from autoencoders_edu._backend import keras

SHAPE = (6, 5, 2)  # neither square nor grey
LATENT_DIM = 3
CLASSES = 4


def binary_images(n=64, shape=SHAPE, seed=0):
    """Images with something to learn: each pixel is a noisy copy of one of two patterns."""
    rng = np.random.default_rng(seed)
    patterns = rng.random((2, *shape)) < 0.5
    flips = rng.random((n, *shape)) < 0.1
    return (patterns[rng.integers(0, 2, n)] ^ flips).astype("float32")


def classes(n=64):
    return np.arange(n) % CLASSES


def dense(outputs, condition_size=0, shape=SHAPE, **options):
    return ae.networks.dense_encoder(shape, outputs, hidden=(16,), condition_size=condition_size, **options)


def dense_back(latent_dim=LATENT_DIM, condition_size=0, shape=SHAPE):
    return ae.networks.dense_decoder(latent_dim, shape, hidden=(16,), condition_size=condition_size)


def conv(outputs, shape=SHAPE, **options):
    return ae.networks.conv_encoder(shape, outputs, filters=(4, 8), units=16, **options)


def conv_back(shape=SHAPE, **options):
    return ae.networks.conv_decoder(LATENT_DIM, shape, filters=(8, 4), units=16, **options)


def autoencoder(shape=SHAPE):
    return ae.Autoencoder(dense(LATENT_DIM, shape=shape), dense_back(shape=shape))


def denoising(shape=SHAPE):
    pair = ae.networks.skip_autoencoder(shape, filters=(4, 8))
    return ae.DenoisingAutoencoder(*pair, ae.corruption.GaussianNoise(0.3, seed=1))


def sparse_l1(shape=SHAPE):
    return ae.SparseAutoencoder(dense(40, shape=shape), dense_back(40, shape=shape), ae.sparsity.L1(1e-3))


def sparse_kl(shape=SHAPE):
    encoder = dense(40, shape=shape, output_activation="sigmoid")
    return ae.SparseAutoencoder(encoder, dense_back(40, shape=shape), ae.sparsity.KLSparsity(0.1, 1e-3))


def sparse_top_k(shape=SHAPE):
    return ae.SparseAutoencoder(dense(40, shape=shape), dense_back(40, shape=shape), ae.sparsity.TopK(20))


def vae(shape=SHAPE):
    return ae.VAE(dense(2 * LATENT_DIM, shape=shape), dense_back(shape=shape), seed=1)


def vae_learned_stddev(shape=SHAPE):
    likelihood = ae.distributions.Gaussian("learned")
    return ae.VAE(conv(2 * LATENT_DIM, shape), conv_back(shape, skips=True), likelihood, seed=1)


def beta_vae(shape=SHAPE):
    return ae.BetaVAE(dense(2 * LATENT_DIM, shape=shape), dense_back(shape=shape), beta=0.5, seed=1)


def conditional_vae(shape=SHAPE):
    encoder = dense(2 * LATENT_DIM, CLASSES, shape)
    return ae.ConditionalVAE(encoder, dense_back(condition_size=CLASSES, shape=shape), num_classes=CLASSES, seed=1)


def conditional_vae_of_vectors(shape=SHAPE):
    encoder = conv(2 * LATENT_DIM, shape, condition_size=2)
    return ae.ConditionalVAE(encoder, conv_back(shape, condition_size=2), seed=1)


def free_bits_vae(shape=SHAPE):
    return ae.FreeBitsVAE(dense(2 * LATENT_DIM, shape=shape), dense_back(shape=shape), free_bits=0.05, seed=1)


def autoregressive_vae(shape=SHAPE):
    decoder = ae.networks.autoregressive_decoder(LATENT_DIM, shape, hidden=(16,), context=5, units=8)
    return ae.AutoregressiveVAE(dense(2 * LATENT_DIM, shape=shape), decoder, seed=1)


CASES = {
    make.__name__: make
    for make in (
        autoencoder,
        denoising,
        sparse_l1,
        sparse_kl,
        sparse_top_k,
        vae,
        vae_learned_stddev,
        beta_vae,
        conditional_vae,
        conditional_vae_of_vectors,
        free_bits_vae,
        autoregressive_vae,
    )
}


# What a backend computes in its own way, one of these models computes: convolutions, noise, a weight in the likelihood,
# two inputs, images drawn pixel by pixel.
DIFFERENT = {"denoising", "vae_learned_stddev", "conditional_vae", "autoregressive_vae"}

every_model = pytest.mark.parametrize("make", CASES.values(), ids=CASES)
# For what Keras does, or what is refused before anything is computed: `make test-jax` tries it with a few.
every_model_on_one_backend = pytest.mark.parametrize(
    "make",
    [
        pytest.param(make, id=name, marks=() if name in DIFFERENT else pytest.mark.any_backend)
        for name, make in CASES.items()
    ],
)


def compiled(model, learning_rate=0.01, **options):
    loss = {} if isinstance(model, ae.VAE) else {"loss": "mse"}
    model.compile(keras.optimizers.Adam(learning_rate), **loss, **options)
    return model


def inputs_of(model, n=64, shape=SHAPE, seed=0):
    """What the model takes: images, or images and conditions."""
    x = binary_images(n, shape, seed)
    if not isinstance(model, ae.ConditionalVAE):
        return x
    vectors = np.random.default_rng(seed).normal(size=(n, 2)).astype("float32")
    return [x, classes(n) if model.num_classes else vectors]


def fit_arguments(model, inputs):
    """The positional arguments of `fit` and `evaluate`: a VAE's target is implied."""
    return [inputs] if isinstance(model, ae.VAE) else [inputs, inputs]


def train(make, epochs=8, n=64, shape=SHAPE, batch_size=16, fit=None, **compile_options):
    """A seeded model of this kind after training, and its history."""
    keras.utils.set_random_seed(0)
    model = compiled(make(shape), **compile_options)
    arguments = fit_arguments(model, inputs_of(model, n, shape))
    history = model.fit(*arguments, epochs=epochs, batch_size=batch_size, verbose=0, **(fit or {}))
    return model, history.history


@functools.cache
def trained(make):
    """The model that `train` makes of this kind, and its history: trained once, for tests that leave it as it is."""
    return train(make)


def numpy(tensor):
    return keras.ops.convert_to_numpy(tensor)
