"""Rows of a mixed table: their likelihood against the sum of its parts, gaps without influence, models that train."""

import re

import numpy as np
import pytest
from contract import numpy
from scipy import special, stats

import autoencoders_edu as ae
from autoencoders_edu._backend import keras, ops
from autoencoders_edu.distributions import Bernoulli, Categorical, Columns, Gaussian, next_seed

RNG = np.random.default_rng(0)
KINDS, GAPS = ["gaussian", 3, "bernoulli", "gaussian", 2], [0, 1, 2]  # numbers 0, 1-3, 4, 5, 6-7; indicators 8, 9, 10
N, WIDTH = 6, 11
OUTPUTS = RNG.normal(0, 2, (N, WIDTH)).astype("float32")


def rows():
    x = np.zeros((N, WIDTH), "float32")
    x[:, [0, 5]] = RNG.normal(size=(N, 2))
    x[:, 1:4] = np.eye(3)[RNG.integers(0, 3, N)]
    x[:, 4] = RNG.integers(0, 2, N)
    x[:, 6:8] = np.eye(2)[RNG.integers(0, 2, N)]
    x[:, 8:] = 1
    x[0, [0, 8]] = 0
    x[1, [1, 2, 3, 9]] = 0
    x[2, [0, 1, 2, 3, 4, 8, 9, 10]] = 0
    return x


X = rows()


def columns(stddev="learned"):
    return Columns(KINDS, GAPS, stddev)


def log_prob(likelihood, x=X, outputs=OUTPUTS):
    return numpy(likelihood.distribution(outputs).log_prob(x))


def by_hand(x, outputs, stddevs=(1, 1)):
    """log p of each column by SciPy, with gaps left out."""
    x, outputs = x.astype(float), outputs.astype(float)
    p = 1 / (1 + np.exp(-outputs[:, 4]))
    parts = [
        stats.norm(outputs[:, 0], stddevs[0]).logpdf(x[:, 0]),
        (x[:, 1:4] * special.log_softmax(outputs[:, 1:4], axis=1)).sum(axis=1),
        stats.bernoulli(p).logpmf(x[:, 4]),
        stats.norm(outputs[:, 5], stddevs[1]).logpdf(x[:, 5]),
        (x[:, 6:8] * special.log_softmax(outputs[:, 6:8], axis=1)).sum(axis=1),
    ]
    observed = np.ones((len(x), 5))
    observed[:, :3] = x[:, 8:]
    return np.stack(parts, axis=1) * observed


def test_log_probability_of_each_column_is_scipys():
    given = numpy(columns().distribution(OUTPUTS).log_prob_per_column(X))
    np.testing.assert_allclose(given, by_hand(X, OUTPUTS), rtol=1e-4, atol=1e-5)


def test_log_probability_is_the_sum_over_columns():
    np.testing.assert_allclose(log_prob(columns()), by_hand(X, OUTPUTS).sum(axis=1), rtol=1e-4)


def test_learned_stddevs_belong_to_their_columns():
    likelihood = columns()
    likelihood.log_stddev.assign(np.log([0.5, 3.0]))
    np.testing.assert_allclose(log_prob(likelihood), by_hand(X, OUTPUTS, (0.5, 3)).sum(axis=1), rtol=1e-4)
    np.testing.assert_allclose(log_prob(columns(0.5)), by_hand(X, OUTPUTS, (0.5, 0.5)).sum(axis=1), rtol=1e-4)


@pytest.mark.parametrize(
    ("kinds", "same"),
    [(["gaussian"] * 3, Gaussian()), (["bernoulli"] * 3, Bernoulli()), ([3], Categorical())],
    ids=["gaussian", "bernoulli", "categorical"],
)
def test_columns_of_one_kind_are_the_likelihood_of_that_kind(kinds, same):
    x, outputs = np.eye(3, dtype="float32"), OUTPUTS[:3, :3]
    np.testing.assert_allclose(log_prob(Columns(kinds), x, outputs), log_prob(same, x, outputs), rtol=1e-5)
    np.testing.assert_allclose(numpy(Columns(kinds).mean(outputs)), numpy(same.mean(outputs)), rtol=1e-5)


def test_missing_entries_have_no_influence_on_log_probability():
    other, outputs = X.copy(), OUTPUTS.copy()
    other[2, 0], outputs[2, :5] = 7.0, -3.0
    np.testing.assert_array_equal(log_prob(columns(), other, outputs)[2], log_prob(columns())[2])
    assert np.all(log_prob(columns(), X, outputs)[3:] == log_prob(columns())[3:])


