"""Checks of lesson 11, When the decoder stops listening."""

import numpy as np

from autoencoders_edu.exercises.checks import _annealing, _collapse, _collapse_reports
from autoencoders_edu.exercises.checks._collapse_reports import WORDS
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_close, expect_keys, expect_number
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "11.1",
    "predict_active",
    points=1,
    minutes=8,
    why="Not every idle latent is an accident: some information costs more than it saves. Whoever can tell the two "
    "apart does not fight a model that is right.",
    hints=(
        "Take one direction of variance v and a decoder whose noise has the variance s^2. What is lost if nothing is "
        "told about this direction? Is it worth a message when v is far below s^2?",
        "A latent pays as soon as the direction varies more than the noise. beta multiplies the price of the message.",
        "How many directions are there to describe? Ten latents cannot describe more than there are.",
    ),
    on_success="Right: a latent works when its direction varies more than beta times the decoder's noise variance. An "
    "idle latent can be the optimum.",
)
def check_predict_active(probe):
    answer, measured = probe.get("predict_active"), _collapse.measured_active()
    expect_keys(answer, measured, "predict_active")
    predicted = {key: expect_number(answer[key], f'predict_active["{key}"]') for key in measured}
    if predicted == measured:
        return
    for message, mistaken in _collapse.PREDICTION_MISTAKES.items():
        expect(predicted != {key: mistaken(*_collapse.SETTINGS[key]) for key in measured}, message)
    wrong = [key for key in measured if predicted[key] != measured[key]]
    expect(
        wrong != ["stddev 1, 10 latents"],
        "Ten latents do not make more directions, nor fewer: compare with the case of four.",
    )
    lines = [
        f'"{key}": you predicted {predicted[key]:g}; {"fewer" if measured[key] < predicted[key] else "more"} are '
        "active at the best loss, found by minimising it."
        for key in wrong
    ]
    price = "Compare the variance of each direction with beta * stddev^2, the price of describing it."
    raise Failed("\n".join([*lines, price]))


@exercise(
    "11.2",
    "count_active_units",
    points=2,
    minutes=8,
    why="Active units stand in every paper on collapse, and the usual slip makes a dead model look alive.",
    hints=(
        "Two variances are at hand. One says how unsure q is about z; the other, how much q's mean differs from "
        "example to example. Which of them is zero when the encoder says the same of every x?",
        "np.var takes an axis. Over the examples: one variance for each latent.",
    ),
    on_success="A latent is active when its mean follows x. How narrow q is does not enter.",
)
def check_count_active_units(probe):
    batches = [_collapse.draw_posteriors(probe.rng) for _ in range(8)]
    answers = []
    for mean, log_variance in batches:
        answer = probe.call("count_active_units", mean, log_variance)
        expect(
            np.size(answer) == 1,
            f"You returned one value for each latent or example; how many latents are active is asked, one number. "
            f"Received: {brief(answer)}.",
        )
        answers.append(expect_number(answer, "count_active_units(mean, log_variance)"))
    expected = [_collapse.active_units(*batch) for batch in batches]
    if answers == expected:
        return
    equation = "A latent is active when the variance over x of its q's mean is above 0.01 (Burda et al. 2016)."
    place = next(i for i, (a, b) in enumerate(zip(answers, expected, strict=True)) if a != b)
    received = (
        f"For a batch of shape {batches[place][0].shape} received {answers[place]:g}, expected {expected[place]}."
    )
    for message, rule in _collapse.COUNT_MISTAKES.items():
        expect(
            not np.allclose(answers, [float(rule(*batch)) for batch in batches]), f"{message}\n{equation}\n{received}"
        )
    raise Failed(f"{equation}\n{received}")


