"""08.4 RepairedVAE: a VAE with four faults in its sampling."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.lesson_08.vae_training import expect_fit, expect_loss, expect_step
from autoencoders_edu.checks.shared.models import expect_any_batch, make_from_class, runs
from autoencoders_edu.checks.shared.reparameterization import (
    EQUATION,
    LOG_VARIANCE,
    NO_NOISE,
    ONE_FOR_BATCH,
    ONE_FOR_LATENTS,
    ROOT,
    ROOT_OF_LOG,
    VARIANCE,
)
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect, expect_array, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "08.4",
    "repaired_vae",
    points=4,
    minutes=20,
    why="None of these faults raises an error, and under all of them the loss falls. You have to know what to ask.",
    hints=(
        "Ask draw for a batch of two equal images. Are the two samples equal? Should they be?",
        "Compare the spread of many draws for one image with exp(log_variance / 2); draw returns log_variance, too.",
        "Take one step of training with the KL term left out. Which weights have moved? And what should encode return "
        "when it is asked twice about the same image?",
    ),
    on_success="Four faults, no error message. Sampling needs its own noise for each number, the right size, a path "
    "back, and silence when the code is used.",
)
def check_repaired_vae(probe):
    pixels, latent_dim = 11, 3  # so that no two weights have the same shape
    model = make_from_class(probe, "RepairedVAE", pixels=pixels, latent_dim=latent_dim)
    _expect_any_batch(probe, model, pixels)
    vae = VAEWithKnownWeights(model, pixels, latent_dim, probe.rng)
    vae.expect_draws()
    vae.expect_encode()
    vae.expect_dice_in_call()
    expect_loss(vae)
    expect_step(vae)
    return partial(expect_fit, vae)


def _expect_any_batch(probe, model, pixels):
    """The model runs with several images; otherwise `Failed` with what it can be run with, or the learner's error."""
    x = probe.rng.integers(0, 2, (7, pixels)).astype("float32")
    try:
        expect_any_batch(model, x, (32, 1), "The size may differ from call to call: `ops.shape(mean)` gives it.")
    except LearnerError as error:
        if runs(lambda: probe.make("RepairedVAE", pixels, pixels).make("", x)):
            raise Failed(
                "Your model runs only with as many latents as pixels: the noise has the shape of x. It needs that of "
                f"the mean, one number for each latent.\n{error}"
            ) from None
        raise


ROWS = 600


HALVES = "The first half of the encoder's output is the mean, the second half the log-variance."
CODE = "The code of an image is the mean of q(z|x)."
INVERSE = "The sign of the log-variance is reversed: you divided the noise by the stddev. A large one means wide draws."
OTHER_CODES = {
    "encode returns the log-variance, the second half of the encoder's output.": lambda log_variance: log_variance,
    "encode returns the stddev.": lambda log_variance: np.exp(log_variance / 2),
    "encode returns the variance.": np.exp,
}


