"""Checks of lesson 7, From points to distributions."""

import numpy as np

from autoencoders_edu.exercises.checks import _elbo, _evidence, _optima
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_close, expect_finite
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "07.1",
    "predict_terms",
    points=1,
    minutes=6,
    why="The two terms of a VAE's loss pull against each other, and many surprises come from a changed balance.",
    hints=(
        "Think of KL as a price. Each change makes the code cheaper, dearer, or leaves the prices as they are: what "
        "will the trained model buy more of?",
        "Divide the whole loss by something and the optimum stays. Divide one term only, and it moves.",
        "What should the encoder say about a latent that the decoder has no use for? What does that cost?",
    ),
    on_success="Two terms, one trade. And a mean over pixels is no change of units: it is a KL term counted once for "
    "each pixel.",
)
def check_predict_terms(probe):
    answer, truth = probe.get("predict_terms"), _optima.measured(probe.rng)
    if not isinstance(answer, dict) or set(answer) != set(truth):
        raise Failed(f"predict_terms should be a dict with the keys {', '.join(truth)}. Received: {brief(answer)}.")
    predicted = {change: _two_words(change, answer[change]) for change in truth}
    wrong = [
        f'"{change}": you predicted that {name} {word}; at the optimum of a linear VAE it does not.'
        for change in truth
        for name, word, right in zip(("kl", "error"), predicted[change], truth[change], strict=True)
        if word != right
    ]
    expect(not wrong, "\n".join([_optima.misreading(predicted, truth) if wrong else "", *wrong]))


def _two_words(change, answer):
    if isinstance(answer, (list, tuple)) and len(answer) == 2 and all(word in _optima.WORDS for word in answer):
        return tuple(answer)
    raise Failed(
        f'predict_terms["{change}"] should be two words, for kl and for error, each one of '
        f"{', '.join(map(repr, _optima.WORDS))}. Received: {brief(answer)}."
    )


KL = "KL( q || p ) = 1/2 sum over latents of ( mean^2 + variance - log variance - 1 ), one number for each image."


@exercise(
    "07.2",
    "gaussian_kl",
    points=2,
    minutes=8,
    why="This formula stands in every VAE, and it is easy to get wrong: in sign, sum or what 'variance' is.",
    hints=(
        "Test yourself on the prior: for mean 0 and log_variance 0 every KL must be zero.",
        "Which of variance, standard deviation and log-variance does each term of the formula want, and which are you "
        "given?",
        "One of the terms is the logarithm of the variance. Do you have to compute it?",
    ),
    on_success="Zero at the prior, never negative, a sum over latents, and one number for each image.",
)
def check_gaussian_kl(probe):
    for batch in (int(probe.rng.integers(2, 6)), 1):
        latents = int(probe.rng.choice([n for n in range(2, 8) if n != batch]))
        mean, log_variance = probe.rng.normal(size=(2, batch, latents)).astype("float32")
        value = probe.call("gaussian_kl", mean, log_variance)
        expect_finite(
            value,
            f"Your result is not finite for negative log-variances: {brief(value)}. Did you take the logarithm of "
            f"log_variance? It is already a logarithm; the variance is exp(log_variance).\n{KL}",
        )
        expect_close(
            value,
            _elbo.kl(mean.astype(float), log_variance.astype(float)).sum(axis=1),
            because=KL,
            what=f"gaussian_kl for arrays of shape {mean.shape}",
            mistakes=_if_several(batch, _elbo.mistaken_kl, mean.astype(float), log_variance.astype(float)),
        )
    _expect_narrow_posteriors(probe)


def _if_several(batch, mistaken, *inputs):
    """The mistakes by name, unless there is one image: its sum over the batch is no mistake but a lost axis."""
    return mistaken(*inputs) if batch > 1 else None


