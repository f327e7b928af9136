"""06.2 map_scores: trustworthiness and continuity of a map, repaired."""

import numpy as np

from autoencoders_edu.checks.lesson_06.map_mistakes import MISTAKES, OF_CONTINUITY, OF_TRUST, right
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_array, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "06.2",
    "map_scores",
    points=3,
    minutes=15,
    why="A score is believed because it has a name. Nobody looks whether it was computed right, least of all if it is "
    "high.",
    hints=(
        "Faults or not, the codes as their own map get 1 and 1, so look at the parts. Print `order` for five points on "
        "a line: does row i say which rank each point has, or which point has each rank?",
        "Which rank does a point have in its own row? Does the code count it among its k neighbours?",
        "A score above 1 means that a penalty was negative. By which ranks is a lost neighbour to be punished: those "
        "in the data, where it is near, or those on the map?",
    ),
    on_success="One rank is not one place, nobody is his own neighbour, and a lost neighbour is measured where it was "
    "lost.",
)
def check_map_scores(probe):
    cases = draw_maps(probe.rng)
    answers = [_two_numbers(probe.call("map_scores", *case), case) for case in cases]
    expected = [right(*case) for case in cases]
    expect_rule(
        answers,
        expected,
        cases=cases,
        mistakes=[*MISTAKES, *_of_one_score(answers, expected, cases)],
        otherwise="T = 1 - 2 / (n k (2n - 3k - 1)) * the sum of r(i, j) - k over all j among the k nearest of i on the "
        "map, but not in the data; r(i, j) is the rank of j in the data, 1 for the nearest other point. Continuity is "
        "the same with data and map exchanged.",
        example=lambda case, answer, expected: (
            f"For x of shape {case[0].shape}, plane of shape {case[1].shape} and k={case[2]} received "
            f"({answer[0]:.4f}, {answer[1]:.4f}), expected ({expected[0]:.4f}, {expected[1]:.4f})."
        ),
        atol=2e-6,
    )


def draw_maps(rng):
    """(x, plane, k) of maps of several kinds and sizes."""
    cases = []
    for kind in ("folded", "torn", "projected", "small", "line", "solid"):
        n, dims = int(rng.integers(30, 50)), int(rng.integers(3, 6))
        k = int(rng.integers(3, 8))
        if kind == "small":
            n, k = int(rng.integers(21, 25)), int(rng.integers(1, 3))
        x = rng.normal(size=(n, dims)) * np.array([3, 2, *[0.5] * (dims - 2)])
        plane = x[:, :2].copy()
        if kind == "folded":
            plane[:, 0] = np.abs(plane[:, 0])
        if kind == "torn":
            plane[:, 0] += 20 * (plane[:, 0] > 0) + 20 * (plane[:, 0] > 2)
        if kind == "line":
            plane = x[:, :1] + 0.3 * rng.normal(size=(n, 1))
        if kind == "solid":  # of three dimensions, of which the third counts
            plane = np.column_stack([np.abs(plane), 3 * rng.normal(size=n)])
        if kind == "small":
            plane += rng.normal(size=plane.shape)
        cases.append((x + rng.uniform(-5, 5, dims), plane, k))
    return cases


def _two_numbers(value, case):
    n = len(case[0])
    what = "map_scores(x, plane, k) should return two numbers, (trustworthiness, continuity)."
    expect(np.size(value) != 1, f"{what} Received one: {brief(value)}.")
    shape = np.shape(value) if not isinstance(value, (list, tuple)) else (len(value), *np.shape(value[0]))
    expect(shape != (2, n), f"{what} You returned one for each of the {n} points: the formula adds them all up.")
    if np.shape(value) != (2,):
        raise Failed(f"{what} Received: {brief(value)}.")
    return expect_array(value, (2,), "map_scores(x, plane, k)")


def _of_one_score(answers, expected, cases):
    """The rule of those who have one score right, under its message, if the other follows a mistake in every case."""
    answers, expected = np.array(answers), np.array(expected)
    is_right = [np.allclose(answers[:, i], expected[:, i], 0, 2e-6) for i in (0, 1)]
    if sum(is_right) != 1:
        return []
    wrong = is_right.index(False)
    names = ("trustworthiness", "continuity")
    followed = (
        message
        for message, score in (OF_TRUST, OF_CONTINUITY)[wrong]
        if np.allclose(answers[:, wrong], [score(*case) for case in cases], 1e-5, 2e-6)
    )
    message = next(followed, "It is the same with data and map exchanged, everywhere.")
    by_case = {id(case[0]): answer for case, answer in zip(cases, answers, strict=True)}
    return [
        (
            f"Your {names[1 - wrong]} is right, your {names[wrong]} is not. {message}",
            lambda x, plane, k: by_case[id(x)],
        )
    ]
