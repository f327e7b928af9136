"""11.4 read_report: telling collapsed, unheard, partly used and healthy models apart."""

import operator
from dataclasses import dataclass, replace

import numpy as np

from autoencoders_edu.exercises.expect import expect_rule, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "11.4",
    "read_report",
    points=3,
    minutes=10,
    why="Samples and a falling loss look fine long after a decoder has stopped listening. Four numbers show it.",
    hints=(
        "First question: does the encoder say anything at all? One of the four arguments answers it alone.",
        "Second question: does the decoder listen? Compare the two reconstruction terms, in nats, with a tenth of a "
        "nat as the line. Mind which of them should be larger.",
        "Third question: is every latent in use? How many are there, and how many are active?",
    ),
    on_success="You can tell a silent encoder from a deaf decoder, and both from a model with latents to spare.",
)
def check_read_report(probe):
    reports, words = draw_reports(probe.rng), []
    for report in reports:
        word = probe.call("read_report", *report.numbers)
        expect_word(word, WORDS, "read_report should return")
        words.append(word)
    expect_rule(
        words,
        [report.state for report in reports],
        cases=[(report,) for report in reports],
        mistakes=MISTAKES,
        otherwise=OTHERWISE,
        example=_for_instance,
    )


def _for_instance(case, word, expected):
    (report,) = case
    return (
        f"For instance: {report.active_units} of {len(report.kl_per_latent)} latents active, KL "
        f"{report.kl_per_latent.sum():.2f} nats, reconstruction {report.reconstruction:.2f}, with another z "
        f'{report.reconstruction_shuffled:.2f}. Received "{word}", expected "{expected}".'
    )


COLLAPSED, UNHEARD, PARTIAL, HEALTHY = "collapsed", "unheard", "partial", "healthy"
WORDS = (COLLAPSED, UNHEARD, PARTIAL, HEALTHY)


@dataclass(frozen=True)
class Report:
    """The numbers of one model, with the word for it and the manner in which it was made."""

    state: str
    manner: str
    kl_per_latent: np.ndarray
    active_units: int
    reconstruction: float
    reconstruction_shuffled: float

    @property
    def numbers(self):
        return self.kl_per_latent, self.active_units, self.reconstruction, self.reconstruction_shuffled

    @property
    def cost(self):
        return self.reconstruction_shuffled - self.reconstruction


# Manners in which the KL misleads, from each to the range of KL that each latent has: nats that say the same of every
# x, and few nats that say something else of each.
KL_MISLEADS = {
    "every q is the prior": (1e-6, 1e-4),
    "latents pay KL for saying the same of every x": (0.2, 0.5),
    "idle latents pay KL for saying the same of every x": (0.6, 0.9),
    "each latent costs little": (0.015, 0.03),
    "the KL is small, and the decoder deaf": (0.02, 0.04),
    "much KL, little of it used": (3, 5),
}
# What is drawn each time: the state; a word on how; the scale of the reconstruction; how many nats another z costs.
CASES = (
    (COLLAPSED, "the usual way", (20, 90), (-0.03, 0.03)),
    (COLLAPSED, "with a small reconstruction term", (1, 3), (-0.01, 0.03)),
    (COLLAPSED, "with much pixel noise", (400, 900), (-0.03, 0.03)),
    (COLLAPSED, "latents pay KL for saying the same of every x", (20, 90), (-0.03, 0.03)),
    (COLLAPSED, "every q is the prior", (20, 90), (-0.001, 0.001)),
    (UNHEARD, "every latent pays KL", (20, 90), (-0.4, -0.15)),
    (UNHEARD, "some latents pay KL", (20, 90), (0.01, 0.05)),
    (PARTIAL, "half of the latents work", (20, 90), (4, 9)),
    (PARTIAL, "one latent of many works", (400, 900), (1.2, 2)),
    (PARTIAL, "five latents of many work", (400, 900), (1.2, 2)),
    (PARTIAL, "one latent is idle", (20, 90), (4, 9)),
    (PARTIAL, "one latent of twenty is idle", (20, 90), (4, 9)),
    (PARTIAL, "one quiet latent works", (20, 90), (0.2, 0.3)),
    (HEALTHY, "the usual way", (20, 90), (6, 12)),
    (UNHEARD, "the KL is small, and the decoder deaf", (20, 90), (0.05, 0.08)),
    (PARTIAL, "two latents are idle", (20, 90), (0.2, 0.6)),
    (PARTIAL, "idle latents pay KL for saying the same of every x", (20, 90), (4, 9)),
    (HEALTHY, "the decoder listens a little", (20, 90), (0.12, 0.18)),
    (HEALTHY, "much KL, little of it used", (20, 90), (0.9, 1.5)),
    (HEALTHY, "each latent costs little", (20, 90), (0.9, 2)),
    (HEALTHY, "with much pixel noise", (400, 900), (1.5, 3)),
    (HEALTHY, "real values, whose density exceeds 1", (-300, -100), (6, 12)),
)


