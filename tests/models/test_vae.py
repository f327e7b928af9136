"""The VAE against exact mathematics: a linear-Gaussian model whose log p(x) is known, closed forms, and limits."""

import re
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from contract import CASES, binary_images, compiled, conv_back, dense, dense_back, numpy, train
from contract import vae as make_vae
from scipy import stats

import autoencoders_edu as ae
from autoencoders_edu.distributions import Gaussian, diagonal_normal, next_seed, standard_normal, tfd

STDDEV = 0.8
PIXELS, LATENTS = 5, 2
# Orthogonal columns make the exact posterior's covariance diagonal, so that a VAE's encoder can represent it.
WEIGHTS = np.linalg.qr(np.random.default_rng(0).normal(size=(PIXELS, LATENTS)))[0] * [0.9, 0.5]
OFFSET = np.linspace(-1, 1, PIXELS)


def linear_gaussian_vae(off=0.0):
    """p(z) = N(0, I), p(x|z) = N(W z + b, s^2 I); the encoder is the exact posterior, its mean shifted by `off`."""
    encoder = ae.networks.dense_encoder((PIXELS,), 2 * LATENTS, hidden=())
    decoder = ae.networks.dense_decoder(LATENTS, (PIXELS,), hidden=())
    variance = 1 / (1 + (WEIGHTS**2).sum(axis=0) / STDDEV**2)
    gain = WEIGHTS / STDDEV**2 * variance
    kernel = np.concatenate([gain, np.zeros_like(gain)], axis=1)
    bias = np.concatenate([-OFFSET @ gain + off, np.log(variance)])
    encoder.layers[-1].set_weights([kernel, bias])
    decoder.layers[-2].set_weights([WEIGHTS.T, OFFSET])
    return ae.VAE(encoder, decoder, likelihood=Gaussian(STDDEV), seed=0)


def exact_log_likelihood(x):
    return stats.multivariate_normal(OFFSET, WEIGHTS @ WEIGHTS.T + STDDEV**2 * np.eye(PIXELS)).logpdf(x)


@pytest.fixture
def x():
    return np.random.default_rng(1).normal(OFFSET, 1, size=(6, PIXELS)).astype("float32")


def test_exact_posterior_makes_every_importance_weight_log_p(x):
    bound = linear_gaussian_vae().log_likelihood(x, samples=1)
    np.testing.assert_allclose(numpy(bound), exact_log_likelihood(x), atol=1e-3)


def test_elbo_equals_log_p_when_q_is_the_exact_posterior(x):
    model = linear_gaussian_vae()
    draws = 1_000_000
    elbo = numpy(model.elbo(np.repeat(x[:1], draws, axis=0), seed=3)).astype("float64")
    assert elbo.std() / np.sqrt(draws) < 1e-3
    assert elbo.mean() == pytest.approx(exact_log_likelihood(x)[0], abs=1e-3)


def test_mean_elbo_is_exactly_log_p_when_q_is_the_exact_posterior(x):
    """E_q[log p(x|z)] in closed form takes the noise out of the draw: what is left is the KL's own error."""
    model = linear_gaussian_vae()
    posterior = model.posterior(x)
    mean, variance = numpy(posterior.mean()), numpy(posterior.variance())
    error = (x - mean @ WEIGHTS.T - OFFSET) ** 2 + variance @ (WEIGHTS**2).T
    expected = -(error / (2 * STDDEV**2) + np.log(STDDEV) + np.log(2 * np.pi) / 2).sum(axis=1)
    kl = numpy(tfd.kl_divergence(posterior, model.prior))
    np.testing.assert_allclose(expected - kl, exact_log_likelihood(x), atol=1e-3)


def test_bounds_are_ordered_and_approach_log_p(x):
    model = linear_gaussian_vae(off=0.5)
    many = np.repeat(x, 400, axis=0)
    elbo = numpy(model.elbo(many, seed=0)).mean()
    bounds = [numpy(model.log_likelihood(many, samples=k, seed=1)).mean() for k in (1, 5, 25, 125)]
    exact = exact_log_likelihood(x).mean()
    standard_error = 0.05
    assert abs(elbo - bounds[0]) < standard_error
    assert elbo < bounds[1] < bounds[2] < bounds[3] < exact + 0.01
    assert exact - elbo > 0.3


def test_bound_with_5000_samples_is_within_a_twentieth_of_a_nat(x):
    bound = linear_gaussian_vae(off=0.5).log_likelihood(x, samples=5000)
    np.testing.assert_allclose(numpy(bound), exact_log_likelihood(x), atol=0.05)


def test_bound_does_not_depend_on_how_the_work_is_split(monkeypatch, x):
    from autoencoders_edu.models import latent_variable

    whole = numpy(linear_gaussian_vae().log_likelihood(x, samples=40, seed=0))
    monkeypatch.setattr(latent_variable, "ROWS", 4)
    parts = numpy(linear_gaussian_vae().log_likelihood(x, samples=40, seed=0))
    np.testing.assert_allclose(parts, whole, atol=1e-3)