def gradient(x, outputs):
    """The gradient of the summed log p with respect to the outputs."""
    likelihood = columns()
    if keras.backend.backend() == "jax":
        import jax

        return numpy(jax.grad(lambda o: ops.sum(likelihood.distribution(o).log_prob(x)))(outputs))
    import tensorflow as tf

    outputs = tf.constant(outputs)
    with tf.GradientTape() as tape:
        tape.watch(outputs)
        total = ops.sum(likelihood.distribution(outputs).log_prob(x))
    return numpy(tape.gradient(total, outputs))


def test_missing_entries_and_indicators_have_no_influence_on_gradients():
    found = gradient(X, OUTPUTS)
    assert found[0, 0] == 0
    assert np.all(found[1, 1:4] == 0)
    assert np.all(found[2, :5] == 0)
    assert np.all(found[:, 8:] == 0)
    assert np.all(found[3:, :8] != 0)
    np.testing.assert_allclose(found[3:, 0], X[3:, 0] - OUTPUTS[3:, 0], rtol=1e-5)


def test_mean_holds_means_probabilities_and_ones():
    mean = numpy(columns().mean(OUTPUTS))
    np.testing.assert_allclose(mean[:, [0, 5]], OUTPUTS[:, [0, 5]], rtol=1e-6)
    np.testing.assert_allclose(mean[:, 1:4], special.softmax(OUTPUTS[:, 1:4], axis=1), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(mean[:, 4], special.expit(OUTPUTS[:, 4]), rtol=1e-5)
    np.testing.assert_allclose(mean[:, 6:8], special.softmax(OUTPUTS[:, 6:8], axis=1), rtol=1e-4, atol=1e-6)
    assert np.all(mean[:, 8:] == 1)


def test_draws_are_complete_rows_whose_mean_is_the_mean():
    distribution = columns(0.5).distribution(OUTPUTS[:2])
    draws = numpy(distribution.sample(4000, seed=next_seed(0)))
    assert draws.shape == (4000, 2, WIDTH)
    columns().check(draws)
    assert tuple(distribution.batch_shape) == (2,)
    assert tuple(distribution.event_shape) == (WIDTH,)
    np.testing.assert_allclose(draws.mean(axis=0), numpy(distribution.mean()), atol=4 * 0.5 / np.sqrt(4000))
    assert draws[:, 0, 0].std() == pytest.approx(0.5, rel=0.1)
    one = numpy(distribution.sample(seed=next_seed(0)))
    assert one.shape == (2, WIDTH)


def test_columns_survive_serialisation():
    likelihood = columns(0.3)
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(likelihood))
    np.testing.assert_array_equal(log_prob(again), log_prob(likelihood))


def test_columns_without_numbers_have_nothing_to_learn():
    assert Columns([3, "bernoulli"]).weights == []
    assert len(columns().weights) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((["normal"],), "Received: 'normal'"),
        (([1],), "a number of categories >= 2. Received: 1"),
        (([True],), "Received: True"),
        (([],), "at least one kind"),
        ((["gaussian"], [1]), "gaps=[1] for 1 columns"),
        ((["gaussian", 2], [0, 0]), "gaps=[0, 0]"),
        ((["gaussian"], [], -1), "stddev to be a positive number or 'learned'"),
    ],
)
def test_columns_that_are_none_are_refused(arguments, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        Columns(*arguments)


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        ((0, 8), 0.5, "indicators"),
        ((3, 1), 0.5, "Column 1 should be one-hot over 3 categories"),
        ((3, 4), 0.5, "Column 2 should be 0 or 1"),
        ((1, 2), 1, "Column 1 should be one-hot"),
    ],
)
def test_rows_of_another_kind_are_refused(place, value, message):
    x = X.copy()
    columns().check(x)
    x[place] = value
    with pytest.raises(ValueError, match=message):
        columns().check(x)
    with pytest.raises(ValueError, match="rows have 10 numbers, but the columns of the likelihood 11"):
        columns().check(X[:, 1:])


@pytest.fixture(scope="module")
def table():
    return ae.data.table(ae.data.frame("titanic"), categorical=["pclass"], skewed=["fare", "sibsp", "parch"])


def networks(table, outputs=4):
    encoder = ae.networks.dense_encoder(table.shape, outputs, hidden=(32,))
    return encoder, ae.networks.dense_decoder(4, table.shape, hidden=(32,))


