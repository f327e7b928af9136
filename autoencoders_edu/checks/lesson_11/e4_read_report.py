"""11.4 read_report: telling collapsed, unheard, partly used and healthy models apart."""

import numpy as np

from autoencoders_edu.checks.lesson_11.report_rules import (
    COLLAPSED,
    HEALTHY,
    MISTAKES,
    OTHERWISE,
    PARTIAL,
    UNHEARD,
    WORDS,
    Report,
)
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
    (COLLAPSED, "another z costs something by chance", (20, 90), (0.15, 0.4)),
    (UNHEARD, "every latent pays KL", (20, 90), (-0.4, -0.15)),
    (UNHEARD, "some latents pay KL", (20, 90), (0.01, 0.05)),
    (UNHEARD, "some latents pay KL", (20, 90), (-0.4, -0.15)),
    (UNHEARD, "much KL, little of it used", (20, 90), (0.075, 0.095)),
    (UNHEARD, "a whole number lies between the two terms", (20, 90), (0.05, 0.08)),
    (UNHEARD, "a whole number and a half lies between the two terms", (20, 90), (0.05, 0.08)),
    (UNHEARD, "real values, whose density exceeds 1", (-300, -100), (-9, -6)),
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
    (HEALTHY, "with a small reconstruction term", (1, 3), (0.105, 0.109)),
    (HEALTHY, "much KL, little of it used", (20, 90), (0.9, 1.5)),
    (HEALTHY, "each latent costs little", (20, 90), (0.9, 2)),
    (HEALTHY, "with much pixel noise", (400, 900), (1.5, 3)),
    (HEALTHY, "with much pixel noise", (400, 900), (0.15, 0.4)),
    (HEALTHY, "real values, whose density exceeds 1", (-300, -100), (6, 12)),
)


LATENTS = {
    "one latent of many works": (28, 33),
    "five latents of many work": (28, 33),
    "one latent of twenty is idle": (19, 23),
    "two latents are idle": (10, 13),
    "one quiet latent works": (8, 11),  # a tenth of them, or more
    "each latent costs little": (8, 9),  # the numbers of the notebook, so that one of them written into the code shows
    "the decoder listens a little": (10, 11),
}
# By how much the reconstruction, but for a little, exceeds a whole number: cut or rounded terms then differ by 1.
JUST_BELOW = {
    "a whole number lies between the two terms": 1,
    "a whole number and a half lies between the two terms": 0.5,
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
    if manner in JUST_BELOW:
        reconstruction = np.floor(reconstruction) + JUST_BELOW[manner] - rng.uniform(0.02, 0.03)
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
