"""11.1 predict_active: how many latents are active at the optimum."""

from functools import lru_cache

import numpy as np
from scipy.optimize import minimize

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.exercises.expect import expect_keys, expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "11.1",
    "predict_active",
    points=1,
    minutes=6,
    why="Not every idle latent is an accident: some information costs more than it saves. If you can tell the two "
    "apart, you do not fight a model that is right.",
    hints=(
        "Take one direction of variance v and a decoder whose noise has the variance s^2. What is lost if nothing is "
        "told about this direction? Is it worth a message when v is far below s^2?",
        "A latent pays off once the direction varies more than the noise. beta multiplies the price of the message.",
        "How many directions are there to describe? Ten latents cannot describe more than there are.",
    ),
    on_success="Right: a latent works when its direction varies more than beta times the decoder's noise variance. An "
    "idle latent can be the optimum.",
)
def check_predict_active(probe):
    answer = ask_for(probe, "predict_active", "Give each key one number.")
    measured = measured_active()
    expect_keys(answer, measured, "predict_active")
    predicted = {key: expect_number(answer[key], f'predict_active["{key}"]') for key in measured}
    expect_rule(
        list(predicted.values()),
        list(measured.values()),
        cases=[SETTINGS[key] for key in measured],
        mistakes=MISTAKES,
        otherwise=_where_wrong(predicted, measured),
    )


def _where_wrong(predicted, measured):
    """What to say of predictions that follow no rule that we know."""
    wrong = [key for key in measured if predicted[key] != measured[key]]
    if wrong == ["stddev 1, 10 latents"]:
        return "Ten latents do not make more directions, nor fewer: compare with the case of four."
    lines = [
        f'"{key}": you predicted {predicted[key]:g}; {"fewer" if measured[key] < predicted[key] else "more"} are '
        "active at the best loss, found by minimising it."
        for key in wrong
    ]
    price = "Compare the variance of each direction with beta * stddev^2, the price of describing it."
    if len({predicted[key] for key in ("stddev 0.2", "stddev 1", "stddev 3", "stddev 5")}) == 1:
        lines = [
            "You gave one and the same number for every stddev of the decoder. Its noise decides what is worth it."
        ]
    return "\n".join([*lines, price])


# From a key to (stddev of the decoder, beta, number of latents), for data of these variances.
VARIANCES = (16.0, 4.0, 0.5, 0.1)
SETTINGS = {
    "stddev 0.2": (0.2, 1.0, 4),
    "stddev 1": (1.0, 1.0, 4),
    "stddev 3": (3.0, 1.0, 4),
    "stddev 5": (5.0, 1.0, 4),
    "stddev 1, beta 6": (1.0, 6.0, 4),
    "stddev 1, 10 latents": (1.0, 1.0, 10),
}
MISTAKES = {
    "You compared the variance of a direction with the stddev of the decoder. Square it: both are then in the same "
    "units.": lambda stddev, beta, latents: _larger(beta * stddev),
    "Your answer fits beta = 1: you left beta out, or took a root of it. Each nat costs beta times as much, so "
    "a direction has to vary beta times as much to be worth it.": lambda stddev, beta, latents: _larger(stddev**2),
    "You kept at least one latent in each case. At the best loss there may be none: when no direction varies more than "
    "beta * stddev^2, saying nothing is best.": lambda stddev, beta, latents: max(1, _larger(beta * stddev**2)),
    "You divided by beta. Each nat costs beta times as much: the price is beta * stddev^2.": (
        lambda stddev, beta, latents: _larger(stddev**2 / beta)
    ),
    "You squared beta along with the stddev, or compared standard deviations with beta * stddev. The loss holds beta "
    "as it is: compare variances with beta * stddev^2.": (lambda stddev, beta, latents: _larger((beta * stddev) ** 2)),
    "The more noise, the more latents by your count. What is finer than the decoder's noise saves nothing: more noise, "
    "fewer latents.": lambda stddev, beta, latents: (
        len(VARIANCES) - _larger(stddev**2) if beta == 1 else _larger(beta * stddev**2)
    ),
    "You compared each variance with 1, whatever the stddev of the decoder is. The noise to compare with is "
    "stddev^2.": lambda stddev, beta, latents: _larger(beta),
    "You compared each variance with 1 in every case. Compare it with beta * stddev^2.": (
        lambda stddev, beta, latents: _larger(1.0)
    ),
    "You counted every latent there is. A latent that costs more than it saves is given up, however many there are.": (
        lambda stddev, beta, latents: latents
    ),
    "You counted every direction in which the data vary. Those that drown in the decoder's noise are not worth it.": (
        lambda stddev, beta, latents: min(latents, len(VARIANCES))
    ),
    "You counted the directions that are lost, not those that stay.": (
        lambda stddev, beta, latents: len(VARIANCES) - _larger(beta * stddev**2)
    ),
    "You counted the idle latents, not the active ones.": (
        lambda stddev, beta, latents: latents - _larger(beta * stddev**2)
    ),
    "You let spare latents work, too. With ten of them there are still only as many directions worth describing.": (
        lambda stddev, beta, latents: _larger(beta * stddev**2) + max(0, latents - len(VARIANCES))
    ),
}


def _larger(price):
    return sum(variance > price for variance in VARIANCES)


@lru_cache
def measured_active():
    """How many latents are active at the best loss, found by minimising it: one count for each setting.

    The directions are independent, so each is a VAE of its own: z ~ N(a x, v), x' = w z. A latent to which no
    direction is left stays at the prior.
    """
    counts = {}
    for name, (stddev, beta, latents) in SETTINGS.items():
        active = [_best_mean_variance(variance, stddev, beta) > 0.01 for variance in VARIANCES]
        counts[name] = min(sum(active), latents)
    return counts


def _best_mean_variance(variance, stddev, beta):
    """The variance of q's mean at the best of one direction's loss."""

    def loss(parameters):
        a, w, log_v = parameters
        error = (1 - w * a) ** 2 * variance + w**2 * np.exp(log_v)
        return error / (2 * stddev**2) + beta * 0.5 * (a**2 * variance + np.exp(log_v) - 1 - log_v)

    starts = ((0.01, 0.01, 0.0), (variance**-0.5, variance**0.5, -2.0))
    best = min((minimize(loss, start, method="L-BFGS-B") for start in starts), key=lambda result: result.fun)
    return best.x[0] ** 2 * variance
