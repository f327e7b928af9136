"""What 11.4 asks: the numbers of a report, the word for them, and the rules of misreadings."""

import math
import operator
from dataclasses import dataclass, replace

import numpy as np

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


def _of_whole_numbers(whole):
    return _by(
        lambda r: _heard(r, whole(r.reconstruction_shuffled) - whole(r.reconstruction)) if r.active_units else None
    )


def _unheard_with_kl(least):
    """The rules of the exercise, with unheard only where more KL is paid than this."""
    return _by(lambda r: _in_use(r) if right(r) == UNHEARD and r.kl_per_latent.sum() <= least else None)


def _of_charged(line, is_all):
    """The rules of the exercise, with the latents that cost more than a line taken for all latents."""
    word = {True: HEALTHY, False: PARTIAL}
    return _by(lambda r: word[bool(is_all(r.active_units, np.sum(r.kl_per_latent > line)))] if _is_heard(r) else None)


def _is_heard(report):
    return right(report) in (PARTIAL, HEALTHY)


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
        lambda r: UNHEARD if r.cost < 0.1 else right(r),
    ),
    (
        "You called a model collapsed only where shuffling costs nothing. When no latent is active it has collapsed, "
        "whatever shuffling costs by chance.",
        lambda r: COLLAPSED if not r.active_units and r.cost < 0.1 else _heard(r, r.cost),
    ),
    *((f"You called every model {word}.", lambda r, word=word: word) for word in WORDS),
    (
        "You exchanged a decoder that listens with one that does not: unheard means that another z costs *less* than "
        "0.1 nats.",
        lambda r: COLLAPSED if not r.active_units else UNHEARD if r.cost >= 0.1 else _in_use(r),
    ),
    (
        "You compared reconstruction_shuffled alone with 0.1. What shuffling costs is its difference from "
        "reconstruction.",
        lambda r: COLLAPSED if not r.active_units else UNHEARD if r.reconstruction_shuffled < 0.1 else _in_use(r),
    ),
    *_each(
        "You cut or rounded the two terms to whole numbers before you subtracted. Then 0.05 nats can look like 1.",
        map(_of_whole_numbers, (int, round, math.floor)),
    ),
    *_each(
        "You shared the cost of shuffling among the latents. The line of 0.1 nats is for all of it.",
        [_unheard_below(lambda r: 0.1 * r.active_units), _unheard_below(lambda r: 0.1 * len(r.kl_per_latent))],
    ),
    *_each(
        "You asked for much KL before you called a decoder deaf. What shuffling costs decides alone.",
        map(_unheard_with_kl, (*LINES[4:], 2.0)),
    ),
    *_each(
        "You counted active latents by their KL. An active latent can cost 0.02 nats, and an idle one can pay for "
        "saying the same of every x: active_units is given.",
        map(_by_kl, LINES),
    ),
    *_each(
        "Your line for the cost of another z lies above 0.1 nats.",
        map(_line_at, (0.11, 0.12, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 6.4, 10.0)),
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
        [
            *(_share_of_reconstruction(share, size) for share in SHARES for size in (abs, float)),
            *(_unheard_below(lambda r, share=share: 0.1 + share * abs(r.reconstruction)) for share in SHARES),
        ],
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
        "You put 0 for a negative reconstruction term. Where p(x|z) is a density both may be negative, and their "
        "difference counts all the same.",
        lambda r: (
            _heard(r, max(0, r.reconstruction_shuffled) - max(0, r.reconstruction)) if r.active_units else COLLAPSED
        ),
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
    *_each(
        "You compared active_units with the number of latents whose KL exceeds some line. An active latent can cost "
        "0.02 nats, and an idle one can pay: how many latents there are is the length of kl_per_latent.",
        [_of_charged(line, is_all) for line in LINES[1:] for is_all in (operator.ge, operator.eq)],
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
