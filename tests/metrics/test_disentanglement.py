"""MIG, SAP and DCI on codes whose score is known: the factors themselves, copies, rotations, noise, nothing."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier

from autoencoders_edu.metrics import _codes
from autoencoders_edu.metrics import disentanglement as scores

GRID = np.array(list(itertools.product(range(2), range(3), range(4), range(25))))  # the last column only repeats
FACTORS = GRID[:, :3]
CHANCE = np.mean([1 / 2, 1 / 3, 1 / 4])


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def rotated(codes, rng):
    q, _ = np.linalg.qr(rng.normal(size=(codes.shape[1],) * 2))
    return _codes.standardised(codes.astype(float)) @ q


def permuted_and_scaled(codes):
    """The same information: latents in another order, shifted, stretched and one turned round."""
    return codes[:, ::-1] * np.array([1e-3, -50.0, 1.0])[: codes.shape[1]] + 7


# The mutual information behind MIG.


def test_mutual_information_of_a_known_joint_is_its_closed_form():
    """p(z, v) = 3/8 where they agree, 1/8 where not: I = log 2 - H(1/4)."""
    z, v = np.array([0, 0, 0, 0, 1, 1, 1, 1] * 10), np.array([0, 0, 0, 1, 1, 1, 1, 0] * 10)
    expected = math.log(2) + 0.75 * math.log(0.75) + 0.25 * math.log(0.25)
    assert scores.mutual_information(z[:, None], v[:, None]) == pytest.approx(np.array([[expected]]))


def test_mutual_information_of_normals_is_that_of_their_correlation(rng):
    """I = -log(1 - rho^2) / 2 for jointly normal z and v, when v, too, is cut finely. Bins lose a little of it."""
    rho, n = 0.8, 200_000
    z, noise = rng.normal(size=(2, n))
    v = np.digitize(rho * z + math.sqrt(1 - rho**2) * noise, np.linspace(-3, 3, 40))
    estimate = scores.mutual_information(z[:, None], v[:, None], bins=60)[0, 0]
    assert estimate == pytest.approx(-math.log(1 - rho**2) / 2, rel=0.03)


def test_mutual_information_of_unrelated_ones_has_the_bias_that_the_docstring_states(rng):
    n, bins = 4000, 20
    z, v = rng.uniform(size=(n, 50)), rng.integers(4, size=(n, 1))
    assert scores.mutual_information(z, v, bins).mean() == pytest.approx((bins - 1) * (4 - 1) / (2 * n), rel=0.1)


def test_mutual_information_equals_the_sum_over_a_table_of_counts(rng):
    z, v = rng.normal(size=300), rng.integers(5, size=300)
    edges = np.linspace(z.min(), z.max(), 9)
    joint = np.histogram2d(z, v, [edges, np.arange(6)])[0] / 300
    product = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    expected = np.sum(joint[joint > 0] * np.log(joint[joint > 0] / product[joint > 0]))
    assert scores.mutual_information(z[:, None], v[:, None], bins=8)[0, 0] == pytest.approx(expected)


# What each score gives for codes that are understood.


def test_the_factors_themselves_reach_each_scores_maximum():
    assert scores.mig(FACTORS, FACTORS) == pytest.approx(1)
    assert scores.sap(FACTORS, FACTORS) == pytest.approx(1 - CHANCE, abs=0.06)  # the second best guesses
    parts = scores.dci(FACTORS, FACTORS)
    assert (parts.disentanglement, parts.completeness, parts.informativeness) == (1, 1, 1)
    np.testing.assert_allclose(parts.importances, np.eye(3), atol=1e-12)


def test_random_codes_score_nothing_and_inform_no_better_than_a_guess(rng):
    codes = rng.normal(size=(3000, 4))
    factors = FACTORS[rng.integers(len(FACTORS), size=3000)]
    assert scores.mig(codes, factors) == pytest.approx(0, abs=0.005)
    assert scores.sap(codes, factors) == pytest.approx(0, abs=0.03)
    parts = scores.dci(codes, factors)
    assert max(parts.disentanglement, parts.completeness) < 0.02
    assert parts.informativeness == pytest.approx(CHANCE, abs=0.04)


def test_rotated_factors_inform_well_yet_are_not_disentangled(rng):
    """By 45 degrees: both latents know equally much of both factors."""
    codes = (FACTORS[:, 1:] - FACTORS[:, 1:].mean(axis=0)) @ np.array([[1, 1], [1, -1]]) / math.sqrt(2)
    parts = scores.dci(codes, FACTORS[:, 1:])
    assert parts.informativeness > 0.95
    assert scores.mig(codes, FACTORS[:, 1:]) < 0.05
    assert scores.sap(codes, FACTORS[:, 1:]) < 0.05
    assert parts.disentanglement < 0.3


def test_a_factor_in_two_latents_has_no_gap_though_no_latent_mixes_factors():
    codes = np.hstack([FACTORS, FACTORS])
    assert scores.mig(codes, FACTORS) == pytest.approx(0)
    assert scores.sap(codes, FACTORS) == pytest.approx(0)
    parts = scores.dci(codes, FACTORS)
    assert parts.disentanglement == pytest.approx(1)
    assert parts.completeness < 0.7


def test_a_latent_for_two_factors_is_complete_but_not_disentangled():
    codes = np.stack([2 * FACTORS[:, 1] + FACTORS[:, 0], FACTORS[:, 2]], axis=1)  # shape and scale in one number
    parts = scores.dci(codes, FACTORS)
    assert parts.informativeness == 1
    assert parts.completeness == pytest.approx(1)
    assert parts.disentanglement == pytest.approx(1 / 3 + 2 / 3 * (1 - math.log(2) / math.log(3)))


def test_a_factor_named_twice_is_no_loss_for_latents_but_for_disentanglement():
    factors = FACTORS[:, [0, 1, 1]]
    assert scores.mig(FACTORS, factors) == pytest.approx(1)
    parts = scores.dci(FACTORS, factors)
    assert parts.completeness == pytest.approx(1)
    assert parts.disentanglement == pytest.approx(1 / 3 + 2 / 3 * (1 - math.log(2) / math.log(3)))


def test_a_missing_factor_costs_mig_its_share():
    assert scores.mig(FACTORS[:, 1:], FACTORS) == pytest.approx(2 / 3)


def test_mig_needs_a_bin_for_each_value():
    """Values 0 to 3 in two bins: I = log 2 of H = log 4."""
    factor = FACTORS[:, 2:]
    codes = np.hstack([factor, np.zeros_like(factor)])
    assert scores.mig(codes, factor, bins=2) == pytest.approx(0.5)


# What must not matter.


@pytest.mark.parametrize("score", [scores.mig, scores.sap, scores.dci])
def test_order_and_scale_of_latents_do_not_matter(score, rng):
    noisy = FACTORS + rng.normal(0, 0.4, FACTORS.shape)
    first, second = score(noisy, FACTORS), score(permuted_and_scaled(noisy), FACTORS)
    if score is scores.dci:
        first, second = ([s.disentanglement, s.completeness, s.informativeness] for s in (first, second))
    np.testing.assert_allclose(first, second, atol=0.02)  # trees break ties by the order of the latents


@pytest.mark.parametrize("score", [scores.mig, scores.sap])
def test_names_of_a_factors_values_do_not_matter(score, rng):
    codes = FACTORS + rng.normal(0, 0.4, FACTORS.shape)
    assert score(codes, FACTORS) == pytest.approx(score(codes, 10 * FACTORS - 7))


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000), latents=st.integers(2, 5))
def test_scores_stay_between_zero_and_one(seed, latents):
    rng = np.random.default_rng(seed)
    codes = rng.normal(size=(60, latents)) * rng.integers(0, 2, latents) + rng.integers(0, 3, (60, 1))
    factors = rng.integers(3, size=(60, 2))
    parts = scores.dci(codes, factors, DecisionTreeClassifier(max_depth=3))
    values = [scores.mig(codes, factors), scores.sap(codes, factors)]
    values += [parts.disentanglement, parts.completeness, parts.informativeness]
    assert min(values) >= -1e-12
    assert max(values) <= 1 + 1e-12


def test_seeds_repeat_a_score_and_other_seeds_vary_it(rng):
    codes = FACTORS + rng.normal(0, 0.7, FACTORS.shape)
    first, again, other = (scores.scores(codes, FACTORS, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert [name for name in first if first[name] != other[name]] == [name for name in first if name != "mig"]


# Dead latents.


def test_dead_latents_change_neither_mig_nor_dci(rng):
    codes = FACTORS + rng.normal(0, 0.3, FACTORS.shape)
    wide = np.hstack([codes, np.full((len(codes), 2), 3.7)])
    assert scores.mig(wide, FACTORS) == pytest.approx(scores.mig(codes, FACTORS))
    before, after = scores.dci(codes, FACTORS), scores.dci(wide, FACTORS)
    assert after.disentanglement == pytest.approx(before.disentanglement, abs=0.02)


def test_a_latent_that_moves_by_rounding_alone_is_dead(rng):
    rounding = (np.float32(3.7) + rng.integers(0, 2, len(FACTORS)) * np.spacing(np.float32(3.7))).astype("float32")
    copy = FACTORS[:, 2] * np.spacing(np.float32(3.7)) + np.float32(3.7)  # a perfect copy, were it not so small
    codes = np.stack([FACTORS[:, 0], rounding, copy], axis=1)
    np.testing.assert_array_equal(scores.mutual_information(codes, FACTORS)[1:], 0)


def test_small_codes_are_not_dead():
    assert scores.mig(1e-12 * FACTORS, FACTORS) == pytest.approx(1)


def test_a_collapsed_code_scores_nothing():
    parts = scores.dci(np.ones((len(FACTORS), 4)), FACTORS)
    assert (parts.disentanglement, parts.completeness) == (0, 0)
    assert parts.informativeness == pytest.approx(CHANCE, abs=0.05)
    assert scores.mig(np.ones((len(FACTORS), 4)), FACTORS) == 0
    assert scores.sap(np.ones((len(FACTORS), 4)), FACTORS) == 0


# Classifiers.


def test_another_classifier_can_be_given_to_sap(rng):
    """A linear SVM tells each value from the rest, and cannot cut out those in the middle; thresholds can."""
    factor = FACTORS[:, 2:]
    codes = np.hstack([factor, rng.normal(size=factor.shape)])
    assert scores.sap(codes, factor, LinearSVC(C=0.01, class_weight="balanced")) < scores.sap(codes, factor) - 0.1


def test_an_unfitted_ensemble_can_be_given_to_dci():
    """Its length, which Python would ask for its truth, is not known yet."""
    assert scores.dci(FACTORS, FACTORS, GradientBoostingClassifier(n_estimators=3)).disentanglement > 0.99


def test_sap_weighs_values_alike_however_rare(rng):
    """One value in 95 of 100 rows: a latent that knows nothing is not better for naming it always."""
    factor = (rng.random((2000, 1)) < 0.05).astype(int)
    codes = np.hstack([np.zeros_like(factor), factor])
    assert scores.sap(codes, factor) == pytest.approx(0.5)


# What is refused.


@pytest.mark.parametrize(
    ("codes", "factors", "message"),
    [
        (
            np.ones(5),
            np.ones((5, 1), int),
            r"codes \(n, latents\) and factors .* Received: codes \(5,\), factors \(5, 1\)",
        ),
        (np.ones((5, 2)), np.ones(5, int), r"factors \(5,\). One factor alone is a column: y\[:, None\]"),
        (np.ones((5, 2)), np.ones((4, 2), int), r"codes \(5, 2\), factors \(4, 2\)"),
        (np.ones((1, 2)), np.ones((1, 2), int), r"n >= 2"),
        (np.ones((5, 1)), np.ones((5, 2), int), r"at least 2 latents and . factors?. Received: codes \(5, 1\)"),
        (
            np.full((5, 2), np.nan),
            np.ones((5, 2), int),
            r"Received: nan in row 0, latent 0. Look at the encoder's output",
        ),
        (np.array([[1, 2], [3, np.inf]]), np.ones((2, 2), int), r"Received: inf in row 1, latent 1"),
        (np.full((5, 2), "a"), np.ones((5, 2), int), r"Received: dtype <U1"),
        (np.ones((5, 2)), np.ones((5, 2)), r"factors that are integers.*Received: float64. Cut .* into bins"),
        (
            np.ones((5, 2)),
            np.stack([np.arange(5), np.full(5, 3)], 1),
            r"factor 1 is 3 in every row; leave its column out",
        ),
    ],
)
@pytest.mark.parametrize("score", [scores.mig, scores.sap, scores.dci])
def test_what_is_no_pair_of_codes_and_factors_is_refused(score, codes, factors, message):
    with pytest.raises(ValueError, match=message) as error:
        score(codes, factors)
    assert str(error.value).startswith(score.__name__)


def test_dci_needs_two_factors():
    with pytest.raises(ValueError, match=r"at least 2 latents and 2 factors. Received: codes .*, factors \(600, 1\)"):
        scores.dci(FACTORS, FACTORS[:, :1])


@pytest.mark.parametrize("bins", [0, -1, 2.5])
def test_mig_refuses_bins_that_are_no_number_of_bins(bins):
    with pytest.raises(ValueError, match=f"expects bins to be a positive integer. Received: {bins}"):
        scores.mig(FACTORS, FACTORS, bins=bins)


@pytest.mark.parametrize("share", [0, 1, 2])
def test_test_share_must_leave_rows_on_both_sides(share):
    with pytest.raises(ValueError, match=f"sap expects test_share to be between 0 and 1. Received: {share}"):
        scores.sap(FACTORS, FACTORS, test_share=share)


def test_too_few_rows_to_train_on_are_refused():
    factors = np.array([[0, 0], [1, 1], [0, 0], [0, 0], [0, 1], [0, 0]])
    with pytest.raises(ValueError, match=r"dci trains on 1 of 6 rows, in which factor 0 has only one value"):
        scores.dci(factors, factors, test_share=0.8)
