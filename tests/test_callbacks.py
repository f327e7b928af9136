"""Callbacks: schedules follow their formulas and reach the loss that is trained on; snapshots are the model's codes."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from contract import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

import autoencoders_edu as ae
from autoencoders_edu._backend import keras

few = settings(deadline=None, max_examples=50)
positive = st.floats(0, 100)
modes = pytest.mark.parametrize(
    "mode", [{"jit_compile": True}, {"jit_compile": False}, {"run_eagerly": True}], ids=["xla", "graph", "eager"]
)


def data(n=32):
    return np.random.default_rng(0).normal(size=(n, 4)).astype("float32")


def small_model(**mode):
    encoder = ae.networks.dense_encoder((4,), 2 * 2, hidden=())
    decoder = ae.networks.dense_decoder(2, (4,), hidden=())
    model = ae.BetaVAE(encoder, decoder, likelihood="gaussian", beta=7.0, seed=1)
    model.compile(keras.optimizers.Adam(0.01), **mode)
    return model


def plain_autoencoder():
    model = ae.Autoencoder(ae.networks.dense_encoder((4,), 2, hidden=()), ae.networks.dense_decoder(2, (4,), hidden=()))
    model.compile("adam", "mse")
    return model


def fit(model, *callbacks, epochs=4):
    return model.fit(data(), epochs=epochs, batch_size=16, verbose=0, callbacks=list(callbacks)).history


def cyclical(epochs, *args, **kwargs):
    schedule = ae.callbacks.CyclicalBeta(*args, **kwargs)
    schedule.set_params({"epochs": epochs})
    return schedule


@few
@given(start=positive, stop=positive, epochs=st.integers(1, 50))
def test_linear_beta_starts_and_stops_where_told(start, stop, epochs):
    schedule = ae.callbacks.LinearBeta(start, stop, epochs)
    assert schedule.beta_at(0) == start
    for epoch in (epochs, epochs + 1, 10 * epochs):
        assert schedule.beta_at(epoch) == pytest.approx(stop)


@few
@given(start=positive, stop=positive, epochs=st.integers(1, 50), share=st.floats(0, 1))
def test_linear_beta_is_a_straight_line_between(start, stop, epochs, share):
    epoch = int(share * epochs)
    expected = Fraction(start) + (Fraction(stop) - Fraction(start)) * Fraction(epoch, epochs)
    assert ae.callbacks.LinearBeta(start, stop, epochs).beta_at(epoch) == pytest.approx(float(expected))


@few
@given(epochs=st.integers(1, 200), cycles=st.integers(1, 20), ramp=st.floats(0.01, 1), stop=positive)
def test_cyclical_beta_follows_its_formula(epochs, cycles, ramp, stop):
    schedule = cyclical(epochs, cycles, ramp, stop)
    for epoch in range(epochs):
        passed = Fraction(epoch * cycles, epochs) % 1  # exact, where rounding would misplace the start of a cycle
        expected = float(Fraction(stop) * min(passed / Fraction(ramp), 1))
        assert schedule.beta_at(epoch) == pytest.approx(expected, abs=1e-9)


def test_cyclical_beta_starts_each_cycle_at_zero():
    schedule = cyclical(20, cycles=6)  # cycles of 3 1/3 epochs: epochs 0 and 10 start one
    assert [epoch for epoch in range(20) if schedule.beta_at(epoch) == 0] == [0, 10]


def test_cyclical_beta_rises_and_stays():
    schedule = cyclical(12, cycles=2, ramp=0.5, stop=3.0)
    assert [schedule.beta_at(epoch) for epoch in range(12)] == pytest.approx([0, 1, 2, 3, 3, 3] * 2)


@pytest.mark.parametrize(
    ("arguments", "name"), [((-1, 1, 5), "start"), ((0, -1, 5), "stop"), ((0, 1, 0), "epochs"), ((0, 1, -5), "epochs")]
)
def test_linear_beta_refuses_bad_arguments(arguments, name):
    with pytest.raises(ValueError, match=f"LinearBeta expects {name} to be a number"):
        ae.callbacks.LinearBeta(*arguments)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [((0,), "cycles"), ((1.5,), "cycles"), ((2, 0), "ramp"), ((2, 1.1), "ramp"), ((2, 0.5, -1), "stop")],
)
def test_cyclical_beta_refuses_bad_arguments(arguments, name):
    with pytest.raises(ValueError, match=f"CyclicalBeta expects {name} to be a"):
        ae.callbacks.CyclicalBeta(*arguments)


def test_cyclical_beta_refuses_a_training_too_short_for_its_cycles():
    with pytest.raises(ValueError, match=r"at least two epochs per cycle. Received: epochs=4; train for 6 or more"):
        fit(small_model(), ae.callbacks.CyclicalBeta(3), epochs=4)


@pytest.mark.parametrize(
    "schedule", [ae.callbacks.LinearBeta(0, 1, 5), ae.callbacks.CyclicalBeta(2)], ids=["linear", "cyclical"]
)
def test_schedule_refuses_a_model_without_beta(schedule):
    with pytest.raises(ValueError, match="changes a model's beta, which a Autoencoder does not have"):
        plain_autoencoder().fit(data(), data(), verbose=0, callbacks=[schedule])


@modes
def test_linear_beta_changes_the_loss_that_is_trained_on(mode):
    history = fit(small_model(**mode), ae.callbacks.LinearBeta(0.0, 8.0, 2))
    used = (np.array(history["loss"]) - history["reconstruction"]) / history["kl"]
    np.testing.assert_allclose(used, [0, 4, 8, 8], atol=1e-3)


@modes
def test_cyclical_beta_changes_the_loss_that_is_trained_on(mode):
    history = fit(small_model(**mode), ae.callbacks.CyclicalBeta(2, ramp=1.0, stop=4.0))
    used = (np.array(history["loss"]) - history["reconstruction"]) / history["kl"]
    np.testing.assert_allclose(used, [0, 2, 0, 2], atol=1e-3)


@modes
def test_schedule_reaches_the_gradient(mode):
    # With the same seeds a heavier KL term must leave another encoder behind.
    codes = []
    for stop in (0.0, 50.0):
        keras.utils.set_random_seed(0)
        model = small_model(**mode)
        fit(model, ae.callbacks.LinearBeta(0.0, stop, 1))
        codes.append(numpy(model.encode(data())))
    assert np.abs(codes[0] - codes[1]).max() > 1e-3


def test_schedule_logs_beta():
    history = fit(small_model(), ae.callbacks.LinearBeta(0.0, 8.0, 2))
    assert history["beta"] == [0, 4, 8, 8]


def test_schedule_leaves_the_last_beta_in_the_model():
    model = small_model()
    fit(model, ae.callbacks.LinearBeta(0.0, 8.0, 2))
    assert float(numpy(model.beta)) == 8


def test_beta_without_a_schedule_stays():
    history = fit(small_model())
    used = (np.array(history["loss"]) - history["reconstruction"]) / history["kl"]
    np.testing.assert_allclose(used, 7, rtol=1e-3)


@modes
def test_latent_snapshots_are_the_codes_before_and_after_each_epoch(mode):
    x = data()[:5]
    snapshots = ae.callbacks.LatentSnapshots(x)
    model = small_model(**mode)
    before = numpy(model.encode(x))
    fit(model, snapshots, epochs=3)
    assert [codes.shape for codes in snapshots.snapshots] == [(5, 2)] * 4
    np.testing.assert_allclose(snapshots.snapshots[0], before, rtol=1e-5)
    np.testing.assert_allclose(snapshots.snapshots[-1], numpy(model.encode(x)), rtol=1e-5)


def test_latent_snapshots_see_each_epoch_change_the_code():
    snapshots = ae.callbacks.LatentSnapshots(data()[:5])
    fit(small_model(), snapshots, epochs=3)
    changes = [np.abs(after - before).max() for before, after in pairwise(snapshots.snapshots)]
    assert len(changes) == 3
    assert min(changes) > 0


def test_latent_snapshots_start_afresh_in_the_next_fit():
    snapshots = ae.callbacks.LatentSnapshots(data()[:5])
    model = small_model()
    fit(model, snapshots, epochs=3)
    fit(model, snapshots, epochs=1)
    assert len(snapshots.snapshots) == 2


def test_latent_snapshots_take_a_model_without_a_distribution():
    snapshots = ae.callbacks.LatentSnapshots(data()[:5])
    plain_autoencoder().fit(data(), data(), verbose=0, callbacks=[snapshots])
    assert [codes.shape for codes in snapshots.snapshots] == [(5, 2)] * 2
