"""Deterministic sampling, as 15.4 asks for it and as mistakes make it."""

from itertools import pairwise

import numpy as np

from autoencoders_edu.checks.lesson_15.noise_mistakes import roots
from autoencoders_edu.checks.lesson_15.schedules import IN_TABLE, LIKELY_IN_TABLE, NOTHING_LEFT, WRAPPED, alpha_bar
from autoencoders_edu.checks.shared.combined import marked, pairs, rules


def _x_hat(x, v, signal, noise):
    return signal * x - noise * v


def _eps_hat(x, v, signal, noise):
    return noise * x + signal * v


def _step(x_hat, eps_hat, of_t, of_s):
    return of_s[0] * x_hat + of_s[1] * eps_hat


def _all_steps(times):
    return list(pairwise(times))


def sample(
    v,
    x_T,
    times,
    betas,
    *,
    table=alpha_bar,
    weights=roots,
    weights_of_s=None,
    x_hat=_x_hat,
    eps_hat=_eps_hat,
    asked=lambda t, s, T, i: t,
    shown=lambda x, x_T: x,
    in_place=False,
    noise=lambda eps_hat, first, x_T: eps_hat,
    step=_step,
    steps=_all_steps,
    keep=lambda x: x,
    end=lambda x, x_hat, x_T: x,
):
    """The image at time 0, marked; each option puts one mistake in."""
    x_T = x = np.asarray(x_T, float)
    last, first = x, None
    betas = np.asarray(betas, float)
    pairs = steps(times)
    of_pairs = table(betas, np.array(pairs, int).reshape(-1, 2))
    for i, ((t, s), (a_t, a_s)) in enumerate(zip(pairs, of_pairs, strict=True)):
        of_t, of_s = weights(a_t), (weights_of_s or weights)(a_s)
        predicted = v(shown(x, x_T), asked(t, s, len(betas), i))
        last = keep(x_hat(x, predicted, *of_t))
        found = eps_hat(last if in_place else x, predicted, *of_t)
        first = found if first is None else first
        x = step(last, noise(found, first, x_T), of_t, of_s)
    return marked(end(x, last, x_T))


