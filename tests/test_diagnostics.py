"""Diagnostics on models whose answer is known beforehand."""

import numpy as np
import pytest
from contract import CASES, binary_images, inputs_of, numpy
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA

import autoencoders_edu as ae
from autoencoders_edu._backend import keras


@pytest.fixture(scope="module")
def digits():
    return ae.data.load("digits")


def test_pca_baseline_equals_scikit_learns_reconstruction(digits):
    table = ae.diagnostics.pca_baseline(digits, [1, 7, 20]).set_index("dim")
    flat = digits.x_test.reshape(len(digits.x_test), -1)
    for dim in (1, 7, 20):
        pca = PCA(dim).fit(digits.x_train.reshape(len(digits.x_train), -1))
        error = np.mean((pca.inverse_transform(pca.transform(flat)) - flat) ** 2)
        assert table.loc[dim, "test_mse"] == pytest.approx(error, rel=1e-4)


def test_pca_baseline_refuses_more_components_than_pixels(digits):
    with pytest.raises(ValueError, match=r"1 to 64 components. Received: \[65\]"):
        ae.diagnostics.pca_baseline(digits, [65])


@settings(deadline=None, max_examples=30)
@given(knee=st.integers(1, 5), slope=st.floats(0.5, 5), height=st.floats(0.01, 100))
def test_knee_is_where_a_broken_line_breaks(knee, slope, height):
    """An error that falls on a line until the knee and is flat behind it, over log2 of the size."""
    exponents = np.arange(7)
    errors = height * (1 + slope * np.maximum(knee - exponents, 0))
    assert ae.diagnostics.find_knee(2**exponents, errors) == 2**knee


@pytest.mark.parametrize("dims", [[1, 2], [4, 2, 1], [0, 1, 2]])
def test_knee_refuses_sizes_that_are_no_sweep(dims):
    with pytest.raises(ValueError, match="at least three ascending positive sizes"):
        ae.diagnostics.find_knee(dims, np.ones(len(dims)))


def linear(dim):
    encoder = ae.networks.dense_encoder((8, 8, 1), dim, hidden=())
    model = ae.Autoencoder(encoder, ae.networks.dense_decoder(dim, (8, 8, 1), hidden=()))
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return model


def test_sweep_trains_a_model_for_each_size_and_leaves_the_test_rows_alone(digits):
    class NoTest:
        x_train, x_val = digits.x_train[:200], digits.x_val

        @property
        def x_test(self):
            raise AssertionError("a sweep chooses on validation data")

    sweep = ae.diagnostics.bottleneck_sweep(linear, [1, 4, 16], NoTest(), epochs=5)
    assert list(sweep.table["dim"]) == [1, 4, 16]
    assert sweep.table["val_mse"].is_monotonic_decreasing
    assert sweep.knee in (1, 4, 16)


class Copier:
    def reconstruct(self, x):
        return x


class Projector:
    """Keeps what lies in the first ten principal components of the digits."""

    def __init__(self, data):
        self.pca = PCA(10).fit(data.x_train.reshape(len(data.x_train), -1))

    def reconstruct(self, x):
        flat = x.reshape(len(x), -1)
        return self.pca.inverse_transform(self.pca.transform(flat)).reshape(x.shape)


def test_a_copier_is_unmasked(digits):
    report = ae.diagnostics.identity_mapping(Copier(), digits)
    assert report.copies_noise
    np.testing.assert_allclose(report.table["explained"], 1)


def test_a_narrow_model_is_no_copier(digits):
    report = ae.diagnostics.identity_mapping(Projector(digits), digits)
    assert not report.copies_noise
    assert report.table.loc["test data", "explained"] > 0.6
    # Ten of 64 directions hold at most ten of 64 parts of white noise.
    assert report.table.loc["noise", "explained"] < 10 / 64 + 0.05
    assert set(report.table.index) == {"test data", "upside down", "pixels shuffled", "noise"}