class VAEWithKnownWeights:
    """A learner's RepairedVAE whose weights are replaced by random ones, and what is expected of it."""

    def __init__(self, model, pixels, latent_dim, rng):
        self.model, self.pixels, self.latent_dim, self.rng = model, pixels, latent_dim, rng
        images = rng.integers(0, 2, (3, pixels)).astype("float32")
        images[1] = 1 - images[0]  # surely another image
        self.x = np.repeat(images, ROWS // 3, axis=0)
        model.call("", self.x)  # makes the weights
        self.kernel, self.bias, self.decoder, self.shift = self._replace_weights()
        outputs = self.x @ self.kernel + self.bias
        self.mean, self.log_variance = outputs[:, :latent_dim], outputs[:, latent_dim:]

    def _replace_weights(self):
        """Random weights, as encoder kernel and bias, decoder kernel and bias; `Failed` if there are others."""
        shapes = [np.shape(weight) for weight in self.model.call("get_weights")]
        p, d = self.pixels, self.latent_dim
        wanted = {(p, 2 * d): 0.4, (2 * d,): 0.3, (d, p): 0.7, (p,): 0.3}  # shape and scale
        if sorted(shapes) != sorted(wanted):
            raise Failed(
                f"Keep the two Dense layers as they are. Expected weights of shapes {', '.join(map(str, wanted))}; "
                f"received {', '.join(map(str, shapes)) or '(none)'}."
            )
        new = {shape: self.rng.normal(0, scale, shape).astype("float32") for shape, scale in wanted.items()}
        new[2 * d,][d:] -= 1.0  # log-variances around -1, where variance, stddev and |log-variance| differ
        self.model.call("set_weights", [new[shape] for shape in shapes])
        return [new[shape].astype(float) for shape in wanted]

    def expect_draws(self):
        """draw returns z, mean and log_variance, and z is spread as it should be."""
        drawn = self.model.call("draw", self.x)
        expect(
            isinstance(drawn, (tuple, list)) and len(drawn) == 3,
            f"draw(x) should return z, mean and log_variance. Received: {brief(drawn)}.",
        )
        z = drawn[0]
        if np.shape(z) == self.mean.shape and np.asarray(z).dtype.kind == "f":
            lost = np.isnan(np.asarray(z))
            expect(not lost.any() or not np.array_equal(lost, self.log_variance < 0), f"{ROOT_OF_LOG}\n{EQUATION}")
        z, mean, log_variance = (
            expect_array(part, self.mean.shape, f"{name} of draw(x)")
            for part, name in zip(drawn, ("z", "mean", "log_variance"), strict=True)
        )
        self._expect_order(z, mean, log_variance)
        expect_close(mean, self.mean, HALVES, "The mean that draw returns", atol=1e-3)
        expect_close(log_variance, self.log_variance, HALVES, "The log-variance that draw returns", atol=1e-3)
        expect(not np.allclose(z, self.mean, atol=1e-3), NO_NOISE)
        expect(
            not np.allclose(z, self.model.call("draw", self.x)[0]),
            "draw gives the same noise at each call: a fixed seed. Every step of training needs new noise; use "
            "`self.noise`.",
        )
        self._expect_noise((z - self.mean) / np.exp(self.log_variance / 2))

    def _expect_order(self, *parts):
        """`Failed` if draw returns the right mean and log-variance in other places than the second and third."""
        known = {"mean": self.mean, "log_variance": self.log_variance}
        order = [next((n for n, value in known.items() if np.allclose(p, value, atol=1e-3)), "z") for p in parts]
        expect(
            sorted(order) != ["log_variance", "mean", "z"] or order == ["z", "mean", "log_variance"],
            f"draw returns {', '.join(order)}, in this order. It should return z, mean, log_variance. {HALVES}",
        )

    def _expect_noise(self, noise):
        """epsilon as z tells it: of size 1, another for each example and each latent; or `Failed`."""
        spread_over_examples = noise[: ROWS // 3].std(axis=0)  # one and the same image
        expect(np.max(spread_over_examples) > 1e-3, ONE_FOR_BATCH)
        relative = {
            VARIANCE: np.exp(self.log_variance / 2),
            LOG_VARIANCE: self.log_variance / np.exp(self.log_variance / 2),
            ROOT: np.exp(-self.log_variance / 4),
            INVERSE: np.exp(-self.log_variance),
        }
        for message, factor in relative.items():
            spreads = (noise / factor).reshape(3, -1, self.latent_dim).std(axis=1)
            expect(not np.allclose(spreads, 1, atol=0.25) or self._sized(noise), f"{message}\n{EQUATION}")
        expect(
            not (np.all(noise >= -1e-4) or np.all(noise <= 1e-4)),
            "Your noise has one sign: no draw lies on the other side of the mean. N(0, 1) has both: leave epsilon as "
            "keras.random.normal draws it.",
        )
        shared = np.corrcoef(noise.T)[np.triu_indices(self.latent_dim, 1)]
        expect(np.max(np.abs(shared)) < 0.5, ONE_FOR_LATENTS)
        expect(
            not self._multiplied(noise),
            f"For all images and latents alike, draws spread {noise.std():.2g} times as widely as q(z|x): the noise is "
            f"multiplied by the stddev and by another number. {EQUATION}",
        )
        expect(
            self._sized(noise) and abs(noise.mean()) < 0.2,
            f"The draws are not spread as q(z|x) is. {EQUATION}\n(z - mean) / stddev should have mean 0 and stddev 1. "
            f"Received mean {noise.mean():.2f} and stddev {noise.std():.2f}, over {noise.size} draws.",
        )
        self._expect_normal(noise)

    def _expect_normal(self, noise):
        """epsilon has the tails of N(0, 1), or `Failed`. Of 1800 draws, 129 lie beyond 1.8 on average, 5 beyond 3."""
        expect(
            np.sum(np.abs(noise) > 1.8) > 60 and np.sum(np.abs(noise) > 3) < 25,
            "Your noise has the right mean and stddev, but is not normal: the KL term and q(z|x) are those of a "
            "normal. Take it from keras.random.normal.",
        )

    def _multiplied(self, noise):
        """Whether this is noise from N(0, 1), but for a factor that is the same for all images and latents."""
        scaled = noise / noise.std()
        normal = np.sum(np.abs(scaled) > 1.8) > 60 and np.sum(np.abs(scaled) > 3) < 25 and abs(scaled.mean()) < 0.15
        return normal and self._sized(scaled) and not self._sized(noise)

    def _sized(self, noise):
        return np.allclose(noise.reshape(3, -1, self.latent_dim).std(axis=1), 1, atol=0.3)

    def expect_encode(self):
        """encode is deterministic and returns the mean, or `Failed`."""
        x = self.x[:: ROWS // 6]
        first, second = (self.model.call("encode", x) for _ in range(2))
        expect(not isinstance(first, (tuple, list)), f"encode returns several things. {CODE} Return that alone.")
        both = np.concatenate([self.mean, self.log_variance], axis=1)[:: ROWS // 6]
        expect(
            np.shape(first) != both.shape or not np.allclose(first, both, atol=1e-3),
            f"encode returns the encoder's whole output, mean and log-variance side by side. {CODE}",
        )
        first = expect_array(first, (len(x), self.latent_dim), "encode(x)")
        expect(
            np.allclose(first, second, atol=1e-5),
            "encode is random: asked twice for the code of the same image, it gave two answers. Noise belongs to "
            "the ELBO; the code of an image is the mean of q(z|x).",
        )
        log_variance = self.log_variance[:: ROWS // 6]
        for message, value in OTHER_CODES.items():
            expect(not np.allclose(first, value(log_variance), atol=1e-3), f"{message} {CODE}")
        noise = (self._encode_all() - self.mean) / np.exp(self.log_variance / 2)
        expect(
            not self._sized(noise),
            "encode still returns a draw, though always the same one: a fixed seed freezes the noise but does not "
            f"remove it. {CODE}",
        )
        expect_close(first, self.mean[:: ROWS // 6], because=CODE, what="encode(x)", atol=1e-3)

    def _encode_all(self):
        return expect_array(self.model.call("encode", self.x), self.mean.shape, "encode(x)")

    def expect_dice_in_call(self):
        """call decodes another draw each time, in training and in evaluation; or `Failed`."""
        self._expect_dice(
            "call gives the same logits twice: it decodes the mean, not the draw z. There is no noise in training.",
            training=True,
        )
        self._expect_dice(
            "There is noise in training, but none when training is false: call decodes the mean. `evaluate` should "
            "give minus the ELBO, an expectation over draws. At the mean the loss looks better than it is.",
            training=False,
        )

    def _expect_dice(self, message, **options):
        first, second = (self.model.call("", self.x, **options) for _ in range(2))
        if isinstance(first, (tuple, list)):
            expect(not np.allclose(first[0], second[0]), message)