LATENTS = {
    "one latent of many works": (28, 33),
    "five latents of many work": (28, 33),
    "one latent of twenty is idle": (19, 23),
}


def draw_reports(rng):
    """One of each case, in random order."""
    return [_draw(rng, *CASES[i]) for i in rng.permutation(len(CASES))]


def _draw(rng, state, manner, scale, cost):
    latents = int(rng.integers(*LATENTS.get(manner, (8, 13))))
    busy = _busy(state, manner, latents)
    if manner in KL_MISLEADS:
        kl = rng.uniform(*KL_MISLEADS[manner], latents)
    else:
        kl = np.concatenate([rng.uniform(0.3, 0.9, busy), rng.uniform(0.0002, 0.002, latents - busy)])
    if manner == "half of the latents work":
        kl[busy:] = 0  # there q is the prior exactly
    if manner == "one quiet latent works":
        kl = np.append(rng.uniform(0.0001, 0.0005, latents - 1), rng.uniform(0.05, 0.08))  # less than 0.1 in all
    if manner == "two latents are idle":
        kl[-1] = rng.uniform(0.0002, 0.0009)  # below a line at 0.001, where "most latents" has no line
    reconstruction = rng.uniform(*scale)
    shuffled = reconstruction + rng.uniform(*cost)
    return Report(state, manner, rng.permutation(kl).astype("float32"), busy, float(reconstruction), float(shuffled))


def _busy(state, manner, latents):
    if state == COLLAPSED:
        return 0
    return {
        "some latents pay KL": latents // 2,
        "half of the latents work": latents // 2,
        "one latent of many works": 1,
        "one quiet latent works": 1,
        "five latents of many work": 5,
        "one latent is idle": latents - 1,
        "one latent of twenty is idle": latents - 1,
        "two latents are idle": latents - 2,
        "idle latents pay KL for saying the same of every x": latents - 3,
    }.get(manner, latents)


def right(report):
    """The word by the rules of the exercise."""
    return COLLAPSED if report.active_units == 0 else _heard(report, report.cost)


def _heard(report, cost):
    return UNHEARD if cost < 0.1 else _in_use(report)


def _in_use(report):
    return PARTIAL if report.active_units < len(report.kl_per_latent) else HEALTHY


def _by(word_for):
    """A reading that calls a report by word_for(report) where that is a word, and else as it should be."""
    return lambda report: word_for(report) or right(report)


def _active(active_units):
    """The rules of the exercise, with another count of active latents, active_units(report)."""
    return lambda report: right(replace(report, active_units=int(active_units(report))))


def _unheard_below(line):
    """The rules of the exercise, with the line at line(report) nats."""
    return lambda r: COLLAPSED if not r.active_units else UNHEARD if r.cost < line(r) else _in_use(r)


def _by_kl(line):
    return _active(lambda r: np.sum(r.kl_per_latent > line))


def _line_at(nats):
    return _unheard_below(lambda r: nats)


def _share_of_kl(share):
    return _unheard_below(lambda r: share * r.kl_per_latent.sum())


