"""08.2 reparameterize: a sample that gradients can pass through."""

from dataclasses import dataclass

import numpy as np

from autoencoders_edu.checks.shared.answers import expect_close_entries, expect_same_again
from autoencoders_edu.checks.shared.normal import limited, lost_axis
from autoencoders_edu.checks.shared.reparameterization import (
    DETACHED,
    EQUATION,
    LOG_VARIANCE,
    NO_NOISE,
    ONE_FOR_BATCH,
    ONE_FOR_LATENTS,
    ROOT,
    ROOT_OF_LOG,
    VARIANCE,
)
from autoencoders_edu.exercises.expect import Failed, expect, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "08.2",
    "reparameterize",
    points=2,
    minutes=5,
    why="Every VAE contains this line. Written wrongly, it still runs, and the loss still falls.",
    hints=(
        "A variance is a squared standard deviation, and a log-variance its logarithm. Which function turns one into "
        "the other?",
        "log(stddev^2) = 2 log(stddev). Solve it for stddev.",
        "The values are right, and no gradient comes through? Everything between the arguments and the result has to "
        "be keras.ops: NumPy and stop_gradient both forget where a number came from.",
    ),
    on_success="Right draws, and a path back to the mean and to the log-variance: the encoder hears what becomes of z.",
)
def check_reparameterize(probe):
    for batch in (int(probe.rng.integers(2, 7)), 1):
        case = draw_case(probe.rng, batch)
        z = probe.call("reparameterize", *case.inputs)
        expect_same_again(z, probe.call("reparameterize", *case.inputs), OWN_NOISE)
        _expect_noise_used(z, probe.call("reparameterize", *case.inputs[:2], -case.epsilon), case)
        expect_sample(z, case)
        slopes = probe.gradients("reparameterize", case.inputs, case.weights)
        expect_gradients(slopes, case)
    _expect_extremes(probe)


def _expect_extremes(probe):
    """log_variance is clipped neither below nor above."""
    epsilon = probe.rng.choice([-1, 1], (4, 3)) * probe.rng.uniform(0.5, 2, (4, 3))
    log_variance = probe.rng.uniform(25, 30, (4, 3)) * np.array([[-1], [-1], [1], [1]])
    case = PosteriorWithNoise(*(a.astype("float32") for a in (np.zeros((4, 3)), log_variance, epsilon, epsilon)))
    expect_close(
        probe.call("reparameterize", *case.inputs),
        np.exp(log_variance / 2) * epsilon,
        because=EQUATION,
        what="reparameterize with mean 0 and log_variance about -27 (two images) and 27 (two more)",
        mistakes={message: np.exp(changed / 2) * epsilon for message, changed in limited(log_variance).items()}
        | {
            f"You add 1e-{n} to the stddev. It needs no help: exp(log_variance / 2) is never 0 or less.": (
                np.exp(log_variance / 2) + 10.0**-n
            )
            * epsilon
            for n in range(1, 13)
        },
        atol=0,
    )


@dataclass(frozen=True)
class PosteriorWithNoise:
    """What `reparameterize` is given, and weights for the sum of its output whose gradient is asked."""

    mean: np.ndarray
    log_variance: np.ndarray
    epsilon: np.ndarray
    weights: np.ndarray

    @property
    def inputs(self):
        return self.mean, self.log_variance, self.epsilon

    @property
    def stddev(self):
        return np.exp(self.log_variance / 2)

    def sample(self, stddev, epsilon=None):
        return self.mean + stddev * (self.epsilon if epsilon is None else epsilon)


def draw_case(rng, batch):
    shape = (batch, int(rng.integers(batch + 1, batch + 5)))  # never square
    mean, log_variance, epsilon, weights = rng.normal(size=(4, *shape)).astype("float32")
    log_variance *= 1.5
    epsilon.flat[0] = rng.choice([-2.5, 2.5])  # where clipped noise shows
    epsilon.flat[-1], log_variance.flat[-1] = 1.5, -4  # where a number added to the variance shows
    return PosteriorWithNoise(mean, log_variance, epsilon, weights)


OWN_NOISE = (
    "Called twice with the same arguments, your function returned two different results: it draws noise of its own. "
    f"The noise is given here, as epsilon. {EQUATION}"
)


def _expect_noise_used(z, other, case):
    """`Failed` if z, which is not the mean, is the same for other noise."""
    z, other = np.asarray(z), np.asarray(other)
    if z.shape == other.shape == case.mean.shape and z.dtype.kind == other.dtype.kind == "f":
        noisy = np.any(np.abs(z - case.mean) > 0.1 * case.stddev)
        expect(
            not noisy or not np.array_equal(z, other),
            "Your z is the same whatever epsilon is: it holds noise of its own, the same in every call, as with a "
            f"fixed seed. {EQUATION}",
        )