IN_X_HAT = {
    f"x_hat {message}": {"x_hat": formula}
    for message, formula in {
        "has the wrong sign before v: v holds minus the image, so it is subtracted.": lambda x, v, s, n: s * x + n * v,
        "is computed as eps_hat is.": _eps_hat,
        "is computed as eps_hat is, with the sign reversed before v.": lambda x, v, s, n: n * x - s * v,
        "is computed as if v were the noise epsilon: x_t minus the noise, divided by sqrt(alpha_bar_t).": (
            lambda x, v, s, n: (x - n * v) / s
        ),
        "is v itself, as if the network predicted the image.": lambda x, v, s, n: v + 0 * x,
        "has exchanged its two signs: it is the image's negative.": lambda x, v, s, n: n * v - s * x,
    }.items()
}
IN_EPS_HAT = {
    f"eps_hat {message}": {"eps_hat": formula}
    for message, formula in {
        "has the wrong sign before v: v holds the noise with a plus.": lambda x, v, s, n: n * x - s * v,
        "is computed as x_hat is.": _x_hat,
        "is computed as x_hat is, with the sign reversed before v.": lambda x, v, s, n: s * x + n * v,
        "is v itself, as if the network predicted the noise.": lambda x, v, s, n: v + 0 * x,
        "has exchanged its two signs: it is the noise's negative.": lambda x, v, s, n: s * v - n * x,
    }.items()
}
IN_BOTH = {
    "Your steps go the wrong way round: both signs before v are wrong, or alpha_bar and 1 - alpha_bar are exchanged.": {
        "x_hat": lambda x, v, s, n: s * x + n * v,
        "eps_hat": lambda x, v, s, n: n * x - s * v,
    },
    "x_hat and eps_hat are exchanged, or their two weights in the new x are.": {"x_hat": _eps_hat, "eps_hat": _x_hat},
    "You take what the network predicts for the noise epsilon. It is v, from which x_hat and eps_hat are computed.": {
        "x_hat": lambda x, v, s, n: (x - n * v) / s,
        "eps_hat": lambda x, v, s, n: v + 0 * x,
    },
    "You take what the network predicts for the image. It is v, from which x_hat and eps_hat are computed.": {
        "x_hat": lambda x, v, s, n: v + 0 * x,
        "eps_hat": lambda x, v, s, n: (x - s * v) / n,
    },
}
IN_ASKED = {
    "The network is told the time s of the image that is to come. It gets x_t, so it is told t.": {
        "asked": lambda t, s, T, i: s
    },
    "The network is told t - 1. It gets x_t, so it is told t.": {"asked": lambda t, s, T, i: t - 1},
    "The network is told t + 1. It gets x_t, so it is told t.": {"asked": lambda t, s, T, i: min(t + 1, T)},
    "The network is told T in every step. It gets x_t, so it is told t.": {"asked": lambda t, s, T, i: T},
    "The network is told time 0 in every step. It gets x_t, so it is told t.": {"asked": lambda t, s, T, i: 0},
    "The network is told the number of the step: 0, 1, 2 and so on. It gets x_t, so it is told t.": {
        "asked": lambda t, s, T, i: i
    },
    "The network gets x_T in every step. It gets x_t.": {"shown": lambda x, x_T: x_T},
    "The network is told T - t. It gets x_t, so it is told t.": {"asked": lambda t, s, T, i: T - t},
}
IN_NOISE = {
    "Each step adds x_T as its noise. Its noise is eps_hat, which is computed anew.": {
        "noise": lambda eps_hat, first, x_T: x_T
    },
    "Each step adds the eps_hat of the first step. It is computed anew.": {"noise": lambda eps_hat, first, x_T: first},
    "eps_hat is computed from x_hat where it should be computed from x_t: has x been overwritten?": {"in_place": True},
}
IN_STEP = {
    f"The new x {message}": {"step": formula}
    for message, formula in {
        "has the noise's weight of time t. It is that of s.": lambda x, e, t, s: s[0] * x + t[1] * e,
        "has the image's weight of time t. It is that of s.": lambda x, e, t, s: t[0] * x + s[1] * e,
        "has the noise subtracted. It is added.": lambda x, e, t, s: s[0] * x - s[1] * e,
        "is x_hat, without any noise. At time s some of it is left.": lambda x, e, t, s: x,
        "has the noise's weight of a random step of DDPM, the root of its variance. It is sqrt(1 - alpha_bar_s).": (
            lambda x, e, t, s: s[0] * x + s[1] / t[1] * np.sqrt(1 - (t[0] / s[0]) ** 2) * e
        ),
        "has the whole of x_hat in it. Its weight is sqrt(alpha_bar_s).": lambda x, e, t, s: x + s[1] * e,
        "has the whole of eps_hat in it. Its weight is sqrt(1 - alpha_bar_s).": lambda x, e, t, s: s[0] * x + e,
        "is sqrt(alpha_bar_s) x_hat, without the noise.": lambda x, e, t, s: s[0] * x,
    }.items()
}
IN_WEIGHTS = {
    "sqrt is missing: all four weights have one.": {"weights": lambda a: (a, 1 - a)},
    "The weights of the noise lack their sqrt.": {"weights": lambda a: (np.sqrt(a), 1 - a)},
    "The weights of the image lack their sqrt.": {"weights": lambda a: (a, np.sqrt(1 - a))},
    "sqrt is missing in x_hat and eps_hat.": {"weights": lambda a: (a, 1 - a), "weights_of_s": roots},
    "In x_hat and eps_hat you took 1 - sqrt(alpha_bar_t) for sqrt(1 - alpha_bar_t).": {
        "weights": lambda a: (np.sqrt(a), 1 - np.sqrt(a)),
        "weights_of_s": roots,
    },
    "sqrt is missing where the new x is made.": {"weights_of_s": lambda a: (a, 1 - a)},
    "Where the new x is made, the noise's weight lacks its sqrt.": {"weights_of_s": lambda a: (np.sqrt(a), 1 - a)},
    "Where the new x is made, you took 1 - sqrt(alpha_bar_s) for sqrt(1 - alpha_bar_s).": {
        "weights_of_s": lambda a: (np.sqrt(a), 1 - np.sqrt(a))
    },
    "You took 1 - sqrt(alpha_bar) for sqrt(1 - alpha_bar) everywhere.": {
        "weights": lambda a: (np.sqrt(a), 1 - np.sqrt(a))
    },
}


def _stopped_early(times):
    return _all_steps(times)[:-1]


def _all_times(times):
    return [(t, t - 1) for t in range(times[0], 0, -1)]