def _share_of_reconstruction(share, size):
    return _unheard_below(lambda r: share * size(r.reconstruction))


def _speaks_above(nats):
    return lambda r: COLLAPSED if r.kl_per_latent.sum() < nats else _heard(r, r.cost)


def _of_latents(are_all):
    word = {True: HEALTHY, False: PARTIAL}
    return lambda r: right(r) if right(r) in (COLLAPSED, UNHEARD) else word[bool(are_all(r.active_units))]


def _in_use_by_kl(line):
    """The rules of the exercise, with partial and healthy told apart by the KL of each latent."""
    word = {True: HEALTHY, False: PARTIAL}
    return lambda r: right(r) if right(r) in (COLLAPSED, UNHEARD) else word[bool(np.all(r.kl_per_latent > line))]


def _healthy_from(share):
    return lambda r: HEALTHY if right(r) == PARTIAL and r.active_units >= share * len(r.kl_per_latent) else right(r)


def _each(message, rules):
    """Pairs of one message with several rules: it holds whatever the number in the learner's rule is."""
    return [(message, rule) for rule in rules]


SHARE_OF_RECONSTRUCTION = (
    "You judged the cost of shuffling as a share of the reconstruction. The reconstruction holds the pixels' own "
    "noise, and for densities a constant: nats stay nats however large it is."
)
LINES = (0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1.0)
SHARES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
RULES = [
    (
        "You asked about the decoder first. When no latent is active the encoder says nothing that could be heard: "
        "collapsed comes first.",
        lambda r: _heard(r, r.cost),
    ),
    *_each(
        "You counted active latents by their KL. An active latent can cost 0.02 nats, and an idle one can pay for "
        "saying the same of every x: active_units is given.",
        map(_by_kl, LINES),
    ),
    *_each(
        "Your line for the cost of another z lies above 0.1 nats.",
        map(_line_at, (0.11, 0.12, 0.15, 0.2, 0.3, 0.5, 1.0)),
    ),
    *_each(
        "Your line for the cost of another z lies below 0.1 nats. By chance another z often costs a little.",
        map(_line_at, (0.07, 0.05, 0.02, 0.01, 0.001)),
    ),
    *_each(
        "You compared the cost of shuffling with a share of the KL. The line is at 0.1 nats, however much KL is paid.",
        map(_share_of_kl, SHARES),
    ),
    *_each(
        SHARE_OF_RECONSTRUCTION,
        [_share_of_reconstruction(share, size) for share in SHARES for size in (abs, float)],
    ),
    *_each(
        "You told partial from healthy by the KL of each latent. An idle one can pay KL for saying the same of every "
        "x: compare active_units with the number of latents.",
        map(_in_use_by_kl, LINES),
    ),
    (
        "Ask the decoder before you count idle latents: when it does not listen, a model with idle latents is unheard, "
        "too.",
        lambda r: PARTIAL if 0 < r.active_units < len(r.kl_per_latent) else right(r),
    ),
    (
        "You called a model collapsed that has one active latent. Collapsed means that no latent is active.",
        lambda r: COLLAPSED if r.active_units <= 1 else right(r),
    ),
    *_each(
        "You called a model collapsed whose KL is small, though a latent is active. Collapsed means that no latent is "
        "active, whatever it costs.",
        [_by(lambda r, nats=nats: COLLAPSED if r.kl_per_latent.sum() < nats else None) for nats in (0.1, 0.2, 0.5)],
    ),
    (
        "You let one idle latent pass for healthy. Healthy means that all latents are active.",
        lambda r: HEALTHY if right(r) == PARTIAL and r.active_units == len(r.kl_per_latent) - 1 else right(r),
    ),
    (
        "You took the absolute values of the two reconstruction terms. Where p(x|z) is a density they may be negative, "
        "and then the smaller one is the larger in size.",
        lambda r: _heard(r, abs(r.reconstruction_shuffled) - abs(r.reconstruction)) if r.active_units else COLLAPSED,
    ),
    (
        "You exchanged partial and healthy.",
        lambda r: {PARTIAL: HEALTHY, HEALTHY: PARTIAL}.get(right(r), right(r)),
    ),
    (
        "You exchanged collapsed and unheard.",
        lambda r: {COLLAPSED: UNHEARD, UNHEARD: COLLAPSED}.get(right(r), right(r)),
    ),
    *_each(
        "You judged by the sum of the KL whether the encoder speaks. It can pay for saying the same of every x: "
        "active_units is given.",
        map(_speaks_above, LINES[1:]),
    ),
    (
        "You compared active_units with the number of latents whose KL is above 0. An idle latent may cost nothing at "
        "all: how many latents there are is the length of kl_per_latent.",
        lambda r: HEALTHY if right(r) == PARTIAL and r.active_units >= np.sum(r.kl_per_latent > 0) else right(r),
    ),
    (
        "You called a model healthy as soon as it uses more than half of its latents. Healthy means that all are "
        "active.",
        lambda r: HEALTHY if right(r) == PARTIAL and r.active_units > len(r.kl_per_latent) / 2 else right(r),
    ),
    *_each(
        "You called a model healthy that has idle latents. Healthy means that all are active, not a share of them.",
        map(_healthy_from, (0.1, 0.2, 0.25, 1 / 3, 0.4, 0.5, 0.6, 2 / 3, 0.7, 0.75, 0.8, 0.9, 0.95)),
    ),
    (
        "You called no model healthy. Healthy means that active_units is the number of latents, which is the length of "
        "kl_per_latent; a number written into the code holds for one model only.",
        lambda r: PARTIAL if right(r) == HEALTHY else right(r),
    ),
    *_each(
        "You compared active_units with a number. How many latents there are is the length of kl_per_latent.",
        [
            _of_latents(lambda active, number=number, is_all=is_all: is_all(active, number))
            for number in range(2, 21)
            for is_all in (operator.ge, operator.eq)
        ],
    ),
]
NAMED = {
    "You never looked at what shuffling z does. Active latents and a KL prove that the encoder speaks, not that the "
    "decoder listens.": _by(lambda r: _in_use(r) if r.active_units else None),
    SHARE_OF_RECONSTRUCTION: _by(
        lambda r: None if not r.active_units else UNHEARD if r.cost < 0.01 * r.reconstruction or r.cost < 0.1 else None
    ),
    "You called every model collapsed whose decoder does not listen. There the encoder pays for a message, and the "
    "cure is a different one.": _by(lambda r: COLLAPSED if r.cost < 0.1 else None),
    "You called a model collapsed because some of its latents are idle. A few spare latents do no harm.": _by(
        lambda r: COLLAPSED if right(r) == PARTIAL else None
    ),
    "You averaged the KL over the latents. One latent that does all the work disappears among idle ones.": _by(
        lambda r: COLLAPSED if np.mean(r.kl_per_latent) < 0.1 else _heard(r, r.cost)
    ),
    "You subtracted the other way round. Shuffling costs when reconstruction_shuffled is the *larger* one: both are "
    "-log p.": _by(lambda r: _heard(r, -r.cost) if r.active_units else None),
    "You took the absolute value of the difference. Where another z does as well or better, nobody listens.": _by(
        lambda r: _heard(r, abs(r.cost)) if r.active_units else None
    ),
    "You asked whether another z costs anything at all, or little more. By chance it often costs a little; the line is "
    "at 0.1 nats.": _by(lambda r: _in_use(r) if r.active_units and r.cost > 0 else None),
    "You took a small reconstruction term for a sign of health. How large it is depends on the data; what z adds to it "
    "is the difference that shuffling makes.": _by(lambda r: HEALTHY if r.reconstruction < 10 else None),
    "You never said partial: count the active latents, and compare with how many there are.": _by(
        lambda r: HEALTHY if right(r) == PARTIAL else None
    ),
}
MISTAKES = [*NAMED.items(), *RULES]
OTHERWISE = "Go through the questions in order: does any latent move, does shuffling cost anything, are all in use?"