@pytest.fixture(scope="module")
def vae(table):
    keras.utils.set_random_seed(0)
    model = ae.VAE(*networks(table, 8), likelihood=table.likelihood, seed=0)
    model.compile(keras.optimizers.Adam(0.01))
    model.fit(table.x_train, validation_data=(table.x_val,), epochs=5, verbose=0)
    return model


@pytest.fixture(scope="module")
def autoencoder(table):
    keras.utils.set_random_seed(0)
    model = ae.Autoencoder(*networks(table))
    model.compile(keras.optimizers.Adam(0.01), table.likelihood.loss())
    model.fit(table.x_train, table.x_train, epochs=5, verbose=0)
    return model


def test_a_vae_trains_on_a_mixed_table(table, vae):
    untrained = ae.VAE(*networks(table, 8), likelihood=table.likelihood, seed=0)
    assert numpy(vae.elbo(table.x_test)).mean() > numpy(untrained.elbo(table.x_test)).mean() + 1
    assert np.all(numpy(vae.likelihood_family.log_stddev) < 0)
    bound = numpy(vae.log_likelihood(table.x_test[:50], samples=20, seed=0))
    assert bound.mean() > numpy(vae.elbo(table.x_test[:50], seed=0)).mean()


def test_reconstructions_and_samples_are_passengers(table, vae):
    for x in (vae.reconstruct(table.x_test), vae.sample(20, seed=0)):
        passengers = table.inverse(x)
        assert passengers.notna().all().all()
        assert set(passengers["sex"]) <= {"female", "male"}
        assert passengers["fare"].min() > -1
    drawn = vae.likelihood(vae.prior.sample(3, seed=next_seed(0))).sample(seed=next_seed(1))
    vae.likelihood_family.check(numpy(drawn))


def test_a_vae_of_a_mixed_table_is_saved_with_its_stddevs(table, vae, tmp_path):
    vae.save(tmp_path / "vae.keras")
    again = ae.load_model(tmp_path / "vae.keras")
    np.testing.assert_allclose(
        numpy(again.elbo(table.x_test, seed=1)), numpy(vae.elbo(table.x_test, seed=1)), rtol=1e-5
    )


def test_an_autoencoders_loss_is_nats_per_row(table, autoencoder):
    outputs = autoencoder.reconstruct(table.x_test)
    likelihood = autoencoder.likelihood_family
    expected = -numpy(likelihood.distribution(outputs).log_prob(table.x_test)).mean()
    assert autoencoder.evaluate(table.x_test, table.x_test, verbose=0) == pytest.approx(expected, rel=1e-4)
    assert np.all(numpy(likelihood.log_stddev) < 0)


def test_an_autoencoders_outputs_become_rows(table, autoencoder):
    passengers = table.inverse(table.likelihood.mean(autoencoder.reconstruct(table.x_test)))
    assert (passengers["sex"] == table.test["sex"].to_numpy()).mean() > 0.7


def test_an_autoencoder_of_a_mixed_table_is_saved_with_its_stddevs(table, autoencoder, tmp_path):
    autoencoder.save(tmp_path / "autoencoder.keras")
    again = ae.load_model(tmp_path / "autoencoder.keras")
    stddevs = numpy(autoencoder.likelihood_family.log_stddev)
    np.testing.assert_allclose(numpy(again.likelihood_family.log_stddev), stddevs)
    before = autoencoder.evaluate(table.x_test, table.x_test, verbose=0)
    assert again.evaluate(table.x_test, table.x_test, verbose=0) == pytest.approx(before, rel=1e-5)
    again.fit(table.x_train, table.x_train, verbose=0)
    assert np.abs(numpy(again.likelihood_family.log_stddev) - stddevs).max() > 0


def test_models_refuse_rows_that_their_likelihood_does_not_take(table):
    x = table.x_train.copy()
    x[0, 0] = 0.5
    vae = ae.VAE(*networks(table, 8), likelihood=table.likelihood)
    vae.compile("adam")
    autoencoder = ae.Autoencoder(*networks(table))
    autoencoder.compile("adam", table.likelihood.loss())
    for fit in (lambda: vae.fit(x), lambda: autoencoder.fit(x, x)):
        with pytest.raises(ValueError, match="Column 0 should be one-hot over 3 categories"):
            fit()


def test_a_decoder_that_ends_in_probabilities_is_refused(table):
    encoder, _ = networks(table)
    decoder = ae.networks.dense_decoder(4, table.shape, hidden=(32,), output_activation="sigmoid")
    with pytest.raises(ValueError, match="takes logits"):
        ae.Autoencoder(encoder, decoder).compile("adam", table.likelihood.loss())