@pytest.mark.parametrize("case", ["vae", "vae_conv_decoder"])
def test_bound_holds_no_more_rows_than_the_widest_layer_allows(monkeypatch, case):
    from autoencoders_edu.models import latent_variable

    shape, widest = (6, 5, 2), {"vae": 6 * 5 * 2, "vae_conv_decoder": 8 * 8 * 7}[case]
    decoder = dense_back(3) if case == "vae" else ae.networks.conv_decoder(3, shape, filters=(4, 7), units=4)
    model = ae.VAE(ae.networks.dense_encoder(shape, 2 * 3, hidden=(4,)), decoder, seed=0)
    rows = []
    likelihood = model.likelihood
    monkeypatch.setattr(model, "likelihood", lambda z: rows.append(len(z)) or likelihood(z))
    monkeypatch.setattr(latent_variable, "NUMBERS", 5 * widest)
    assert model.log_likelihood(binary_images(13), samples=4, seed=0).shape == (13,)
    assert max(rows) == 5
    assert sum(rows) == 13 * 4


def test_bound_takes_networks_that_hold_models_and_shared_layers():
    shape, shared = (6, 5, 2), keras.layers.Dense(8)
    inner = keras.Sequential([keras.Input((8,)), keras.layers.Dense(6 * 5 * 2), keras.layers.Reshape(shape)])
    z = keras.Input((8,))
    decoder = keras.Model(z, inner(shared(shared(z))))
    model = ae.VAE(dense(16), decoder, seed=0)
    assert np.isfinite(numpy(model.log_likelihood(binary_images(4), samples=3))).all()


def random_posterior(batch=7, size=4):
    rng = np.random.default_rng(0)
    mean, log_variance = rng.normal(size=(2, batch, size))
    return mean, log_variance, diagonal_normal(np.concatenate([mean, log_variance], axis=1).astype("float32"))


def test_kl_equals_the_closed_form():
    mean, log_variance, posterior = random_posterior()
    closed_form = 0.5 * (mean**2 + np.exp(log_variance) - log_variance - 1).sum(axis=1)
    np.testing.assert_allclose(numpy(tfd.kl_divergence(posterior, standard_normal(4))), closed_form, atol=1e-5)


def test_kl_equals_its_monte_carlo_estimate():
    _, _, posterior = random_posterior()
    z = posterior.sample(20_000, seed=next_seed(0))
    log_ratio = numpy(posterior.log_prob(z)) - numpy(standard_normal(4).log_prob(z))
    standard_error = log_ratio.std(axis=0) / np.sqrt(len(log_ratio))
    kl = numpy(tfd.kl_divergence(posterior, standard_normal(4)))
    assert (np.abs(log_ratio.mean(axis=0) - kl) < 4 * standard_error).all()


def test_kl_of_the_prior_from_itself_is_zero():
    prior = diagonal_normal(np.zeros((2, 8), "float32"))
    np.testing.assert_array_equal(numpy(tfd.kl_divergence(prior, standard_normal(4))), 0)


def test_encoder_output_is_mean_then_log_variance():
    mean, log_variance, posterior = random_posterior()
    np.testing.assert_allclose(numpy(posterior.mean()), mean, rtol=1e-5)
    np.testing.assert_allclose(numpy(posterior.stddev()), np.exp(log_variance / 2), rtol=1e-5)


def test_every_example_and_latent_gets_its_own_epsilon():
    z = numpy(diagonal_normal(np.zeros((300, 8), "float32")).sample(seed=next_seed(0)))
    assert len(np.unique(z)) == z.size
    correlation = np.corrcoef(z.T) - np.eye(4)
    assert np.abs(correlation).max() < 4 / np.sqrt(300)


def test_logged_terms_sum_to_the_loss():
    _, history = train(make_vae)
    np.testing.assert_allclose(np.add(history["reconstruction"], history["kl"]), history["loss"], rtol=1e-5)


def test_elbo_is_summed_over_pixels_and_latents():
    model, x = make_vae(), binary_images(6)
    outputs = {name: numpy(value).astype("float64") for name, value in model(x, seed=4).items()}
    logits, (mean, log_variance) = outputs["likelihood"], np.split(outputs["posterior"], 2, axis=1)
    log_likelihood = (x * logits - np.logaddexp(0, logits)).sum(axis=(1, 2, 3))
    kl = 0.5 * (mean**2 + np.exp(log_variance) - log_variance - 1).sum(axis=1)
    np.testing.assert_allclose(numpy(model.elbo(x, seed=4)), log_likelihood - kl, rtol=1e-4)


