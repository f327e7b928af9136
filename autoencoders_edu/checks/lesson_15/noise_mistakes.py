"""Noisy images and their targets, as 15.3 asks for them and as mistakes make them."""

import numpy as np

from autoencoders_edu.checks.lesson_15.schedules import IN_TABLE, LIKELY_IN_TABLE, alpha_bar
from autoencoders_edu.checks.shared.combined import marked, rules


def _each_its_own(values, axes):
    return values.reshape(-1, *[1] * (axes - 1))


def along_last_axis(values, axes):
    """As NumPy broadcasts it, without further axes: along the last axis."""
    return values


def _x_t(x, epsilon, signal, noise):
    return signal * x + noise * epsilon


def _v(x, epsilon, signal, noise):
    return signal * epsilon - noise * x


def roots(a):
    return np.sqrt(a), np.sqrt(1 - a)


def add_noise(
    x,
    t,
    epsilon,
    betas,
    *,
    table=alpha_bar,
    time=lambda t: t,
    axes=_each_its_own,
    weights=roots,
    of_x_t=None,
    of_v=None,
    x_t=_x_t,
    v=_v,
    end=lambda x_t, v: (x_t, v),
):
    """(2, batch, ...): x_t and v, marked; each option puts one mistake in."""
    x, epsilon, betas = (np.asarray(array, float) for array in (x, epsilon, betas))
    a = np.asarray(table(betas, np.asarray(time(t))))
    a = axes(a if a.shape == t.shape else np.broadcast_to(a, t.shape), x.ndim)
    noisy = x_t(x, epsilon, *(of_x_t or weights)(a))
    target = v(x, epsilon, *(of_v or weights)(a))
    both = np.empty((2, *x.shape))
    both[0], both[1] = end(noisy, target)
    return marked(both)


WEIGHTS = {
    "sqrt is missing: you took alpha_bar_t and 1 - alpha_bar_t themselves.": lambda a: (a, 1 - a),
    "alpha_bar_t and 1 - alpha_bar_t are exchanged.": lambda a: roots(a)[::-1],
    "sqrt is missing once: you took 1 - alpha_bar_t for sqrt(1 - alpha_bar_t).": lambda a: (np.sqrt(a), 1 - a),
    "sqrt is missing once: you took alpha_bar_t for sqrt(alpha_bar_t).": lambda a: (a, np.sqrt(1 - a)),
    "you took 1 - sqrt(alpha_bar_t) for sqrt(1 - alpha_bar_t).": lambda a: (np.sqrt(a), 1 - np.sqrt(a)),
    "you took 1 for sqrt(alpha_bar_t).": lambda a: (np.ones_like(a), np.sqrt(1 - a)),
    "you took 1 for sqrt(1 - alpha_bar_t).": lambda a: (np.sqrt(a), np.ones_like(a)),
    "you took sqrt(alpha_bar_t) for sqrt(1 - alpha_bar_t) as well.": lambda a: (np.sqrt(a), np.sqrt(a)),
    "you took sqrt(1 - alpha_bar_t) for sqrt(alpha_bar_t) as well.": lambda a: (np.sqrt(1 - a), np.sqrt(1 - a)),
    "you took squares, alpha_bar_t^2 and (1 - alpha_bar_t)^2, where roots were asked for.": (
        lambda a: (a**2, (1 - a) ** 2)
    ),
}
IN_WEIGHTS = [
    (f"In {place}: {message}", {name: weights})
    for name, place in (("weights", "both arrays"), ("of_x_t", "x_t"), ("of_v", "v"))
    for message, weights in WEIGHTS.items()
]
IN_TIME = {
    "You took the first image's time for the whole batch. Each image has its own.": {"time": lambda t: t[0]},
    "You took the last image's time for the whole batch. Each image has its own.": {"time": lambda t: t[-1]},
    "You took the largest time for the whole batch. Each image has its own.": {"time": np.max},
    "You took the smallest time for the whole batch. Each image has its own.": {"time": np.min},
    "You took the mean time, rounded down, for the whole batch. Each image has its own.": {
        "time": lambda t: np.mean(t).astype(int)
    },
    "You reversed the times of the batch.": {"time": lambda t: t[::-1]},
}
LAST_AXIS = (
    "The times run along the last axis of x. They belong to the images, which are on the first axis: give alpha_bar[t] "
    "as many axes as x has, with length 1 after the first."
)
IN_X_T = {
    f"In x_t: {message}": {"x_t": formula}
    for message, formula in {
        "the noise is subtracted. It is added.": lambda x, e, s, n: s * x - n * e,
        "this is v with its sign reversed; image and noise have exchanged their weights.": (
            lambda x, e, s, n: n * x - s * e
        ),
        "the noise is missing.": lambda x, e, s, n: s * x + 0 * e,
        "the image is missing.": lambda x, e, s, n: n * e + 0 * x,
        "the result is clipped to [-1, 1].": lambda x, e, s, n: np.clip(s * x + n * e, -1, 1),
        "the result is clipped to [0, 1].": lambda x, e, s, n: np.clip(s * x + n * e, 0, 1),
    }.items()
}
IN_V = {
    f"In v: {message}": {"v": formula}
    for message, formula in {
        "the sign is wrong. The noise is positive, the image is subtracted.": lambda x, e, s, n: n * x - s * e,
        "the image is added. It is subtracted.": lambda x, e, s, n: s * e + n * x,
        "image and noise have exchanged their weights, and the sign is wrong.": lambda x, e, s, n: s * x - n * e,
        "x_t stands where x belongs.": lambda x, e, s, n: s * e - n * (s * x + n * e),
        "this is the noise alone: the target of a network that predicts epsilon.": lambda x, e, s, n: e + 0 * x,
        "this is the image alone: the target of a network that predicts x.": lambda x, e, s, n: x + 0 * e,
        "this is epsilon - x, the target of flow matching.": lambda x, e, s, n: e - x,
        "this is x - epsilon, without weights.": lambda x, e, s, n: x - e,
        "the image is missing.": lambda x, e, s, n: s * e + 0 * x,
        "the noise is subtracted, and the image too. Only the image is.": lambda x, e, s, n: -s * e - n * x,
        "the noise is missing.": lambda x, e, s, n: -n * x + 0 * e,
    }.items()
}
IN_END = {
    "The two arrays are exchanged: first x_t, then v.": {"end": lambda x_t, v: (v, x_t)},
    "Both of your arrays are x_t.": {"end": lambda x_t, v: (x_t, x_t)},
}


