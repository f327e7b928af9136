"""10.5 completion_log_likelihood: the log-likelihood of hidden pixels, estimated with draws from the prior."""

import numpy as np

from autoencoders_edu.checks.lesson_10.completion_mistakes import (
    CERTAIN,
    MISTAKES,
    UNLIKELY,
    completion,
    taken_for_probabilities,
)
from autoencoders_edu.checks.shared.sizes import call_for_any_size
from autoencoders_edu.exercises.expect import (
    Failed,
    LearnerError,
    as_numbers,
    brief,
    expect_array,
    expect_rule,
    fits,
)
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "10.5",
    "completion_log_likelihood",
    points=3,
    minutes=10,
    why="A squared error prefers the average of all completions, which is none of them. The likelihood asks whether "
    "the truth is among the completions.",
    hints=(
        "Begin with log p of every number, in the shape of logits: x l - log(1 + exp(l)). np.logaddexp(0, l) is the "
        "second part, without overflow.",
        "array[:, :, mask] with a mask (height, width) keeps the pixels where the mask is True, on one axis. Which "
        "axes are left for the sum?",
        "exp(-5000) is 0. Subtract the largest sum of each image first, and add it again at the end; "
        "scipy.special.logsumexp does it, too, but knows nothing of 1/K.",
    ),
    on_success="Sums over the hidden pixels, a mean of probabilities over the draws, the logarithm last: the truth "
    "needs to be near one completion, not near their average.",
)
def check_completion_log_likelihood(probe):
    cases = draw_cases(probe.rng)
    _expect_values(probe, cases, [_ask_first(probe, cases[0]), *(_ask(probe, case) for case in cases[1:])])
    _expect_nothing_hidden(probe)
    _expect_unlikely(probe)
    _expect_certain(probe)


FORMULA = (
    "For each image: log( 1/K sum over k of exp( sum over hidden pixels and channels of log p(x|z_k) ) ), with "
    "log p = x l - log(1 + exp(l)) for the logit l."
)


def _ask(probe, case):
    return probe.call("completion_log_likelihood", *case)


def _ask_first(probe, case):
    usual = draw_case(probe.rng, 4, (8, 8, 1), draws=3)
    return call_for_any_size(
        probe, "completion_log_likelihood", case, usual, "8 x 8 pixels in one channel", completion(*usual)
    )


def _expect_values(probe, cases, answers):
    for case, answer in zip(cases, answers, strict=True):
        array = as_numbers(answer)
        if array is None:
            raise Failed(
                f"completion_log_likelihood should return an array of shape ({len(case[0])},). "
                f"Received: {brief(answer)}."
            )
        if not np.isfinite(array).all():
            raise Failed(f"Your result is not finite: {brief(answer)}. {_if_between_0_and_1(probe)}\n{FORMULA}")
    expect_rule(
        answers,
        [completion(*case) for case in cases],
        cases=cases,
        mistakes=(
            (message, rule)
            for message, rule in MISTAKES
            if fits(answers[0], rule(*cases[0]), 1e-3, 1e-5)  # the others need not be tried on the rest of the cases
        ),
        otherwise=f"completion_log_likelihood is not what it should be. {FORMULA}",
        example=_example,
        rtol=1e-4,
        atol=1e-5,
    )


def _example(case, answer, expected):
    images, visible, logits = case
    return (
        f"For K = {len(logits)} and {len(images)} image(s) of shape {images.shape[1:]}, of which {np.sum(~visible)} of "
        f"{visible.size} pixels are hidden, received {brief(answer)}, expected {brief(expected)}."
    )


def _if_between_0_and_1(probe):
    """What is wrong for logits between 0 and 1, by a sentence; "" if that is unknown."""
    images, visible, logits = draw_case(probe.rng, 3, (4, 5, 2), draws=4)
    logits = probe.rng.uniform(0.1, 0.9, logits.shape).astype("float32")
    try:
        value = _ask(probe, (images, visible, logits))
    except (Failed, LearnerError):
        return ""
    taken = fits(value, taken_for_probabilities(images, visible, logits), 1e-3, 1e-4)
    return "You took the logits for probabilities. p is sigmoid(logits)." if taken else ""


def draw_cases(rng):
    """Several images and draws; one image; one draw; as many draws as images, everything hidden; whole numbers."""
    height, width = int(rng.integers(3, 5)), int(rng.integers(5, 8))
    images, visible, logits = draw_case(rng, 2, (width, height, 1), draws=int(rng.integers(7, 10)))
    return [
        draw_case(rng, 3, (height, width, 2), draws=int(rng.integers(4, 7))),
        draw_case(rng, 1, (width, height, 3), draws=5),
        draw_case(rng, 4, (height, width, 3), draws=1),
        draw_case(rng, 3, (height, width, 1), draws=3, hidden=height * width),
        (images.astype(int), visible, logits.astype(float)),
    ]


