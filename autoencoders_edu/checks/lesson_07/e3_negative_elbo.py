"""07.3 negative_elbo: the loss of a VAE with Bernoulli pixels."""

import numpy as np
from scipy.special import expit

from autoencoders_edu.checks.shared.normal import bernoulli_cost, if_several, kl_to_prior, mistaken_kl
from autoencoders_edu.exercises.expect import brief, expect_close, expect_finite
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "07.3",
    "negative_elbo",
    points=3,
    minutes=12,
    why="This is the loss that a VAE is trained with. Each way to average it wrongly is a VAE with another weight on "
    "the KL, and nobody is told.",
    hints=(
        "Begin with one pixel: what is -log p of a white pixel, what of a black one, if the coin shows white with "
        "probability p?",
        "Two sums over different axes, then one addition. Which axis must survive both?",
        "For large logits, log(sigmoid(l)) is the logarithm of 0. np.logaddexp(0, l) is log(1 + exp(l)) without "
        "overflow; write the cost of a pixel with it.",
    ),
    on_success="Sum over pixels, sum over latents, one number for each image: a VAE's loss, stable for any logit.",
)
def check_negative_elbo(probe):
    for batch in (int(probe.rng.integers(2, 5)), 1):
        shape = (batch, *(int(n) for n in probe.rng.integers([3, 6, 1], [6, 9, 3])))
        latents = int(probe.rng.integers(2, 6))
        x, logits = probe.rng.integers(0, 2, shape), 2 * probe.rng.normal(size=shape)
        inputs = [a.astype("float32") for a in (x, logits, *probe.rng.normal(size=(2, batch, latents)))]
        exact = [a.astype(float) for a in inputs]
        value = probe.call("negative_elbo", *inputs)
        expect_finite(
            value,
            f"Your result is not finite: {brief(value)}. Did you take the logarithm of logits, or of 1 - logits? They "
            f"are not probabilities and may be negative; p is sigmoid(logits).\n{ELBO}",
        )
        expect_close(
            value,
            bernoulli_cost(*exact[:2]).sum(axis=(1, 2, 3)) + kl_to_prior(*exact[2:]).sum(axis=1),
            because=ELBO,
            what=f"negative_elbo for images of shape {shape}",
            mistakes=if_several(batch, mistaken_elbo, *exact),
        )
    _expect_certain_decoders(probe)


ELBO = (
    "Negative ELBO = -(sum over pixels of x log p + (1 - x) log(1 - p)) + KL( q(z|x) || N(0, I) ), with p = "
    "sigmoid(logits) and the KL summed over latents; one number for each image."
)


def _expect_certain_decoders(probe):
    """A decoder that is certain, and wrong about some pixels: 200 nats for each, not infinitely many."""
    x = probe.rng.integers(0, 2, (2, 3, 4, 1))
    x[:, 0, :2, 0] = [0, 1]  # one of each kind at least
    logits = np.full(x.shape, 200.0) * probe.rng.choice([-1, 1], x.shape)
    logits[:, 0, :2, 0] = [200, -200]
    zeros = np.zeros((2, 2), "float32")
    value = probe.call("negative_elbo", x.astype("float32"), logits.astype("float32"), zeros, zeros)
    expected = bernoulli_cost(x, logits).sum(axis=(1, 2, 3))
    expect_finite(
        value,
        f"For logits of 200 and -200 you return {brief(value)}. The sigmoid of 200 is 1 in any precision, and the "
        f"logarithm of 1 - 1 is minus infinity: work with the logits. Expected {brief(expected)}.\n{ELBO}",
    )
    because = (
        f"If you clip probabilities, a decoder that is certain and wrong is let off, and gets no gradient.\n{ELBO}"
    )
    expect_close(value, expected, because=because, what="negative_elbo for logits of 200 and -200")


def mistaken_elbo(x, logits, mean, log_variance):
    """From messages to what misconceptions make of the negative ELBO."""
    pixels, axes = bernoulli_cost(x, logits), (1, 2, 3)
    reconstruction, divergence = pixels.sum(axis=axes), kl_to_prior(mean, log_variance).sum(axis=1)
    p = expit(logits)
    only_white = np.sum(x * np.logaddexp(0, -logits), axis=axes)
    wrong_kl = {
        f"In your KL: {message}": reconstruction + value
        for message, value in mistaken_kl(mean, log_variance).items()
        if value.shape in ((), reconstruction.shape)
    }
    return {
        "The KL has the wrong sign: you subtract it. The ELBO is log p(x|z) minus KL, so the negative ELBO is "
        "-log p(x|z) plus KL, or the model would be paid for leaving the prior.": reconstruction - divergence,
        "You averaged over the pixels where p(x|z) is a product over them, and its logarithm a sum. This is a KL term "
        f"that counts {pixels[0].size} times too much.": pixels.mean(axis=axes) + divergence,
        "This is the ELBO itself. What is minimised is its negative.": -(reconstruction + divergence),
        "You averaged over the batch: one number for each image is asked for.": np.mean(reconstruction + divergence),
        "The KL is missing. This is the reconstruction alone.": reconstruction,
        "This is the KL alone. The reconstruction, -log p(x|z), is missing.": divergence,
        "Black pixels cost nothing in yours: with x = 0 the coin's log-probability is log(1 - p).": (
            only_white + divergence
        ),
        "This is the squared error: a Gaussian likelihood. Pixels here are coins.": (
            np.sum((x - p) ** 2, axis=axes) + divergence
        ),
        "You took the sigmoid twice, or gave probabilities to a function that wants logits.": (
            np.sum(bernoulli_cost(x, p), axis=axes) + divergence
        ),
        **wrong_kl,
    }