def test_encode_is_the_posterior_mean_without_noise():
    model, x = make_vae(), binary_images(6)
    np.testing.assert_array_equal(numpy(model.encode(x)), numpy(model.encode(x)))
    np.testing.assert_allclose(numpy(model.encode(x)), numpy(model.encoder(x))[:, :3], rtol=1e-5)


def test_decode_is_the_mean_of_the_likelihood():
    model = make_vae()
    z = np.random.default_rng(0).normal(size=(4, 3)).astype("float32")
    probability = 1 / (1 + np.exp(-numpy(model.decoder(z))))
    np.testing.assert_allclose(numpy(model.decode(z)), probability, rtol=1e-4)


def test_sample_repeats_with_a_seed_and_varies_without():
    model = make_vae()
    np.testing.assert_array_equal(numpy(model.sample(3, seed=5)), numpy(model.sample(3, seed=5)))
    assert np.abs(numpy(model.sample(3)) - numpy(model.sample(3))).max() > 0


def test_interpolation_starts_and_ends_at_the_reconstructions():
    model, x = make_vae(), binary_images(8)
    path = numpy(model.interpolate(x[:4], x[4:], steps=5))
    assert path.shape == (4, 5, *x.shape[1:])
    np.testing.assert_allclose(path[:, 0], numpy(model.reconstruct(x[:4])), rtol=1e-4)
    np.testing.assert_allclose(path[:, -1], numpy(model.reconstruct(x[4:])), rtol=1e-4)


def test_prior_is_a_standard_normal_over_latents():
    prior = make_vae().prior
    assert tuple(prior.event_shape) == (3,)
    assert float(numpy(prior.log_prob(np.zeros(3, "float32")))) == pytest.approx(3 * stats.norm.logpdf(0), rel=1e-5)


def test_learned_stddev_finds_the_noise_of_the_data():
    rng = np.random.default_rng(0)
    x = (OFFSET + rng.normal(0, 0.3, size=(2000, PIXELS))).astype("float32")
    encoder = ae.networks.dense_encoder((PIXELS,), 2, hidden=())
    decoder = ae.networks.dense_decoder(1, (PIXELS,), hidden=())
    model = ae.VAE(encoder, decoder, likelihood=Gaussian("learned"), seed=0)
    model.compile(keras.optimizers.Adam(0.02))
    model.fit(x, batch_size=100, epochs=30, verbose=0)
    assert np.exp(numpy(model.likelihood_family.log_stddev)) == pytest.approx(0.3, rel=0.1)


def test_an_odd_number_of_encoder_outputs_is_refused():
    with pytest.raises(ValueError, match=r"even number.*output shape \(7,\).*Dense\(2 \* latent_dim\)"):
        ae.VAE(dense(7), dense_back(3))


def test_a_decoder_for_another_latent_dim_is_refused():
    with pytest.raises(ValueError, match=r"the code has shape \(3,\), but the decoder takes \(5,\)"):
        ae.VAE(dense(6), dense_back(5))


def test_an_encoder_that_forgot_the_log_variance_is_refused_with_the_reason():
    with pytest.raises(ValueError, match=r"mean and the log-variance of 3 latents.*needs 12 outputs"):
        ae.VAE(dense(6), dense_back(6))


@pytest.mark.any_backend
def test_pixels_outside_the_unit_interval_are_refused_before_training():
    model, x = compiled(make_vae()), 255 * binary_images(4)
    with pytest.raises(ValueError, match=r"Bernoulli likelihood expects pixels in \[0, 1\].*0 to 255.*x / 255"):
        model.fit(x)


@pytest.mark.any_backend
def test_an_unknown_likelihood_is_refused():
    with pytest.raises(ValueError, match=r"Unknown likelihood 'poisson'. Expected one of 'bernoulli'"):
        ae.VAE(dense(6), dense_back(3), likelihood="poisson")


@pytest.mark.any_backend
@pytest.mark.parametrize(
    "given", [{"loss": "mse"}, {"loss_weights": 2.0}, {"metrics": ["mse"], "weighted_metrics": []}]
)
def test_a_loss_of_ones_own_is_refused_and_what_belongs_to_one(given):
    named = ", ".join(f"{name}={value!r}" for name, value in given.items())
    with pytest.raises(ValueError, match=re.escape(f"compiled with {named}. Leave it out")):
        make_vae().compile("adam", **given)
    with pytest.raises(ValueError, match="A VAE brings its own loss, the negative ELBO"):
        make_vae().compile("adam", "mse")


@pytest.mark.any_backend
def test_labels_as_target_are_refused():
    with pytest.raises(ValueError, match=r"target is its input: call fit\(x\)"):
        compiled(make_vae()).fit(binary_images(4), np.arange(4))


