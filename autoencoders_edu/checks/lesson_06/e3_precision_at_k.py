"""06.3 precision_at_k: retrieval in which no query may find itself."""

import contextlib

import numpy as np

from autoencoders_edu.checks.lesson_06.search_mistakes import MISTAKES, NOTHING, right
from autoencoders_edu.exercises.expect import Failed, LearnerError, expect, expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "06.3",
    "precision_at_k",
    points=2,
    minutes=12,
    why="A search that finds the query itself is always right once. At k=1 even random codes then score 100 %.",
    hints=(
        "All distances at once: codes[:, None] - codes[None] has shape (n, n, d). np.argsort sorts each row's places.",
        "Which item must row i never find? Make that one distance so large that it comes last. Its place in the array "
        "is known; its place in the sorted list is not, if another item has the same code.",
    ),
    on_success="No query finds itself, and a twin still counts as found.",
)
def check_precision_at_k(probe):
    for cases in (draw_cases(probe.rng, twins=False), draw_cases(probe.rng, twins=True)):
        answers = [_one_number(_called(probe, case), case) for case in cases]
        expected = [right(*case) for case in cases]
        expect_rule(
            answers,
            expected,
            cases=cases,
            mistakes=[*MISTAKES, *_dropped_by_order(answers, expected, cases)],
            otherwise="Precision at k: of each query's k nearest other items, the share with its label; then the mean "
            "over the queries.",
            example=lambda case, answer, expected: (
                f"For codes of shape {case[0].shape} and k={case[2]} received "
                f"{'nan' if answer == NOTHING else f'{answer:.4f}'}, expected {expected:.4f}."
            ),
            atol=1e-6,
        )


def _called(probe, case):
    """The value for this case. Where the code raises, but not for a case like it, `Failed` names what differs."""
    codes, labels, k = case
    try:
        return probe.call("precision_at_k", *case)
    except LearnerError as error:
        n = len(codes)
        if f"shapes ({n},{k}) ({n},)" in str(error) or f"shapes ({n},{k}) (1,{n})" in str(error):
            raise Failed(
                f"Labels of the k found items, of shape (n, k), are compared with the queries' labels, which need the "
                f"shape (n, 1): one label beside each row of k.\n{error}"
            ) from None
        plain = np.unique(labels, return_inverse=True)[1]
        usual = np.random.default_rng(0).normal(size=(359, 8)), np.arange(359) % 10, 10
        with contextlib.suppress(LearnerError):
            value = probe.call("precision_at_k", codes, plain, k)
            expect(
                not _fits(value, (codes, plain, k)),
                "Your code runs when the labels are 0, 1, 2, ..., but labels are whole numbers of any size. Compare "
                f"them with each other; they are no places in a table.\n{error}",
            )
            return value  # wrong for plain labels, too: the mistake that this shows comes first
        for likely, message in (
            (
                (codes, labels, 2),
                f"Your code runs for k=2, but not for k={k}, with the same {n} codes. k is at most n - 1: all others.",
            ),
            (
                usual,
                "precision_at_k works for 359 codes of 8 numbers, as in the notebook, but not for these: is a size "
                "written into your code? Take sizes from the arguments' shapes.",
            ),
        ):
            if _is_right(probe, likely):
                raise Failed(f"{message}\n{error}") from None
        raise


def _is_right(probe, case):
    try:
        return _fits(probe.call("precision_at_k", *case), case)
    except LearnerError:
        return False


def _fits(value, case):
    try:
        return bool(np.isclose(float(value), right(*case), 0, 1e-6))
    except (TypeError, ValueError):
        return False


def draw_cases(rng, twins):
    """(codes, labels, k): clouds of several classes; with twins, also pairs of equal codes, far from everybody else.

    Some twins share a label, others do not, and nobody else has these labels. The nearest other neighbours of twins are
    in the clouds, where no two distances are the same.
    """
    cases = []
    for k in (2, 4) if twins else (5, 1, 20, None):
        n, classes = int(rng.integers(30, 45)), int(rng.integers(3, 6))
        dims = int(rng.integers(4, 6) if twins else rng.integers(2, 6))
        labels = rng.choice(classes, n, p=rng.dirichlet(np.full(classes, 4.0)))
        centres = rng.normal(0, 1.2, (classes, dims))
        codes = (centres[labels] + rng.normal(size=(n, dims))) * rng.uniform(0.3, 3, dims) + rng.uniform(1, 3, dims)
        for i, far in enumerate(1000.0 * np.concatenate([np.eye(dims), -np.eye(dims)]) if twins else ()):
            codes, labels = np.vstack([codes, far, far]), np.append(labels, [10 + i, 10 + i if i < 3 else 20 + i])
        order = rng.permutation(len(codes))
        names = rng.permutation(50)  # labels need not be 0, 1, 2, ...
        if k == 5:
            names = np.arange(50)
        if k == 20:
            # Farther apart than any number that one might take for infinity.
            names, codes = names * 10**12, codes * 1e12
        cases.append((codes[order], names[labels[order]], len(codes) - 1 if k is None else k))
    return cases


def _one_number(value, case):
    expect(
        np.size(value) == 1 or np.shape(value) != (len(case[0]),),
        f"You returned one number for each of the {len(case[0])} queries. Return their mean.",
    )
    if case[2] == 1 and np.size(value) == 1 and np.isreal(value) and np.isnan(np.ravel(value)[0]):
        return NOTHING
    return expect_number(value, "precision_at_k(codes, labels, k)")


def _dropped_by_order(answers, expected, cases):
    """The rule of those who drop the first of the sorted list, under its message, if the answers follow it.

    Which of two twins comes first depends on how one sorts, so that the rule is: in each case some of those queries
    that have a twin found themselves, which is a hit, in place of the twin, which is none.
    """
    gained = [a - e for a, e in zip(answers, expected, strict=True)]
    found = [gain * len(codes) * k for gain, (codes, _, k) in zip(gained, cases, strict=True)]
    pairs = [len(codes) - len(np.unique(codes, axis=0)) for codes, *_ in cases]
    if any(abs(f - round(f)) > 1e-4 or not 0 <= round(f) <= 2 * p for f, p in zip(found, pairs, strict=True)):
        return []
    message = (
        "Your code drops the first of the sorted neighbours, believing it to be the query. Where two items have the "
        "same code, the first may be the twin: then the twin is dropped, and the query finds itself. Leave the query "
        "out by its place in the array."
    )
    by_case = {id(case[0]): answer for case, answer in zip(cases, answers, strict=True)}
    return [(message, lambda codes, labels, k: by_case[id(codes)])]
