"""Free bits: a maximum for each group of latents, of the mean over the batch, before the sum."""

import numpy as np
import pytest
from contract import LATENT_DIM, binary_images, dense, dense_back, numpy, train

import autoencoders_edu as ae


def make(kind=ae.FreeBitsVAE, latents=LATENT_DIM, **options):
    return lambda shape=(6, 5, 2): kind(
        dense(2 * latents, shape=shape), dense_back(latents, shape=shape), seed=1, **options
    )


def kl_of(n=5, latents=4):
    return np.random.default_rng(0).gamma(1.0, 0.3, size=(n, latents)).astype("float32")


@pytest.mark.parametrize(("groups", "size"), [(None, 1), (4, 1), (2, 2), (1, 4)])
def test_regularizer_is_the_sum_of_the_larger_of_free_amount_and_mean_kl(groups, size):
    kl, model = kl_of(), make(latents=4, free_bits=0.3, groups=groups)()
    by_group = kl.reshape(5, -1, size).sum(axis=2)
    expected = np.maximum(0.3, by_group.mean(axis=0)).sum()
    assert numpy(model.regularizer(kl)).mean() == pytest.approx(expected, rel=1e-5)


def test_one_busy_latent_does_not_use_up_what_others_have_free():
    kl = np.array([[3.0, 0.0, 0.0]], "float32")
    assert numpy(make(free_bits=0.5)().regularizer(kl))[0] == pytest.approx(3 + 0.5 + 0.5)


def test_without_free_bits_it_is_the_vae():
    free, plain = (
        train(make(kind, **options))[1] for kind, options in ((ae.FreeBitsVAE, {"free_bits": 0}), (ae.VAE, {}))
    )
    for name in plain:
        np.testing.assert_allclose(free[name], plain[name], rtol=1e-5)


def test_a_free_latent_feels_nothing_of_the_kl():
    """All KL is free, so the encoder gets the gradient of beta = 0."""
    free = train(make(free_bits=100.0), epochs=3)[1]
    none = train(make(ae.BetaVAE, beta=0.0), epochs=3)[1]
    np.testing.assert_allclose(free["reconstruction"], none["reconstruction"], rtol=1e-4)


def test_the_loss_holds_the_regularizer_and_the_log_holds_the_kl():
    _, history = train(make(free_bits=100.0), epochs=1)
    assert history["loss"][0] - history["reconstruction"][0] == pytest.approx(100 * LATENT_DIM, rel=1e-4)
    assert history["kl"][0] < 50


def test_elbo_does_not_depend_on_free_bits():
    x = binary_images(8)
    few, many = (make(free_bits=amount)() for amount in (0.0, 5.0))
    many.set_weights(few.get_weights())
    np.testing.assert_allclose(numpy(many.elbo(x, seed=0)), numpy(few.elbo(x, seed=0)), rtol=1e-6)


@pytest.mark.parametrize(
    ("options", "expected"), [({"free_bits": -1}, "free_bits to be a number >= 0"), ({"groups": 2}, "divide the 3")]
)
def test_bad_options_are_refused(options, expected):
    with pytest.raises(ValueError, match=expected):
        make(**options)()