@exercise(
    "11.3",
    "free_bits_kl",
    points=2,
    minutes=12,
    why="A maximum, a mean and a sum: only in one order do they keep every latent alive.",
    hints=(
        "Begin with an array of KLs, one for each example and latent. Which axis goes first: what does Eq. 15 average, "
        "and over what?",
        "After the mean over the batch there is one number for each latent. Take the maximum of each with the free "
        "amount.",
        "Only then add them up. Try two latents with 3 nats and 0 nats, and 0.5 nats free: the answer is 3.5.",
    ),
    on_success="Mean over the batch, maximum for each latent, sum over the latents, in this order.",
)
def check_free_bits_kl(probe):
    batches = _collapse.draw_free_bits_batches(probe.rng)
    answers = []
    for mean, log_variance, free in batches:
        answer = probe.call("free_bits_kl", mean, log_variance, free)
        expect(
            np.size(answer) == 1,
            "You returned several numbers where one is asked, the KL term of the whole batch. There are two axes to "
            f"get rid of, the batch and the latents. Received: {brief(answer)}.",
        )
        answers.append(expect_number(answer, "free_bits_kl(mean, log_variance, free)"))
    exact = [(mean.astype(float), log_variance.astype(float), free) for mean, log_variance, free in batches]
    mistaken = [_collapse.free_bits_mistakes(*batch) for batch in exact]
    expect_close(
        np.array(answers),
        [_collapse.free_bits(_collapse.kl_of(m, v), free) for m, v, free in exact],
        because="The term is the sum over latents j of max(free, mean over the batch of KL_j) (Eq. 15 of Kingma et al. "
        f"2016). The first batch is {batches[0][0].shape} with {batches[0][2]:.3f} nats free; in the second, q is "
        "nearly the prior; the third has one example.",
        what="free_bits_kl(mean, log_variance, free) for three batches",
        mistakes={message: np.array([values[message] for values in mistaken]) for message in mistaken[0]},
    )


@exercise(
    "11.4",
    "read_report",
    points=3,
    minutes=15,
    why="Samples and a falling loss look fine long after a decoder has stopped listening. Four numbers tell.",
    hints=(
        "First question: does the encoder say anything at all? One of the four arguments answers it alone.",
        "Second question: does the decoder listen? Compare the two reconstruction terms, in nats, with a tenth of a "
        "nat as the line. Mind which of them should be larger.",
        "Third question: is every latent in use? How many are there, and how many are active?",
    ),
    on_success="You can tell a silent encoder from a deaf decoder, and both from a model with latents to spare.",
)
def check_read_report(probe):
    reports, words = _collapse_reports.draw_reports(probe.rng), []
    for report in reports:
        word = probe.call("read_report", *report.numbers)
        expect(
            isinstance(word, str) and word in WORDS,
            f"read_report should return one of {', '.join(map(repr, WORDS))}. Received: {brief(word)}.",
        )
        words.append(word)
    if words == [report.state for report in reports]:
        return
    message, report, word = _collapse_reports.misreading(reports, words)
    raise Failed(
        f"{message}\nFor instance: {report.active_units} of {len(report.kl_per_latent)} latents active, KL "
        f"{report.kl_per_latent.sum():.2f} nats, reconstruction {report.reconstruction:.2f}, with another z "
        f'{report.reconstruction_shuffled:.2f}. Received "{word}", expected "{report.state}".'
    )


@exercise(
    "11.5",
    "anneal",
    points=3,
    minutes=15,
    why="A broken schedule raises no error. It trains, and either the cure does nothing or the last epochs undo it.",
    hints=(
        "Call anneal_broken for every epoch of a training of 22 epochs with 4 cycles and look at the numbers. What is "
        "the smallest? The largest? The last?",
        "How long is a cycle when 22 epochs hold 4 of them? And what does the code take?",
        "ramp is a fraction of a cycle. Of what does the code take it?",
    ),
    on_success="From 0 to 1 in each cycle, the last one whole: three faults mended, and none of them had crashed.",
)
def check_anneal(probe):
    settings = _annealing.draw_settings(probe.rng)
    answers = [_schedule(probe, *setting) for setting in settings]
    expected = [_annealing.right(*setting) for setting in settings]
    if all(map(_alike, answers, expected)):
        return
    place = next(i for i, pair in enumerate(zip(answers, expected, strict=True)) if not _alike(*pair))
    epochs, cycles, ramp = settings[place]
    # The last epoch that is wrong: a cycle too many shows only at the end.
    epoch = int(np.flatnonzero(~np.isclose(answers[place], expected[place], atol=1e-6))[-1])
    received = (
        f"anneal({epoch}, {epochs}, {cycles}, {ramp:g}): received {answers[place][epoch]:.4g}, expected "
        f"{expected[place][epoch]:.4g}. beta = min(t / ramp, 1), t the fraction of the present cycle that has passed."
    )
    for message, rule in _annealing.MISTAKES.items():
        expect(
            not all(_alike(answer, rule(*setting)) for answer, setting in zip(answers, settings, strict=True)),
            f"{message}\n{received}",
        )
    raise Failed(f"The schedule is not what it should be.\n{received}")


def _schedule(probe, epochs, cycles, ramp):
    return np.array(
        [
            expect_number(probe.call("anneal", epoch, epochs, cycles, ramp), "anneal(epoch, epochs, cycles, ramp)")
            for epoch in range(epochs)
        ]
    )


def _alike(answer, expected):
    return np.allclose(answer, expected, atol=1e-6)
