"""14.5 bits_under_mixture: the rate of real-valued latents, finite in both tails and with gradients."""

import numpy as np

from autoencoders_edu.checks.lesson_14.mixture_bits import (
    FAR_MISTAKES,
    MISTAKES,
    ON_A_MEAN,
    SIDES,
    exact_bits,
    exact_gradients,
)
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import expect_one_rule, marked, shown
from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "14.5",
    "bits_under_mixture",
    points=3,
    minutes=9,
    why="A codec of images is trained on this number, and its entropy coder then delivers it, to a fraction of a "
    "percent.",
    hints=(
        "z has an axis less than the means: at which place does it need a new one, so that each latent meets the "
        "components of its own column?",
        "sigmoid(20.0) in single precision is exactly 1, and sigmoid(-20.0) is 2e-9. On which side of the mean do you "
        "want to be?",
        "For one component, the mass from z - 1/2 to z + 1/2 depends on the distance |z - mean| alone. Put -|z - mean| "
        "where z - mean stood, weight the masses, add them up, and only then take the logarithm.",
    ),
    on_success="The bits are right to the far ends on both sides, and they have a slope for all four arguments: this "
    "can be trained.",
)
def check_bits_under_mixture(probe):
    near, far, uneven = draw_cases(probe.rng)
    answers = [_asked(probe, case) for case in near]
    _expect_bits(near, answers, [*MISTAKES, *ON_A_MEAN])
    expect_same_again(answers[0], _asked(probe, near[0]), DRAWN)
    joined = _joined([near[0], *far, *uneven])  # calls, and gradients in particular, are slow
    ends = np.cumsum([case[0].shape[1] for case in [near[0], *far, *uneven]])
    found = _asked(probe, joined)
    expect(
        found.shape == joined[0].shape,
        f"For z of shape {joined[0].shape} your result has the shape {found.shape}. Return (batch, columns).",
    )
    answers = np.split(marked(found), ends[:-1], axis=1)[1:]
    _expect_bits(far, answers[:2], FAR_MISTAKES, _one_sided)
    _expect_bits(uneven, answers[2:], [*FAR_MISTAKES, *SIDES])
    _expect_gradients(probe, joined)


def _joined(cases):
    """One case with the columns of all these."""
    parts = list(zip(*cases, strict=True))
    return (np.concatenate(parts[0], axis=1), *map(np.concatenate, parts[1:]))


def _expect_bits(cases, answers, mistakes, late=None):
    expect_one_rule(
        [marked(answer) for answer in answers],
        [exact_bits(*case) for case in cases],
        cases,
        mistakes,
        otherwise=BECAUSE,
        example=_shown,
        rtol=1e-3,
        atol=1e-4,
        late=late and (lambda: late(cases, answers)),
    )


BECAUSE = (
    "Each latent takes -log2 of the mixture's mass from z - 1/2 to z + 1/2: the weighted sum over the components of "
    "sigmoid((z + 1/2 - mean) / scale) - sigmoid((z - 1/2 - mean) / scale)."
)
FAR_AWAY = (
    "Close to the means your bits are right; far away, on both sides, they are not. The mass there is tiny. It can "
    "only be the difference of two numbers that are as tiny, and nothing may keep it, or the bits, within limits."
)
DRAWN = "Called twice with the same arguments, your function returned two different results. The noise is in z already."
NO_SYMMETRY = (
    "Far to the {side} of the means your result is wrong, though it is right on the other side. There, F(z + 1/2) and "
    "F(z - 1/2) are both {limit} but for rounding, and their difference is lost. The mass on one side of a mean is "
    "that at the same distance on the other."
)


def _asked(probe, case):
    value = probe.call("bits_under_mixture", *case)
    array = as_numbers(value)
    if array is None:
        raise Failed(f"bits_under_mixture should return an array (batch, columns). Received: {brief(value)}.")
    return array


def _one_sided(cases, answers):
    """What to say of answers that were right close to the means and are not, or not all, far away from them."""
    right = [
        np.shape(answer) == np.shape(exact_bits(*case)) and np.isclose(answer, exact_bits(*case), 1e-3, 1e-4)
        for case, answer in zip(cases, answers, strict=True)
    ]
    for side, good, bad in (("right", *right), ("left", *right[::-1])):
        if np.all(good) and not np.all(bad):
            return NO_SYMMETRY.format(side=side, limit="1" if side == "right" else "0")
    return FAR_AWAY


def _expect_gradients(probe, case):
    upstream = probe.rng.uniform(0.5, 1.5, case[0].shape).astype("float32")
    found = probe.gradients("bits_under_mixture", list(case), upstream)
    right = exact_gradients(upstream, *case)
    names = ("z", "weights", "means", "scales")
    dead = [not np.any(gradient) for gradient in found]
    expect(
        not all(dead),
        "The bits are right, but no gradient comes back to any argument: everything between the arguments and the "
        "result has to be keras.ops. NumPy and stop_gradient forget where a number came from.",
    )
    for name, gradient, expected, is_dead in zip(names, found, right, dead, strict=True):
        weights = case[1] if name == "weights" else None
        expect(
            not is_dead,
            f"The bits are right, but no gradient comes back to `{name}`. Everything between it and the result has to "
            "be keras.ops.",
        )
        gradient = np.asarray(gradient, float)
        if not np.isfinite(gradient).all():
            place = tuple(np.argwhere(~np.isfinite(gradient))[0])
            raise Failed(
                f"The bits are right, but the gradient for `{name}` has infinities or NaN, {_about(case, name, place)}."
            )
        if not _is_gradient(gradient, expected, weights):
            place = tuple(np.argwhere(~np.isclose(gradient, expected, 1e-2, _limits(expected)))[0])
            raise Failed(
                f"The bits are right, but not the gradient for `{name}`, {_about(case, name, place)}: received "
                f"{gradient[place]:.5g}, expected {expected[place]:.5g}."
            )