def _expect_narrow_posteriors(probe):
    """log_variance may be so small that its exponential is zero in float32."""
    mean, log_variance = probe.rng.normal(size=(3, 2)), probe.rng.uniform(-160, -120, (3, 2))
    value = probe.call("gaussian_kl", mean.astype("float32"), log_variance.astype("float32"))
    expect_finite(
        value,
        f"For log_variance about -140 you return {brief(value)}. Do not take the logarithm of exp(log_variance), which "
        f"is 0 in float32: the logarithm of the variance is what you were given.\n{KL}",
    )
    expected = _elbo.kl(mean, log_variance).sum(axis=1)
    because = f"Do not clip log_variance, and add no small number inside the logarithm.\n{KL}"
    expect_close(value, expected, because=because, what="gaussian_kl for log_variance about -140")


ELBO = (
    "Negative ELBO = -(sum over pixels of x log p + (1 - x) log(1 - p)) + KL( q(z|x) || N(0, I) ), with p = "
    "sigmoid(logits) and the KL summed over latents; one number for each image."
)


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
            _elbo.bernoulli_cost(*exact[:2]).sum(axis=(1, 2, 3)) + _elbo.kl(*exact[2:]).sum(axis=1),
            because=ELBO,
            what=f"negative_elbo for images of shape {shape}",
            mistakes=_if_several(batch, _elbo.mistaken_elbo, *exact),
        )
    _expect_certain_decoders(probe)


def _expect_certain_decoders(probe):
    """A decoder that is certain, and wrong about some pixels: 200 nats for each, not infinitely many."""
    x = probe.rng.integers(0, 2, (2, 3, 4, 1))
    x[:, 0, :2, 0] = [0, 1]  # one of each kind at least
    logits = np.full(x.shape, 200.0) * probe.rng.choice([-1, 1], x.shape)
    logits[:, 0, :2, 0] = [200, -200]
    zeros = np.zeros((2, 2), "float32")
    value = probe.call("negative_elbo", x.astype("float32"), logits.astype("float32"), zeros, zeros)
    expected = _elbo.bernoulli_cost(x, logits).sum(axis=(1, 2, 3))
    expect_finite(
        value,
        f"For logits of 200 and -200 you return {brief(value)}. The sigmoid of 200 is 1 in any precision, and the "
        f"logarithm of 1 - 1 is minus infinity: work with the logits. Expected {brief(expected)}.\n{ELBO}",
    )
    because = (
        f"If you clip probabilities, a decoder that is certain and wrong is let off, and gets no gradient.\n{ELBO}"
    )
    expect_close(value, expected, because=because, what="negative_elbo for logits of 200 and -200")


SAMPLED = (
    "ELBO = mean over samples of log p(x|z) + log p(z) - log q(z|x), with z = mean + exp(log_variance / 2) * epsilon, "
    "each term a sum over pixels or latents."
)


@exercise(
    "07.4",
    "sampled_elbo",
    points=3,
    minutes=15,
    why="A wrong ELBO still trains, and often looks better than a right one. A bound above the truth is a witness.",
    hints=(
        "There are three faults: in how z is drawn, in log p(x|z), and in log q. Say for each line which distribution "
        "it is about.",
        "What is the density of a narrow normal distribution at its mean, compared with that of a wide one? Does log_q "
        "know how wide q is?",
        "Count: how many numbers go into log p(x|z) of one image, and are they summed?",
    ),
    on_success="Three terms from the same draws, and below the truth, as a lower bound must be.",
)
def check_sampled_elbo(probe):
    for batch, samples in ((int(probe.rng.integers(2, 5)), int(probe.rng.integers(6, 9))), (1, 5)):
        case = _elbo.draw_sampled_case(probe.rng, batch, samples)
        expect_close(
            probe.call("sampled_elbo", case.x, case.mean, case.log_variance, case.epsilon, case.decode),
            case.log_weights().mean(axis=0),
            because=SAMPLED,
            what=f"sampled_elbo for {batch} images and {samples} samples of each",
            mistakes=_elbo.remaining_faults(case) | _elbo.new_faults(case),
        )


EVIDENCE = "log p(x) = log N( x; b, W W^T + stddev^2 I ), one number for each image."
BOUND = "The bound is log( 1/K sum over k of exp(log_weights[k]) ), for each image."