def _of_one_step(betas, t):
    return np.sqrt(np.concatenate([[0.0], betas])[t])


def _of_steps_alike(betas, t):
    """The noise's weight if each step adds the same noise."""
    weights = [0.0]
    for beta in betas:
        weights.append(np.sqrt(1 - beta) * weights[-1] + np.sqrt(beta))
    return np.array(weights)[t]


def _with_noise(weight, in_v):
    def mixed(x, t, epsilon, betas):
        x, epsilon, betas = (np.asarray(array, float) for array in (x, epsilon, betas))
        signal, noise = (_each_its_own(values, x.ndim) for values in roots(alpha_bar(betas, t)))
        other = _each_its_own(weight(betas, t), x.ndim)
        return marked([signal * x + other * epsilon, signal * epsilon - (other if in_v else noise) * x])

    return mixed


def _clipped(low, high):
    return lambda x, t, epsilon, betas: add_noise(np.clip(x, low, high), t, epsilon, betas)


def _transposed(x, t, epsilon, betas):
    """Times along the last axis of transposed arrays, whose axes are put right by a reshape."""
    signal, noise = roots(alpha_bar(np.asarray(betas, float), t))
    x_t, v = signal * x.T + noise * epsilon.T, signal * epsilon.T - noise * x.T
    return marked([x_t.reshape(x.shape), v.reshape(x.shape)])


ALONE = [
    *(
        (f"x is clipped to [{low}, {high}]. Nothing is clipped here.", _clipped(low, high))
        for low, high in ((-1, 1), (0, 1))
    ),
    *(
        (
            "The weight of the noise is sqrt(b_t), that of one step. It is sqrt(1 - alpha_bar_t), for the noise of all "
            "steps together.",
            _with_noise(_of_one_step, in_v),
        )
        for in_v in (True, False)
    ),
    *(
        (
            "You add epsilon anew in each step. The steps' noises are independent, so that their variances are summed: "
            "in one go, epsilon gets the weight sqrt(1 - alpha_bar_t).",
            _with_noise(_of_steps_alike, in_v),
        )
        for in_v in (True, False)
    ),
    ("reshape does not undo a transpose: it fills the array in another order.", _transposed),
]
GROUPS = (IN_TABLE, IN_WEIGHTS, IN_TIME | {LAST_AXIS: {"axes": along_last_axis}}, IN_X_T, IN_V, IN_END)
MISTAKES = [
    (
        "You returned x and epsilon as they were given. Mix them, with the weights of each image's time.",
        lambda x, t, epsilon, betas: marked([x, epsilon]),
    ),
    *rules(add_noise, *GROUPS, most=1),
    *ALONE,
    *rules(add_noise, LIKELY_IN_TABLE, *GROUPS[1:], least=2),
]