def vae_that_uses(latents, total=4):
    """A VAE whose posterior mean is x in the first latents and 0 in the others, where q(z|x) is the prior."""
    encoder = ae.networks.dense_encoder((total,), 2 * total, hidden=())
    kernel = np.zeros((total, 2 * total))
    kernel[range(latents), range(latents)] = 1
    bias = np.concatenate([np.zeros(total), np.where(np.arange(total) < latents, -4.0, 0.0)])
    encoder.layers[-1].set_weights([kernel, bias])
    decoder = ae.networks.dense_decoder(total, (total,), hidden=())
    used = np.diag(np.arange(total) < latents).astype("float32")
    decoder.layers[-2].set_weights([used, np.zeros(total)])
    return ae.VAE(encoder, decoder, likelihood=ae.distributions.Gaussian(0.5))


@pytest.fixture
def x():
    return np.random.default_rng(0).normal(size=(2500, 4)).astype("float32")


@pytest.mark.parametrize("latents", [0, 1, 3, 4])
def test_active_units_counts_the_latents_in_use(latents, x):
    assert ae.diagnostics.active_units(vae_that_uses(latents), x) == latents


def test_active_units_judges_the_variance_of_the_mean_not_qs_own():
    """q with a large variance but a constant mean says nothing about x."""
    model = vae_that_uses(0)
    weights = model.encoder.layers[-1].get_weights()
    weights[1][4:] = 2.0
    model.encoder.layers[-1].set_weights(weights)
    assert ae.diagnostics.active_units(model, np.eye(4, dtype="float32")) == 0


def test_collapse_report_of_a_working_model(x):
    report = ae.diagnostics.collapse_report(vae_that_uses(2), x)
    variance = np.exp(-4.0)
    expected = 0.5 * (x[:, :2] ** 2 + variance - 1 + 4).mean(axis=0)
    np.testing.assert_allclose(report.kl_per_latent[:2], expected, rtol=1e-4)
    np.testing.assert_allclose(report.kl_per_latent[2:], 0, atol=1e-6)
    assert report.kl == pytest.approx(report.kl_per_latent.sum())
    assert report.active_units == 2
    assert report.reconstruction_shuffled > 1.5 * report.reconstruction
    assert not report.collapsed


def test_collapse_report_of_a_collapsed_model(x):
    report = ae.diagnostics.collapse_report(vae_that_uses(0), x)
    assert report.kl == pytest.approx(0, abs=1e-6)
    assert report.reconstruction_shuffled == pytest.approx(report.reconstruction, rel=1e-6)
    assert report.collapsed


def test_a_working_code_under_much_pixel_noise_is_no_collapse():
    """Shuffling z costs only a small share of a likelihood that is mostly noise, yet whole nats."""
    encoder, decoder = ae.networks.dense_encoder((200,), 2, hidden=()), ae.networks.dense_decoder(1, (200,), hidden=())
    encoder.layers[-1].set_weights(
        [np.concatenate([np.full((200, 1), 0.05), np.zeros((200, 1))], axis=1), np.array([0, -4.0])]
    )
    decoder.layers[-2].set_weights([np.full((1, 200), 0.07), np.zeros(200)])
    rng = np.random.default_rng(0)
    x = (0.07 * rng.normal(size=(500, 1)) + rng.normal(size=(500, 200))).astype("float32")
    report = ae.diagnostics.collapse_report(ae.VAE(encoder, decoder, likelihood="gaussian"), x)
    assert report.reconstruction_shuffled - report.reconstruction < 0.01 * report.reconstruction
    assert not report.collapsed


def test_collapse_report_takes_conditional_models():
    model = CASES["conditional_vae"]()
    report = ae.diagnostics.collapse_report(model, inputs_of(model))
    assert report.kl_per_latent.shape == (3,)


@given(n=st.integers(2, 50), seed=st.integers(0, 10))
@settings(deadline=None, max_examples=30)
def test_shuffling_leaves_nobody_their_own_code(n, seed):
    order = ae.diagnostics._derangement(n, seed)
    assert sorted(order) == list(range(n))
    assert (order != np.arange(n)).all()


def test_working_in_batches_changes_nothing():
    model, x = CASES["autoencoder"](), binary_images(10)
    whole = ae.diagnostics.in_batches(model.reconstruct, x)
    np.testing.assert_allclose(
        ae.diagnostics.in_batches(model.reconstruct, x, batch_size=3), whole, rtol=1e-5, atol=1e-6
    )
    np.testing.assert_allclose(whole, numpy(model.reconstruct(x)), rtol=1e-5, atol=1e-6)