def _is_gradient(gradient, expected, weights):
    """Whether the gradient is as expected; that for weights may be one along which they keep their sum."""
    kept = [] if weights is None else [expected - np.sum(weights * expected, axis=1, keepdims=True)]
    return any(np.allclose(gradient, right, 1e-2, _limits(expected)) for right in [expected, *kept])


def _limits(expected):
    """How far a gradient may be off besides: a thousandth of the largest in its row."""
    return 1e-3 * np.abs(expected).max(axis=1, keepdims=True)


def draw_cases(rng):
    """Lists of (z, weights, means, scales) in single precision: ordinary ones, both tails, wide and narrow columns."""
    batch, columns, components = int(rng.integers(6, 9)), int(rng.integers(4, 6)), int(rng.integers(2, 4))
    ordinary = _mixture(rng, columns, components, (0.4, 2))
    tails = _mixture(rng, 2, components, (0.3, 1.5))
    reach = rng.uniform(20, 55, (2, batch, 2)) * tails[2].max(axis=1)
    reach[:, 0, 0] = 58 * tails[2][0].max()
    wide, narrow = _mixture(rng, 2, components, (15, 40)), _mixture(rng, 2, components, (0.08, 0.12), together=True)
    spread = [np.concatenate(pair) for pair in zip(wide, narrow, strict=True)]
    beside = spread[1].mean(axis=1) + rng.choice([-1, 1], (batch, 4)) * np.concatenate(
        [rng.uniform(3, 850, (batch, 2)), rng.uniform(0.7, 3, (batch, 2))], axis=1
    )
    single = _mixture(rng, 1, 1, (0.5, 2))
    near = [
        (rng.uniform(-4, 4, (batch, columns)), *ordinary),
        (rng.uniform(-3, 3, (1, 3)), *_mixture(rng, 3, 5, (0.4, 2))),
        (rng.uniform(-3, 3, (batch, 1)), *single),
    ]
    far = [(tails[1].min(axis=1) - reach[0], *tails), (tails[1].max(axis=1) + reach[1], *tails)]
    _on_means(rng, near)
    uneven = [_between(rng, batch, components), _beyond(tails, reach[0]), (beside, *spread)]
    return [[_single(case) for case in cases] for cases in (near, far, uneven)]


def _on_means(rng, near):
    """Put latents on means, on 0, and in the middle of a column that is made symmetric; all exact in binary."""
    (z, weights, means, scales), _, (alone, _, mean, _) = near
    components = weights.shape[1]
    middle, reach = rng.choice([-1, 1]) * rng.integers(2, 12) / 8, rng.integers(4, 16) / 8
    weights[0] = [0.5, 0.5] if components == 2 else [0.25, 0.5, 0.25]
    means[0] = middle + reach * np.linspace(-1, 1, components)
    scales[0] = scales[0, 0]
    z[:2, 0] = middle, means[0, -1]
    z[2, 1], z[3, 2] = 0, means[2, rng.integers(components)]
    alone[0, 0] = mean[0, 0]


def _between(rng, batch, components):
    """Latents between components that are far away on both sides, the nearer ones on either side."""
    weights, means, scales = _mixture(rng, 3, components, (0.7, 1.2))
    z = rng.choice([-1, 1], (batch, 3)) * rng.uniform(2, 8, (batch, 3))
    z[:2, 0] = 5, -5
    return z, weights, means + np.resize([-35, 35], components), scales


def _beyond(mixture, reach):
    """Latents far to the left of means that are all far to the right of 0, and still to the right of 0."""
    weights, means, scales = mixture
    return means.min(axis=1) + 100 - reach, weights, means + 100, scales


def _mixture(rng, columns, components, between, together=False):
    """(weights, means, scales), (columns, components) each."""
    weights = rng.dirichlet(np.full(components, 3.0), columns) * 0.9 + 0.1 / components
    means = rng.uniform(-0.1, 0.1, (columns, components)) if together else rng.uniform(-3, 3, (columns, components))
    return weights, means, rng.uniform(*between, (columns, components))


def _single(case):
    return tuple(np.asarray(each, "float32") for each in case)


def _about(case, name, place):
    """Where in the arguments this place of a gradient is."""
    at = f"at {list(map(int, place))}"
    if name == "z":
        return f"{at}, for z = {case[0][place]:.5g} and {_column(case, place[1])}"
    latents = case[0][:, place[0]]
    return f"{at}, for z between {latents.min():.3g} and {latents.max():.3g} and {_column(case, place[0])}"


def _column(case, j):
    return ", ".join(
        f"{name} [{', '.join(f'{entry:.4g}' for entry in values[j])}]"
        for name, values in zip(("weights", "means", "scales"), case[1:], strict=True)
    )


def _shown(case, answer, expected):
    if answer.shape != expected.shape:
        return f"Received {brief(answer)}, expected {brief(expected)}."
    place = tuple(np.argwhere(~np.isclose(answer, expected, 1e-3, 1e-4))[0])
    return (
        f"For z = {case[0][place]:.5g} and {_column(case, place[1])}: received {shown(answer[place])}, expected "
        f"{shown(expected[place])} bits."
    )