def expect_sample(z, case):
    """The values, or `Failed`."""
    e, lv = case.epsilon, case.log_variance
    lost = np.isnan(z) if np.shape(z) == lv.shape and np.asarray(z).dtype.kind == "f" else np.zeros(lv.shape, bool)
    if lost.any() and np.array_equal(lost, lv < 0):
        raise Failed(f"z is nan where log_variance is negative, and there alone. {ROOT_OF_LOG}\n{EQUATION}")
    expect_close_entries(
        z,
        case.sample(case.stddev),
        because=EQUATION,
        what="reparameterize(mean, log_variance, epsilon)",
        mistakes=lost_axis(case.sample(case.stddev))
        | _other_noise(case)
        | {
            VARIANCE: case.sample(np.exp(lv)),
            LOG_VARIANCE: case.sample(lv),
            ROOT: case.sample(np.exp(lv / 4)),
            "The half belongs inside: exp(log_variance / 2), not exp(log_variance) / 2.": case.sample(np.exp(lv) / 2),
            "You doubled the log-variance. A root halves a logarithm.": case.sample(np.exp(2 * lv)),
            ROOT_OF_LOG: case.sample(np.sqrt(np.where(lv > 0, lv, np.nan))),
            ONE_FOR_BATCH: case.sample(case.stddev, e[:1]),
            ONE_FOR_LATENTS: case.sample(case.stddev, e[:, :1]),
            NO_NOISE: case.mean,
            "You subtracted the noise. As epsilon and -epsilon are equally likely, these are fair draws, but "
            "with the other sign: keep to the equation.": case.sample(-case.stddev),
            "You multiplied the mean as well: only the noise is scaled.": (case.mean + e) * case.stddev,
            "You exchanged mean and log_variance: the arguments come in the order mean, log_variance, epsilon.": (
                lv + np.exp(case.mean / 2) * e
            ),
            **{
                f"You add 1e-{n} to the stddev. It needs no help: exp(log_variance / 2) is never 0 or less.": (
                    case.sample(case.stddev + 10.0**-n)
                )
                for n in (1, 2, 3)
            },
            "You added the noise as it is: it has to be multiplied by the stddev, exp(log_variance / 2).": case.sample(
                1
            ),
            "One stddev for the whole batch: you averaged it over the images. Each image has its own.": case.sample(
                case.stddev.mean(axis=0)
            ),
            "One stddev for all latents: you averaged it over them. Each latent has its own.": case.sample(
                case.stddev.mean(axis=1, keepdims=True)
            ),
            "You multiplied the noise by the stddev and left out the mean: z = mean + stddev * epsilon.": (
                case.stddev * e
            ),
            "You took the absolute value of the noise. Half of the draws lie below the mean.": case.sample(
                case.stddev, np.abs(e)
            ),
            "You took softplus(log_variance) for the stddev. That is the right function for a number that is no "
            "logarithm; "
            "here exp(log_variance / 2) is asked for.": case.sample(np.log1p(np.exp(lv))),
            "You took one stddev for all, from the mean of the log-variances. Each number has its own.": case.sample(
                np.exp(lv.mean() / 2)
            ),
            "You raised 2 to log_variance / 2. The logarithm is natural: exp.": case.sample(2 ** (lv / 2)),
            **{
                f"You add 1e-{n} to the variance. It needs no help: exp(log_variance) is never 0 or less.": case.sample(
                    np.sqrt(np.exp(lv) + 10.0**-n)
                )
                for n in (1, 2, 3)
            },
            "You divided the noise by the stddev. A large stddev means wide draws.": case.sample(1 / case.stddev),
        },
    )


def _other_noise(case):
    """From messages to samples whose noise was normalised, for batches of several; or scaled by a number."""
    e = case.epsilon.astype(float)
    normalised = "You normalised the noise: {}. It is drawn from N(0, 1) already: use it as it is."
    changed = {
        f"The noise is multiplied by {name}, besides the stddev. The equation has no such number.": number * e
        for name, number in {"1/2": 0.5, "2": 2, "0.1": 0.1, "0.01": 0.01, "10": 10, "sqrt(2)": 2**0.5}.items()
    } | {
        "You clipped the noise to [-1, 1]. N(0, 1) goes further: use it as it is.": np.clip(e, -1, 1),
        "You clipped the noise to [-2, 2]. N(0, 1) goes further: use it as it is.": np.clip(e, -2, 2),
    }
    if len(e) > 1:  # a batch of one has no spread of its own
        for what, axis in {"over all of it": None, "over the images": 0, "over the latents": 1}.items():
            mean, size = (measure(e, axis=axis, keepdims=True) for measure in (np.mean, np.std))
            changed[normalised.format(f"its stddev {what} is 1 for you")] = e / size
            changed[normalised.format(f"its mean {what} is 0 for you, its stddev 1")] = (e - mean) / size
            changed[normalised.format(f"its mean {what} is 0 for you")] = e - mean
            length = np.sqrt(np.sum(e**2, axis=axis, keepdims=True))
            changed[normalised.format(f"its length {what} is 1 for you")] = e / length
    return {message: case.sample(case.stddev, noise) for message, noise in changed.items()}


def expect_gradients(slopes, case):
    """The gradients for mean and log-variance, or `Failed`."""
    for_mean = case.weights
    for_log_variance = case.weights * case.epsilon * case.stddev / 2
    found = [np.asarray(slope, float) for slope in slopes[:2]]
    dead = [np.allclose(slope, 0, atol=1e-6) for slope in found]
    expect(not all(dead), f"{DETACHED} Received the gradient 0 for every mean and for every log-variance.")
    expect(not dead[0], "The mean is detached: z depends on it, but no gradient comes back to it.")
    expect(
        not dead[1],
        "The stddev is detached: z depends on the log-variance, but no gradient comes back to it. The encoder could "
        "never learn how sure it is.",
    )
    because = "dz/dmean = 1 and dz/dlog_variance = stddev * epsilon / 2."
    expect_close(found[0], for_mean, because, "The gradient for the mean", atol=1e-4)
    expect_close(found[1], for_log_variance, because, "The gradient for the log-variance", atol=1e-4)
