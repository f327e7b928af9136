"""The FactorVAE and beta-VAE scores: known codes, a known chance, the weaknesses that the papers state."""

import itertools

import numpy as np
import pytest

from autoencoders_edu.metrics import _codes, fixed_factor
from autoencoders_edu.metrics.fixed_factor import beta_vae_score, factor_vae_score

FACTORS = np.array(list(itertools.product(range(2), range(3), range(4), range(5))))
BOTH = pytest.mark.parametrize("score", [factor_vae_score, beta_vae_score])


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_rows_drawn_share_the_factors_value_and_all_rows_have_their_turn(rng):
    factor = np.repeat([0, 1, 2], [5, 20, 75])
    rows = _codes.draw_sharing(factor, 4000, 8, rng)
    assert rows.shape == (4000, 8)
    assert (np.ptp(factor[rows], axis=1) == 0).all()
    counts = np.bincount(rows.ravel(), minlength=100)
    assert counts.min() > 0
    shares = np.bincount(factor[rows[:, 0]]) / 4000  # as frequent as in the data
    np.testing.assert_allclose(shares, [0.05, 0.2, 0.75], atol=4 * 0.5 / np.sqrt(4000))


@BOTH
def test_the_factors_themselves_score_one(score):
    assert score(FACTORS, FACTORS) == 1


@BOTH
def test_random_codes_score_as_a_guess(score, rng):
    """Within four standard errors of 1/4 for 5000 test votes, and as many rows that no code repeats by chance."""
    factors = rng.integers(4, size=(5000, 4))
    assert score(rng.normal(size=(5000, 6)), factors) == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / 5000))


@BOTH
def test_a_collapsed_code_scores_as_a_guess(score):
    assert score(np.ones((len(FACTORS), 3)), FACTORS) == pytest.approx(1 / 4, abs=0.03)


@BOTH
def test_dead_latents_change_nothing(score, rng):
    codes = FACTORS + rng.normal(0, 0.7, FACTORS.shape)
    wide = np.hstack([np.full((len(codes), 2), 0.3), codes])
    assert score(wide, FACTORS) == pytest.approx(score(codes, FACTORS), abs=0.002)


@BOTH
def test_order_and_scale_of_latents_do_not_matter(score, rng):
    codes = FACTORS + rng.normal(0, 0.7, FACTORS.shape)
    other = codes[:, ::-1] * [1e-3, -50.0, 1.0, 1e6] + 7
    assert score(other, FACTORS) == pytest.approx(score(codes, FACTORS), abs=0.002)


@BOTH
def test_a_factor_named_twice_can_be_told_apart_by_a_guess_alone(score):
    """Two of four votes come from the twins, and half of those are lost."""
    assert score(FACTORS[:, :3], FACTORS[:, [0, 1, 2, 2]]) == pytest.approx(0.75, abs=4 * 0.5 / np.sqrt(5000))


def test_a_missing_factor_costs_factor_vae_its_share_and_beta_vae_nothing():
    """The weakness of the beta-VAE score from which the FactorVAE score was born (Kim and Mnih 2018, section 4)."""
    codes = FACTORS[:, 1:]
    assert factor_vae_score(codes, FACTORS) == pytest.approx(0.75, abs=4 * 0.5 / np.sqrt(5000))
    assert beta_vae_score(codes, FACTORS) > 0.98


def test_factors_turned_by_45_degrees_leave_the_factor_vae_score_guessing():
    codes = _codes.standardised(FACTORS[:, 2:].astype(float)) @ np.array([[1, 1], [1, -1]])
    assert factor_vae_score(codes, FACTORS[:, 2:]) == pytest.approx(0.5, abs=0.1)


@BOTH
def test_rotated_factors_can_please_both_scores(score, rng):
    """The weakness that the docstrings state."""
    q, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    assert score(_codes.standardised(FACTORS.astype(float)) @ q, FACTORS) > 0.99


def test_factor_vae_does_not_see_that_a_factor_is_in_two_latents():
    assert factor_vae_score(np.hstack([FACTORS, FACTORS]), FACTORS) == 1


def test_factor_vae_equals_a_loop_over_votes_written_from_the_paper(rng):
    """Means of several seeds, within four of their standard errors."""
    codes = FACTORS + rng.normal(0, 1.5, FACTORS.shape)

    def vote():
        k = rng.integers(4)
        same = np.flatnonzero(FACTORS[:, k] == FACTORS[rng.integers(len(FACTORS)), k])
        z = codes[rng.choice(same, 16)]
        return k, np.argmin(z.var(axis=0) / codes.var(axis=0))

    def accuracy(count=2000):
        table = np.zeros((4, 4))
        for _ in range(count):
            table[vote()] += 1
        best = table.argmax(axis=0)
        return np.mean([best[j] == k for k, j in (vote() for _ in range(count))])

    ours = np.mean([factor_vae_score(codes, FACTORS, votes=2000, size=16, seed=seed) for seed in range(5)])
    assert ours == pytest.approx(accuracy(), abs=4 * 0.5 / np.sqrt(2000))


@BOTH
def test_seeds_repeat_a_score_and_other_seeds_vary_it(score, rng):
    codes = FACTORS + rng.normal(0, 1.0, FACTORS.shape)
    assert score(codes, FACTORS, seed=3) == score(codes, FACTORS, seed=3)
    assert len({score(codes, FACTORS, seed=seed) for seed in range(3)}) > 1


@BOTH
def test_one_latent_is_allowed(score):
    assert 0.25 < score(FACTORS[:, :1], FACTORS) < 1


@BOTH
def test_a_single_factor_is_refused(score):
    with pytest.raises(
        ValueError, match=rf"{score.__name__} compares at least 1 latent and 2 factors. Received: codes"
    ):
        score(FACTORS, FACTORS[:, :1])


@BOTH
def test_a_value_in_one_row_only_is_refused(score):
    factors = FACTORS.copy()
    factors[7, 2] = 9
    with pytest.raises(ValueError, match="a value of factor 2 that is in one row only; give more rows"):
        score(FACTORS, factors)


@pytest.mark.parametrize(("score", "name"), [(factor_vae_score, "votes"), (beta_vae_score, "examples")])
def test_numbers_of_examples_that_are_none_are_refused(score, name):
    with pytest.raises(ValueError, match=f"{score.__name__} expects {name} to be a positive integer. Received: 0"):
        score(FACTORS, FACTORS, **{name: 0})
    with pytest.raises(ValueError, match=f"expects {name} to be at least ten times the 4 factors. Received: 39"):
        score(FACTORS, FACTORS, **{name: 39})
    with pytest.raises(ValueError, match=r"expects size to be a positive integer. Received: 2.5"):
        score(FACTORS, FACTORS, size=2.5)


def test_a_variance_needs_two_rows():
    with pytest.raises(ValueError, match=r"variance over `size` rows, at least 2. Received: 1"):
        factor_vae_score(FACTORS, FACTORS, size=1)


def test_disentanglement_offers_them_too():
    from autoencoders_edu.metrics import disentanglement

    assert disentanglement.factor_vae_score is fixed_factor.factor_vae_score
    assert disentanglement.beta_vae_score is fixed_factor.beta_vae_score