def test_the_input_as_target_is_accepted():
    x = binary_images(4)
    assert np.isfinite(compiled(make_vae()).fit(x, x, verbose=0).history["loss"]).all()


@pytest.mark.any_backend
@pytest.mark.parametrize("samples", [0, -1, 2.5])
def test_a_number_of_samples_that_is_no_count_is_refused(samples):
    with pytest.raises(ValueError, match="samples to be a positive integer"):
        make_vae().log_likelihood(binary_images(2), samples=samples)


@pytest.mark.any_backend
def test_no_model_defines_a_training_step():
    assert not any(
        "train_step" in vars(kind) for kind in ae.ConditionalVAE.__mro__ if kind.__module__.startswith("auto")
    )


def test_skips_bring_z_to_every_stage_of_the_decoder():
    assert conv_back(skips=True).count_params() > conv_back().count_params()
    assert CASES["vae_learned_stddev"]().decoder.count_params() == conv_back(skips=True).count_params()


def test_weight_decay_of_a_network_is_part_of_the_loss():
    last = keras.layers.Dense(6, kernel_regularizer=keras.regularizers.L2(0.5))
    encoder = keras.Sequential([keras.Input((6, 5, 2)), keras.layers.Flatten(), last])
    model = ae.VAE(encoder, dense_back(), seed=0)
    model.compile(keras.optimizers.SGD(0.0))
    history = model.fit(binary_images(16), verbose=0).history
    penalty = 0.5 * (numpy(last.kernel) ** 2).sum()
    assert history["loss"][0] == pytest.approx(history["reconstruction"][0] + history["kl"][0] + penalty, rel=1e-5)


def test_bytes_and_doubles_are_scored_like_floats():
    encoder, decoder = dense(6), dense_back()
    model = ae.VAE(encoder, decoder, likelihood=Gaussian(0.5), seed=0)
    x = binary_images(4)
    expected = numpy(model.log_likelihood(x, samples=5, seed=0))
    for dtype in ("uint8", "float64"):
        np.testing.assert_allclose(numpy(model.log_likelihood(x.astype(dtype), samples=5, seed=0)), expected, rtol=1e-5)
    assert np.isfinite(compiled(model).fit(x.astype("uint8"), verbose=0).history["loss"]).all()


@pytest.mark.any_backend
def test_validation_pixels_outside_the_unit_interval_are_refused():
    model, x = compiled(make_vae()), binary_images(4)
    with pytest.raises(
        ValueError, match=r"^In the validation data: The Bernoulli likelihood expects pixels in \[0, 1\]"
    ):
        model.fit(x, validation_data=255 * x)


@pytest.mark.parametrize("ask", ["elbo", "log_likelihood"])
def test_bounds_are_given_for_data_that_could_be_trained_on_alone(ask):
    model, x = make_vae(), binary_images(4)
    for wrong, said in (
        (255 * x, r"expects pixels in \[0, 1\], but received values from 0 to 255"),
        (keras.ops.convert_to_tensor(-x), r"expects pixels in \[0, 1\], but received values from -1 to -?0"),
        (x * np.nan, "x holds NaN or infinity in 4 of 4 examples"),
        (x[0], "one example without a batch axis"),
    ):
        with pytest.raises(ValueError, match=said):
            getattr(model, ask)(wrong)
    np.testing.assert_array_equal(numpy(getattr(model, ask)(x.tolist(), seed=0)), numpy(getattr(model, ask)(x, seed=0)))


def test_numpy_integers_are_seeds():
    model = make_vae()
    np.testing.assert_array_equal(numpy(model.sample(2, seed=np.int64(3))), numpy(model.sample(2, seed=3)))


@pytest.mark.any_backend
def test_on_the_way_from_x_to_its_loss_no_call_goes_back():
    # devices.py counts examples, and compilation.py looks at the model; x does not go through them.
    order = ["autoencoder.py", "devices.py", "blocks.py", "compilation.py", "vae.py", "training_data.py"]
    order = [*(f"models/{name}" for name in order), "distributions.py"]
    package, calls = f"{Path(ae.__file__).parent}/", set()

    def note(frame, event, _):
        called = caller = frame.f_code.co_filename
        if event == "call" and called.startswith(package) and frame.f_code.co_name != "evaluate":  # a way of its own
            while (frame := frame.f_back) and not (caller := frame.f_code.co_filename).startswith(package):
                pass
            calls.add((caller if frame else called, called))

    model, x = make_vae(), binary_images(16)
    model.compile("adam", run_eagerly=True)
    sys.setprofile(note)
    try:
        model.fit(x, validation_data=x, sample_weight=np.ones(16), verbose=0)
    finally:
        sys.setprofile(None)
    steps = {tuple(order.index(file.removeprefix(package)) for file in call) for call in calls}
    assert set(range(7)) == {called for _, called in steps}
    assert all(caller <= called for caller, called in steps)
