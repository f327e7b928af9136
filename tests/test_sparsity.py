"""Sparsity layers: penalties equal their formulas, and TopK keeps exactly k units, ties or not."""

import numpy as np
import pytest
from contract import numpy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import rel_entr

import autoencoders_edu as ae
from autoencoders_edu._backend import keras

few = settings(deadline=None, max_examples=20)
shapes = st.tuples(st.integers(1, 4), st.integers(1, 6))
weights = st.floats(1e-4, 100)
# Few different values, so that ties are the rule.
tied_codes = arrays("float32", shapes, elements=st.sampled_from([-2.0, -1.0, 0.5, 1.0, 3.0]))
rates = arrays("float32", shapes, elements=st.floats(1 / 64, 63 / 64, width=32))

LAYERS = {
    "l1": lambda: ae.sparsity.L1(0.3),
    "kl": lambda: ae.sparsity.KLSparsity(0.1, 0.3),
    "top_k": lambda: ae.sparsity.TopK(2),
}


def penalty(layer, z):
    """What the layer adds to a model's loss."""
    layer(z)
    (loss,) = layer.losses
    return float(numpy(loss))


@few
@given(z=arrays("float32", shapes, elements=st.floats(-10, 10, width=32)), weight=weights)
def test_l1_is_the_mean_of_the_sums_of_absolute_values(z, weight):
    expected = weight * np.abs(z.astype("float64")).sum(axis=1).mean()
    assert penalty(ae.sparsity.L1(weight), z) == pytest.approx(expected, rel=1e-4, abs=1e-6)


@few
@given(z=rates, target=st.floats(0.01, 0.99), weight=weights)
def test_kl_sparsity_is_the_divergence_of_two_coins(z, target, weight):
    rate = z.astype("float64").mean(axis=0)
    expected = weight * (rel_entr(target, rate) + rel_entr(1 - target, 1 - rate)).sum()
    assert penalty(ae.sparsity.KLSparsity(target, weight), z) == pytest.approx(expected, rel=1e-3, abs=1e-5 * weight)


@few
@given(target=st.floats(0.01, 0.99), units=st.integers(1, 8))
def test_kl_sparsity_is_zero_at_its_target(target, units):
    z = np.full((4, units), target, "float32")
    assert penalty(ae.sparsity.KLSparsity(target, 1.0), z) == pytest.approx(0, abs=1e-5)


def test_kl_sparsity_counts_the_batch_and_not_the_example():
    # Each unit is fully on in one example of ten: the batch mean is the target, though no example is near it.
    assert penalty(ae.sparsity.KLSparsity(0.1, 1.0), np.eye(10, dtype="float32")) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("constant", [0.0, 1.0])
def test_kl_sparsity_stays_finite_for_units_never_or_always_on(constant):
    z = np.full((4, 3), constant, "float32")
    assert 1 < penalty(ae.sparsity.KLSparsity(0.2, 1.0), z) < 100


@pytest.mark.parametrize("name", ["l1", "kl"])
def test_penalties_hand_the_code_on(name):
    z = np.random.default_rng(0).random((4, 3)).astype("float32")
    np.testing.assert_array_equal(numpy(LAYERS[name]()(z)), z)


def test_top_k_adds_no_penalty():
    layer = ae.sparsity.TopK(2)
    layer(np.ones((4, 3), "float32"))
    assert layer.losses == []


@few
@given(z=tied_codes, k=st.integers(1, 8))
def test_top_k_leaves_exactly_k_units(z, k):
    kept = numpy(ae.sparsity.TopK(k)(z)) != 0  # no code here has a zero of its own
    np.testing.assert_array_equal(kept.sum(axis=1), min(k, z.shape[1]))


@few
@given(z=tied_codes, k=st.integers(1, 8))
def test_top_k_keeps_values_and_none_smaller_than_a_dropped_one(z, k):
    y = numpy(ae.sparsity.TopK(k)(z))
    kept = y != 0
    np.testing.assert_array_equal(y, np.where(kept, z, 0))
    smallest_kept = np.where(kept, z, np.inf).min(axis=1)
    largest_dropped = np.where(kept, -np.inf, z).max(axis=1)
    assert (smallest_kept >= largest_dropped).all()


def test_top_k_of_a_dead_code_is_dead():
    z = np.zeros((3, 5), "float32")
    np.testing.assert_array_equal(numpy(ae.sparsity.TopK(2)(z)), z)


def test_top_k_of_all_units_changes_nothing():
    z = np.random.default_rng(0).normal(size=(3, 5)).astype("float32")
    for k in (5, 6):
        np.testing.assert_array_equal(numpy(ae.sparsity.TopK(k)(z)), z)


@pytest.mark.parametrize("name", LAYERS)
def test_sparsity_layers_survive_serialization(name):
    layer = LAYERS[name]()
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(layer))
    assert type(again) is type(layer)
    assert again.get_config() == layer.get_config()


@pytest.mark.parametrize("name", LAYERS)
def test_sparsity_layers_keep_the_shape_of_the_code(name):
    assert LAYERS[name]().compute_output_shape((None, 7)) == (None, 7)


@pytest.mark.parametrize("weight", [0, -1.0, float("nan"), "1", None])
def test_penalties_refuse_a_bad_weight(weight):
    with pytest.raises(ValueError, match="L1 expects weight"):
        ae.sparsity.L1(weight)
    with pytest.raises(ValueError, match="KLSparsity expects weight"):
        ae.sparsity.KLSparsity(0.1, weight)


@pytest.mark.parametrize("target", [0, -0.1, 1, 1.5, float("nan"), "0.1", None])
def test_kl_sparsity_refuses_a_bad_target(target):
    with pytest.raises(ValueError, match="KLSparsity expects"):
        ae.sparsity.KLSparsity(target, 1.0)


@pytest.mark.parametrize("k", [0, -1, 2.0, "2", None])
def test_top_k_refuses_a_bad_k(k):
    with pytest.raises(ValueError, match="TopK expects k"):
        ae.sparsity.TopK(k)
