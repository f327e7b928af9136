"""06.1 predict_scores: what trustworthiness and continuity say of six maps, and what they cannot see."""

import numpy as np

from autoencoders_edu.checks.lesson_06.neighbours import ranks, trustworthiness
from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.exercises.expect import expect, expect_keys, expect_rule, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "06.1",
    "predict_scores",
    points=1,
    minutes=8,
    why="Two high scores are taken for a faithful map. Here you see what they do not look at.",
    hints=(
        "Go through the two questions for each map. Trustworthiness: are neighbours on the map neighbours in the data? "
        "Continuity: do neighbours in the data stay neighbours on the map?",
        "Both scores are made of ranks: who is nearest, second nearest, and so on. Which of the six changes leave the "
        "nearest neighbours of every point as they were?",
        "Folding brings points together. Who is new among a point's neighbours, and was anybody lost far away?",
    ),
    on_success="A fold costs trust, a tear costs continuity. Gaps and sizes cost nothing: neither score can see them.",
)
def check_predict_scores(probe):
    answer = ask_for(probe, "predict_scores", "Set it to the dict with its six keys and a word for each.")
    expect_keys(answer, MAPS, "predict_scores")
    predicted = {name: _word(answer[name], name) for name in MAPS}
    measured = measure(probe.rng)
    expect_rule(
        list(predicted.values()),
        list(measured.values()),
        cases=[(name, measured[name]) for name in MAPS],
        mistakes=RULES,
        otherwise="\n".join(
            f'"{name}": you predicted "{predicted[name]}". {_misreading(name, predicted[name])}'
            for name in MAPS
            if predicted[name] != measured[name]
        ),
    )


WORDS = ("trustworthiness", "continuity", "both", "neither")
K, N, LINE = 10, 300, 0.95


def _word(value, name):
    expect(value is not None, f'predict_scores["{name}"] is None. Put one of the four words there.')
    expect_word(value, WORDS, f'predict_scores["{name}"] should be')
    return value


def measure(rng):
    """For each map, which of its two scores is below 0.95."""
    sheet, clouds = rng.uniform(size=(N, 2)), rng.normal(size=(N, 2))
    right = np.arange(N) < N // 2
    clouds[right, 0] += 30
    maps = {
        "turned": (sheet, _turned(sheet, rng)),
        "folded": (sheet, np.abs(sheet - [0.5, 0])),
        "torn": (sheet, _torn(sheet, rng)),
        "moved apart": (clouds, clouds + 300 * np.outer(right, [1, 0])),
        "shrunk": (clouds, _shrunk(clouds, right)),
        "shuffled": (sheet, rng.permutation(sheet)),
    }
    ranked = {id(points): ranks(points) for points in (sheet, clouds)}
    return {name: _falling(ranked[id(x)], ranks(plane)) for name, (x, plane) in maps.items()}


def _falling(here, there):
    low = trustworthiness(here, there, K) < LINE, trustworthiness(there, here, K) < LINE
    return {(True, False): WORDS[0], (False, True): WORDS[1], (True, True): WORDS[2], (False, False): WORDS[3]}[low]


def _turned(sheet, rng):
    angle = rng.uniform(0.3, 1.2)
    return 2 * sheet @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _torn(sheet, rng):
    strip = (8 * sheet[:, 0]).astype(int)
    return sheet + np.outer(10 * rng.permutation(8)[strip], [1, 0])


def _shrunk(clouds, right):
    centre = clouds[right].mean(axis=0)
    return np.where(right[:, None], centre + (clouds - centre) / 10, clouds)


MAPS = ("turned", "folded", "torn", "moved apart", "shrunk", "shuffled")
EXCHANGED = {"trustworthiness": "continuity", "continuity": "trustworthiness"}

# Messages, with what their rule says of (the map's name, the measured word).
RULES = {
    "You have exchanged the two. Trustworthiness falls if strangers become neighbours on the map; continuity falls if "
    "neighbours are torn apart.": lambda name, word: EXCHANGED.get(word, word),
    'You answered "both" wherever something is damaged. The two ask different questions: does the map show false '
    "neighbours, and does it lose true ones? A fold does mostly the first, a cut mostly the second.": (
        lambda name, word: "neither" if word == "neither" else "both"
    ),
    "You say that no score falls, whatever happens.": lambda name, word: "neither",
    "You say that both scores fall, whatever happens.": lambda name, word: "both",
}


def _misreading(name, predicted):
    """The misconception behind a wrong word, in a sentence or two."""
    if name in ("moved apart", "shrunk"):
        return (
            "The scores know only who is whose nearest, second nearest, ... neighbour. All the neighbours of a point "
            "are in its own cloud, before and after: a false gap or a false size is invisible to both."
        )
    if name == "turned":
        return "Who is nearest to whom does not change when everything is turned, or doubled in size."
    if name == "shuffled":
        return "Each point gets strangers for neighbours, and loses its own: chance keeps hardly any."
    if name == "folded":
        return (
            "Points of the other half come to lie between a point and its neighbours: strangers, though its own "
            "neighbours are still close by. "
            + (
                "A few of them drop out of the nearest ten, but not far: that costs little."
                if predicted == "both"
                else "Which score is about strangers?"
            )
        )
    return (
        "Neighbours across a cut end up far apart, but whoever is close on the map comes from the same strip, and was "
        "close before. Which score is about lost neighbours?"
    )