def draw_case(rng, batch, shape, draws, hidden=None):
    """(images, visible, logits): float32, and a third of the pixels hidden if nothing else is said."""
    height, width, _ = shape
    images = rng.integers(0, 2, (batch, *shape)).astype("float32")
    visible = np.full(height * width, True)
    visible[rng.permutation(height * width)[: hidden or height * width // 3]] = False
    logits = rng.normal(0, 1.5, (draws, batch, *shape)) + rng.normal(0, 0.5, (draws, batch, 1, 1, 1))
    return images, visible.reshape(height, width), logits.astype("float32")


def _expect_nothing_hidden(probe):
    images, visible, logits = draw_case(probe.rng, 3, (4, 6, 2), draws=5)
    value = _ask(probe, (images, np.full_like(visible, True), logits))
    if _is_lost(value):
        raise Failed(f"{EMPTY}, not a mean of nothing. Received {brief(value)}.")
    array = expect_array(value, (3,), "completion_log_likelihood where no pixel is hidden")
    if not np.allclose(array, 0, atol=1e-5):
        raise Failed(f"{EMPTY}. Received {brief(value)}.")


EMPTY = "If no pixel is hidden, the log-likelihood is 0: an empty sum"


def _expect_unlikely(probe):
    """Sums over pixels in the thousands below 0, with a best draw of each image that is far from that of the other.

    No logit leaves the range in which float32 has a probability and its complement.
    """
    images, visible, logits = draw_case(probe.rng, 2, (40, 30, 2), draws=5, hidden=900)
    logits = 3 * logits
    for image, draw in enumerate(probe.rng.permutation(5)[:2]):
        logits[draw, image] += (1 + 3 * image) * (2 * images[image] - 1)
    case = images, visible, logits.clip(-12, 12)
    value = _ask(probe, case)
    array = as_numbers(value)
    lost = array is not None and array.shape == (2,) and np.isfinite(array).sum() == 1
    _expect_extreme(case, value, "1800 hidden numbers", OWN if lost else UNDERFLOW, UNLIKELY)


SUMS = "The sums over the pixels are in the thousands below 0, and "
UNDERFLOW = f"{SUMS}exp of them is 0 to a computer: subtract the largest sum before the exponential, and add it back "
"after "
UNDERFLOW += "the logarithm."
OWN = f"{SUMS}only one of two images is lost: each has a largest sum of its own, which has to be subtracted from its "
"sums."
OVERFLOW = (
    "exp(1000) is too large for a computer, and sigmoid(-1000) is 0 to it. log(1 + exp(l)) is np.logaddexp(0, l), or "
    "let scipy.special.log_expit compute log p."
)


def _expect_certain(probe):
    """Logits of up to 1000 in absolute value, some of them wrong."""
    images, visible, logits = draw_case(probe.rng, 3, (4, 6, 2), draws=4)
    sizes = np.exp(probe.rng.uniform(np.log(20), np.log(1000), logits.shape))
    right = probe.rng.random(logits.shape) < 0.8
    row, column = np.argwhere(~visible)[0]  # in each draw, one hidden number is wrong, and one right beyond exp's range
    right[..., row, column, 0], right[..., row, column, 1] = False, True
    images[:, row, column, 1] = 1
    sizes[..., row, column, :] = probe.rng.uniform(750, 1000, (*sizes.shape[:2], 2))
    case = images, visible, (np.where(right == (images == 1), 1, -1) * sizes).astype("float32")
    _expect_extreme(case, _ask(probe, case), "logits between 20 and 1000, on either side of 0,", OVERFLOW, CERTAIN)


def _is_lost(value):
    """Whether infinity or nan is among the numbers."""
    array = as_numbers(value)
    return array is not None and not np.isfinite(array).all()


def _expect_extreme(case, value, about, advice, mistakes):
    expected = completion(*case)
    if _is_lost(value):
        raise Failed(f"For {about} you return {brief(value)}, expected {brief(expected)}. {advice}")
    array = expect_array(value, expected.shape, f"completion_log_likelihood for {about}")
    expect_rule(
        [array],
        [expected],
        cases=[case],
        mistakes=mistakes,
        otherwise=f"completion_log_likelihood for {about} is not what it should be. {FORMULA}",
        example=_example,
        rtol=1e-4,
    )