IN_STEPS = {
    "The last step, to time 0, is missing.": {"steps": _stopped_early},
    "The first step is missing.": {"steps": lambda times: _all_steps(times)[1:]},
    "You made the first step alone.": {"steps": lambda times: _all_steps(times)[:1]},
    "You went straight from the first time to 0. Go through the list.": {"steps": lambda times: [(times[0], 0)]},
    "You took each time down to 0. The times are those of the list.": {"steps": _all_times},
    "You went through the list backwards, from 0 up.": {"steps": lambda times: _all_steps(times[::-1])},
    "You made one step too many, from time 0 to time 0.": {"steps": lambda times: [*_all_steps(times), (0, 0)]},
    "Each step goes to t - 1. It goes to the next time of the list.": {
        "steps": lambda times: [(t, t - 1) for t in times[:-1]]
    },
}
IN_KEEP = {
    f"x_hat is clipped to [{low}, {high}]. Nothing is clipped here.": {
        "keep": lambda x, low=low, high=high: np.clip(x, low, high)
    }
    for low, high in ((-1, 1), (0, 1), (-3, 3), (-5, 5))
}
IN_END = {
    "You clip the result to [0, 1].": {"end": lambda x, x_hat, x_T: np.clip(x, 0, 1)},
    "You clip the result to [-1, 1].": {"end": lambda x, x_hat, x_T: np.clip(x, -1, 1)},
    "You returned x_T as it was given: either no step counts, or the new x gets the weights of time t once more, which "
    "undoes x_hat and eps_hat. They are those of s.": {"end": lambda x, x_hat, x_T: x_T},
    "You returned zeros.": {"end": lambda x, x_hat, x_T: 0 * x_T},
}
EPS_HAT_RETURNED = (
    "Your result is the last eps_hat: either it is what you return, or alpha_bar is 0 at time 0 in your code. It is 1, "
    "and the image at time 0 is x_hat."
)


def _for_steps(group):
    """A group of mistakes in the schedule, of which one gives the same as another mistake here."""
    return [(EPS_HAT_RETURNED if text == NOTHING_LEFT else text, options) for text, options in pairs(group)]


IN_TABLE, LIKELY_IN_TABLE = _for_steps(IN_TABLE), _for_steps(LIKELY_IN_TABLE)
GROUPS = (IN_TABLE, IN_WEIGHTS, IN_BOTH, IN_X_HAT, IN_EPS_HAT, IN_ASKED, IN_NOISE, IN_STEP, IN_STEPS, IN_KEEP, IN_END)
OF_THE_BROKEN = (
    {WRAPPED: dict(IN_TABLE)[WRAPPED]},
    {message: options for message, options in IN_X_HAT.items() if "wrong sign" in message},
    {message: options for message, options in IN_ASKED.items() if "time s" in message},
)
X_HAT_RETURNED = (
    "Stopping before time 0, you returned the last x_hat. The list has one more step.",
    lambda *case: sample(*case, steps=_stopped_early, end=lambda x, x_hat, x_T: x_hat),
)


def _asked_once(v, x_T, times, betas):
    first = v(np.asarray(x_T, float), times[0])
    return sample(lambda x, t: first, x_T, times, betas)


def _from_start(name, network):
    """A rule: x_hat or eps_hat is computed from x_T, or from v(x_T, t) if `network`, where x_t belongs."""
    formula = {"x_hat": _x_hat, "eps_hat": _eps_hat}[name]

    def rule(v, x_T, times, betas):
        start, now = np.asarray(x_T, float), list(times)

        def of_start(x, predicted, signal, noise):
            time = now.pop(0)
            return formula(x, v(start, time), signal, noise) if network else formula(start, predicted, signal, noise)

        if name == "x_hat":
            return sample(v, x_T, times, betas, x_hat=of_start)
        return sample(v, x_T, times, betas, eps_hat=of_start)

    return rule


def _evenly(whole, times, betas):
    return whole(np.linspace(len(betas), 0, len(times))).astype(int).tolist()


ALONE = (
    X_HAT_RETURNED,
    ("The network is asked once, before the first step. Ask it in every step.", _asked_once),
    (
        "You began at time T, the number of betas. times[0] may be less.",
        lambda v, x_T, times, betas: sample(v, x_T, [len(betas), *times[1:]], betas),
    ),
    (
        "You took each time from T, the number of betas, down to 0. The times are those of the list.",
        lambda v, x_T, times, betas: sample(v, x_T, list(range(len(betas), -1, -1)), betas),
    ),
    (
        "You made one step too many, from T, the number of betas, to times[0]. x_T is the image at times[0].",
        lambda v, x_T, times, betas: sample(v, x_T, [len(betas), *times], betas),
    ),
    *(
        (
            "You took evenly spaced times from T, the number of betas, to 0. The times are those of the list.",
            lambda v, x_T, times, betas, whole=whole: sample(v, x_T, _evenly(whole, times, betas), betas),
        )
        for whole in (np.asarray, np.round)
    ),
    *(
        (f"{name} is computed from {start} in every step. It is computed from {right}.", _from_start(name, network))
        for name in ("x_hat", "eps_hat")
        for start, right, network in (("x_T", "x_t", False), ("v(x_T, t)", "v(x_t, t)", True))
    ),
)
MISTAKES = [
    *rules(sample, *GROUPS, most=1),
    *ALONE,
    *rules(sample, *OF_THE_BROKEN, least=3, most=3),
    *rules(sample, LIKELY_IN_TABLE, *GROUPS[1:-2], least=2),
]
