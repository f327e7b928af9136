"""Likelihoods and seeds against SciPy and closed forms."""

import numpy as np
import pytest
from contract import numpy
from scipy import integrate, special, stats

from autoencoders_edu._backend import keras
from autoencoders_edu.distributions import (
    LIKELIHOODS,
    Bernoulli,
    Categorical,
    ContinuousBernoulli,
    Gaussian,
    Likelihood,
    get_likelihood,
    next_seed,
    standard_normal,
)

RNG = np.random.default_rng(0)
SHAPE = (3, 4, 5, 2)
OUTPUTS = RNG.normal(0, 2, size=SHAPE).astype("float32")
EVENT = (1, 2, 3)


def sigmoid(logits):
    return 1 / (1 + np.exp(-logits.astype("float64")))


def log_prob(likelihood, x, outputs=OUTPUTS):
    return numpy(likelihood.distribution(outputs).log_prob(x.astype("float32")))


def test_bernoulli_log_probability_is_scipys_summed_over_the_event():
    x = RNG.integers(0, 2, SHAPE)
    expected = stats.bernoulli(sigmoid(OUTPUTS)).logpmf(x).sum(axis=EVENT)
    np.testing.assert_allclose(log_prob(Bernoulli(), x), expected, rtol=1e-5)


@pytest.mark.parametrize("stddev", [1.0, 0.1])
def test_gaussian_log_probability_is_scipys_summed_over_the_event(stddev):
    x = RNG.normal(size=SHAPE)
    expected = stats.norm(OUTPUTS, stddev).logpdf(x).sum(axis=EVENT)
    np.testing.assert_allclose(log_prob(Gaussian(stddev), x), expected, rtol=1e-4)


def test_learned_gaussian_starts_at_stddev_one_and_follows_its_weight():
    likelihood, x = Gaussian("learned"), RNG.normal(size=SHAPE)
    np.testing.assert_allclose(log_prob(likelihood, x), log_prob(Gaussian(1.0), x), rtol=1e-6)
    likelihood.log_stddev.assign(np.log(0.1))
    np.testing.assert_allclose(log_prob(likelihood, x), log_prob(Gaussian(0.1), x), rtol=1e-4)


def test_categorical_log_probability_is_scipys_summed_over_the_event():
    x = np.eye(2)[RNG.integers(0, 2, SHAPE[:-1])]
    p = special.softmax(OUTPUTS.astype("float64"), axis=-1)
    expected = stats.multinomial(1, p).logpmf(x).sum(axis=(1, 2))
    np.testing.assert_allclose(log_prob(Categorical(), x), expected, rtol=1e-4)


@pytest.mark.parametrize("logit", [-6.0, -1.0, -1e-3, 0.0, 0.5, 4.0])
def test_continuous_bernoulli_is_the_bernoulli_made_to_integrate_to_one(logit):
    p = sigmoid(np.array(logit))
    mass, _ = integrate.quad(lambda x: p**x * (1 - p) ** (1 - x), 0, 1)
    x = np.linspace(0, 1, 5)[:, None]
    expected = x * np.log(p) + (1 - x) * np.log(1 - p) - np.log(mass)
    outputs = np.full((5, 1), logit, "float32")
    np.testing.assert_allclose(log_prob(ContinuousBernoulli(), x, outputs), expected[:, 0], atol=2e-4)


def test_plain_bernoulli_over_grey_pixels_is_no_density():
    """What the continuous Bernoulli mends: at p = 1/2 the plain one gives every grey value 'probability' 1/2."""
    x = np.linspace(0, 1, 5)[:, None]
    np.testing.assert_allclose(np.exp(log_prob(Bernoulli(), x, np.zeros((5, 1), "float32"))), 0.5, rtol=1e-6)
    np.testing.assert_allclose(np.exp(log_prob(ContinuousBernoulli(), x, np.zeros((5, 1), "float32"))), 1, rtol=1e-4)


@pytest.mark.parametrize("name", LIKELIHOODS)
def test_every_likelihood_has_one_event_an_example_and_a_mean_of_its_shape(name):
    distribution = get_likelihood(name).distribution(OUTPUTS)
    assert tuple(distribution.batch_shape) == SHAPE[:1]
    assert tuple(distribution.event_shape) == SHAPE[1:]
    assert tuple(distribution.mean().shape) == SHAPE


@pytest.mark.parametrize("likelihood", [*LIKELIHOODS.values(), lambda: Gaussian(0.3), lambda: Gaussian("learned")])
def test_every_likelihood_survives_serialisation(likelihood):
    config = keras.saving.serialize_keras_object(likelihood())
    again = keras.saving.deserialize_keras_object(config)
    assert type(again) is type(likelihood())
    assert again.get_config() == {**likelihood().get_config(), "name": again.name}


@pytest.mark.parametrize("likelihood", [Bernoulli(), Gaussian(0.3), Categorical()])
def test_loss_is_nats_per_example_averaged_over_the_batch(likelihood):
    x = np.eye(2)[RNG.integers(0, 2, SHAPE[:-1])]
    expected = -log_prob(likelihood, x).mean()
    assert float(likelihood.loss()(x, OUTPUTS)) == pytest.approx(expected, rel=1e-5)
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(likelihood.loss()))
    assert float(again(x, OUTPUTS)) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("stddev", [0, -1.0, "learn", None, np.nan])
def test_a_stddev_that_is_none_is_refused(stddev):
    with pytest.raises(ValueError, match="positive number or 'learned'"):
        Gaussian(stddev)


@pytest.mark.parametrize("likelihood", [Bernoulli(), ContinuousBernoulli()])
@pytest.mark.parametrize("value", [-0.01, 1.01, 255.0])
def test_pixels_outside_the_unit_interval_are_refused(likelihood, value):
    with pytest.raises(ValueError, match=r"expects pixels in \[0, 1\]"):
        likelihood.check(np.array([[0.5, value]]))


def test_categories_that_are_not_one_hot_are_refused():
    Categorical().check(np.eye(3))
    for wrong in (np.array([[0.5, 0.5]]), np.array([[1.0, 1.0]]), np.array([[0.0, 0.0]])):
        with pytest.raises(ValueError, match="to_categorical"):
            Categorical().check(wrong)


def test_a_likelihood_object_is_taken_as_it_is():
    likelihood = Gaussian(0.2)
    assert get_likelihood(likelihood) is likelihood
    assert isinstance(likelihood, Likelihood)


def test_a_number_as_seed_repeats_and_a_generator_moves_on():
    generator = keras.random.SeedGenerator(1)
    draw = lambda source: numpy(standard_normal(5).sample(seed=next_seed(source)))  # noqa: E731
    np.testing.assert_array_equal(draw(3), draw(3))
    assert np.abs(draw(generator) - draw(generator)).max() > 0


def test_numbers_far_from_zero_stay_finite():
    far = np.array([[-80.0, 80.0]], "float32")
    for likelihood in (Bernoulli(), ContinuousBernoulli()):
        assert np.isfinite(log_prob(likelihood, np.array([[1.0, 0.0]]), far)).all()
