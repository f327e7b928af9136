"""09.4 information_gap: MIG by hand, with dead latents that seem to know everything."""

import numpy as np

from autoencoders_edu.checks.lesson_09.codes import Codes, draw
from autoencoders_edu.checks.lesson_09.gap_mistakes import MISTAKES, information_gap
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import expect_one_rule, marked, shown
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "09.4",
    "information_gap",
    points=3,
    minutes=12,
    why="A latent that moves by a ten-thousandth can still be in perfect order, and a score that cuts it into bins "
    "calls a collapsed code disentangled.",
    hints=(
        "Build it in three steps, and print each: the table of mutual information, (latents, factors); the gap of each "
        "factor; the average of gap / entropy.",
        "The mutual information needs a table of shares for each latent and factor, p(bin, value), and its sums along "
        "either axis. np.histogram2d, or sklearn.metrics.mutual_info_score on the numbers of the bins, saves loops.",
        "Decide which latents are dead before you count, and set their rows of the table to 0. With one latent, what "
        "is the second best?",
    ),
    on_success="Right: a gap for each factor, in shares of its own entropy; and no bin can make a dead latent speak.",
)
def check_information_gap(probe):
    cases = draw_alive(probe.rng) + draw_dead(probe.rng)
    answers = [_ask(probe, case, "" if np.any(_alive(case)) else ALL_DEAD) for case in cases]
    again = _number(probe.call("information_gap", *cases[1].arguments), cases[1])
    expect_same_again(answers[1], again, "Called twice with the same arguments, your code returned different numbers.")
    cases.append(draw(probe.rng, 120, (3, 2, 5), _latents(probe.rng, 3, 3), bins=10, dtype="float32"))
    answers.append(_number(probe.call("information_gap", *cases[-1].arguments[:2]), cases[-1]))
    _judge(answers, cases)
    for case, about in draw_single(probe.rng):
        answers.append(_ask(probe, case, about))
        cases.append(case)
    _judge(answers, cases)


def _judge(answers, cases):
    expect_one_rule(
        answers,
        [information_gap(case) for case in cases],
        [(case,) for case in cases],
        MISTAKES,
        otherwise=BECAUSE,
        example=lambda case, answer, expected: _shown(case[0], answer, expected),
        rtol=1e-5,
        atol=1e-7,
        late=lambda: BY_NEIGHBOURS if _is_by_neighbours(answers, cases) else None,
    )


def _is_by_neighbours(answers, cases):
    """Whether scikit-learn's estimate gives all answers, but for cases with equal codes, where it depends on luck."""
    return all(
        case.codes.dtype.kind == "i"
        or any(np.isclose(answer, information_gap(case, dead, measure="neighbours"), atol=1e-4) for dead in DEAD)
        for answer, case in zip(answers, cases, strict=True)
    )


DEAD = ("variance 0.01", "never")
BY_NEIGHBOURS = (
    "You estimated the information from nearest neighbours, as mutual_info_classif does. Asked is that of the table of "
    "bins and values."
)


BECAUSE = (
    "For each factor that changes: the largest mutual information of any latent less the second largest, in shares of "
    "the factor's entropy; then the mean over factors (Eq. 6 of Chen et al. 2018). Latents whose variance is at most "
    "0.01 count as 0."
)


ALL_DEAD = "Where some latents are alive your code runs; where all are dead it raises. Best and second best are 0 then."


def _ask(probe, case, about):
    """The answer; if the code raises, with `about` as the reason, where there is one."""
    try:
        return _number(probe.call("information_gap", *case.arguments), case)
    except LearnerError as error:
        if not about:
            raise
        raise Failed(f"{about}\n{error}") from None


def _number(value, case):
    """The answer, marked; `Failed` if it is not one number."""
    array = None if isinstance(value, (list, tuple)) else as_numbers(value)
    if array is None or array.size != 1:
        counts = {(case.codes.shape[1],): " one for each latent", (case.factors.shape[1],): " one for each factor"}
        several = "" if array is None else counts.get(array.shape, "")
        raise Failed(f"information_gap should return one number. Received{several}: {brief(value)}.")
    return float(marked(array.reshape(())))


def _latents(rng, factors, latents, spread=(0.3, 3)):
    """(factor, noise, stddev) of latents that are alive: each knows about one factor, more or less well."""
    owners = [*rng.permutation(factors), *rng.integers(0, factors, max(0, latents - factors))][:latents]
    noises = rng.permutation([0.1, 0.35, 0.6, 1.0, 1.5, 2.5])
    return [(int(o), noises[i % 6], rng.uniform(*spread)) for i, o in enumerate(owners)]


def draw_alive(rng):
    """Codes in which every latent is alive."""
    return [
        draw(rng, int(rng.integers(220, 300)), (3, 5), _latents(rng, 2, 4), bins=12, near=True),
        draw(rng, int(rng.integers(30, 50)), (4,), _latents(rng, 1, 2), bins=6, whole=True),
    ]


def draw_dead(rng):
    """Codes with dead latents: constant ones, and some that move a little, in perfect order."""
    barely = float(rng.uniform(0.107, 0.12))
    return [
        draw(rng, 180, (4, 3), [(0, 0.6, 1.2), (1, 1.0, 0.9), (1, 0.4, barely), (0, 0.02, 0.07, 0.05)], bins=11),
        draw(rng, 170, (3, 5), [(1, 0.3, 0.15), (0, 0.6, 0.28), (1, 0.05, 0.09), (0, 0.02, 0.006, 0.0)], bins=8),
        draw(rng, 160, (5, 3), [(0, 0.3, 0.6), (1, 0.6, 2.0), (1, 0.05, 0.02, 0.0), (0, 0.02, 0.0005)], bins=9),
        draw(rng, 140, (3, 4), [(0, 0.6, 0.03), (1, 0.05, 0.002), (0, 0.3, 0.09, 0.0), (1, 0.1, 0.0)], bins=7),
    ]


def draw_single(rng):
    """Codes of one latent, and codes with factors that never change, each with what to say if the code raises."""
    return [
        (
            draw(rng, 150, (3, 4), _latents(rng, 1, 1), bins=9),
            "With several latents your results are right; with a single one your code raises. There is no second "
            "best then, and it counts as 0.",
        ),
        (
            draw(rng, 150, (3, 4), _latents(rng, 2, 3), bins=6, constant=(int(rng.integers(3)),)),
            "So far your results are right; with a factor that never changes your code raises. Leave it out.",
        ),
    ]


def _alive(case):
    return case.codes.astype(float).var(axis=0) > 0.01


def _shown(case: Codes, answer, expected):
    dead = int(np.sum(~_alive(case)))
    return (
        f"For codes of shape {case.codes.shape}{f', {dead} of the latents dead' if dead else ''}, factors of shape "
        f"{case.factors.shape} and bins = {case.bins}: received {shown(answer)}, expected {expected:.5g}."
    )