@exercise(
    "07.5",
    "log_evidence",
    points=4,
    minutes=20,
    why="A bound is only worth something if you know how far it is from the truth. Here is the one model where you can "
    "look.",
    hints=(
        "x = W z + b + noise. Which is the covariance of W z when z has covariance I, and which is that of the noise? "
        "Independent things add up.",
        "With 400 pixels a determinant may be smaller than any number that a computer knows. np.linalg.slogdet returns "
        "its logarithm.",
        "exp(-2000) is 0. Subtract the largest log-weight of each image first, and add it again at the end.",
    ),
    on_success="An exact likelihood and a bound that climbs to it: now you know what every other VAE only estimates.",
)
def check_log_evidence(probe):
    _expect_evidence(probe)
    _expect_wide_images(probe)
    _expect_bound(probe)


def _draw_linear(rng, batch, pixels, latents, stddev):
    weights, b = rng.normal(size=(pixels, latents)), rng.normal(size=pixels)
    x = rng.normal(size=(batch, latents)) @ weights.T + b + stddev * rng.normal(size=(batch, pixels))
    return x, weights, b, stddev


def _expect_evidence(probe):
    for batch in (int(probe.rng.integers(2, 5)), 1):
        x, weights, b, stddev = _draw_linear(
            probe.rng, batch, int(probe.rng.integers(5, 9)), int(probe.rng.integers(2, 4)), probe.rng.uniform(0.3, 0.7)
        )
        value = probe.call("log_evidence", x, weights, b, stddev)
        if batch == 1 and isinstance(value, (float, np.ndarray)):
            value = np.atleast_1d(value)  # SciPy's logpdf drops the axis of a single image
        expect_close(
            value,
            _evidence.log_evidence(x, weights @ weights.T + stddev**2 * np.eye(len(b)), b),
            because=EVIDENCE,
            what=f"log_evidence for {batch} images of {len(b)} pixels",
            mistakes=_if_several(batch, _evidence.mistaken_evidence, x, weights, b, stddev),
        )


def _expect_wide_images(probe):
    x, weights, b, stddev = _draw_linear(probe.rng, 2, 400, 3, 0.05)
    expected = _evidence.log_evidence(x, weights @ weights.T + stddev**2 * np.eye(400), b)
    value = probe.call("log_evidence", x, weights, b, stddev)
    expect_finite(
        value,
        f"For 400 pixels you return {brief(value)}, expected {brief(expected)}. The determinant of their covariance is "
        "about 10 to the power of -1000, which is 0 to a computer. Sum logarithms instead of taking the logarithm of a "
        "product.",
    )
    expect_close(value, expected, because=EVIDENCE, what="log_evidence for images of 400 pixels")


def _expect_bound(probe):
    for samples, batch in ((int(probe.rng.integers(5, 9)), int(probe.rng.integers(2, 5))), (4, 1)):
        log_weights = probe.rng.normal(-3, 1.5, size=(samples, batch))
        expect_close(
            probe.call("importance_weighted_bound", log_weights),
            _evidence.bound(log_weights),
            because=BOUND,
            what=f"importance_weighted_bound for log-weights of shape {log_weights.shape}",
            mistakes=_if_several(batch, _evidence.mistaken_bound, log_weights),
        )
    _expect_tiny_weights(
        probe,
        [-2000, -2000],
        "exp(-2000) is 0 to a computer: take off the largest log-weight before the exponential, and add it behind the "
        "logarithm.",
    )
    _expect_tiny_weights(
        probe,
        [-2000, -100],
        "exp(-1900) is 0 to a computer, too: each image has a largest log-weight of its own, and that one is to be "
        "taken off.",
    )


def _expect_tiny_weights(probe, centers, advice):
    """The bound of two images' log-weights about these centers."""
    log_weights = probe.rng.normal(centers, 3, size=(6, 2))
    value, expected = probe.call("importance_weighted_bound", log_weights), _evidence.bound(log_weights)
    expect_finite(
        value,
        f"For log-weights about {centers[0]} of one image and about {centers[1]} of another you return {brief(value)}, "
        f"expected {brief(expected)}. {advice}",
    )
    expect_close(value, expected, because=BOUND, what="importance_weighted_bound", rtol=1e-6)
