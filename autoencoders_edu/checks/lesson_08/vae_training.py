"""What 08.4 asks of a VAE's loss and training: its value, one step, and `fit`."""

import numpy as np

from autoencoders_edu.checks.shared.reparameterization import DETACHED
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect

RATE = 0.01  # the learning rate of Keras's "sgd"
LOSS = (
    "`evaluate` does not give minus the ELBO: the mean over images of the reconstruction, summed over pixels, plus the "
    "KL term, the sum over latents of (exp(log_variance) + mean^2 - 1 - log_variance) / 2, as BrokenVAE computes it."
)
PIXEL_MEAN = "Your reconstruction is a mean over pixels. In the ELBO it is the sum, or the KL term weighs too much."
# From messages to the losses, of a reconstruction, a KL and the number of latents.
OTHER_LOSSES = {
    "The KL term is missing from your loss. It is part of minus the ELBO, and was right.": lambda r, kl, d: r,
    "The KL term counts twice in your loss.": lambda r, kl, d: r + 2 * kl,
    "The KL term counts half in your loss: its 1/2 is there twice.": lambda r, kl, d: r + kl / 2,
    "The KL term is a mean over latents in your loss. It is the sum.": lambda r, kl, d: r + kl / d,
    "The KL term is subtracted in your loss.": lambda r, kl, d: r - kl,
    "The -1 is missing from your KL term. No gradient depends on it, but the loss is no bound without it.": (
        lambda r, kl, d: r + kl + d / 2
    ),
}


def expect_loss(vae):
    """The loss of evaluation is minus the ELBO, constants included, or `Failed`."""
    vae.model.call("compile", optimizer="sgd", run_eagerly=True)
    loss, reconstruction, kl, error = _measured(vae, slice(None))
    received = f"Received {loss:.2f} nats per image; expected about {reconstruction + kl:.2f}."
    near = 4 * error  # over nine standard errors of the mean of eight passes
    expect(abs(loss - reconstruction / vae.pixels - kl) > near / vae.pixels, f"{PIXEL_MEAN}\n{received}")
    if abs(loss - reconstruction - kl) >= near:
        raise Failed(f"{_other_loss(vae)}{LOSS}\n{received}")


def _measured(vae, rows, passes=8):
    """The loss of some passes through these rows; their reconstruction, their KL, and the error of one pass."""
    loss = np.mean([np.ravel(vae.model.call("test_on_batch", vae.x[rows]))[0] for _ in range(passes)])
    reconstruction, error = (part[-1] for part in _reconstruction(vae, rows, repeats=3 * passes))
    kl = np.sum(np.exp(vae.log_variance) + vae.mean**2 - 1 - vae.log_variance, axis=1)[rows].mean() / 2
    return loss, reconstruction, kl, error


def _other_loss(vae):
    """The message of the one rule that gives the losses of each of the three images; "" if none or several do."""
    size = len(vae.x) // 3
    images = [_measured(vae, slice(start, start + size), passes=24) for start in range(0, len(vae.x), size)]
    fitting = [
        message
        for message, rule in OTHER_LOSSES.items()
        if all(abs(loss - rule(r, kl, vae.latent_dim)) < error for loss, r, kl, error in images)  # four standard errors
    ]
    return f"{fitting[0]}\n" if len(fitting) == 1 else ""


def expect_step(vae):
    """One step of gradient descent pushes the encoder as reconstruction and KL together should, or `Failed`."""
    vae.model.call("compile", optimizer="sgd", run_eagerly=True)
    vae.model.call("train_on_batch", vae.x)
    new = next(w for w in vae.model.call("get_weights") if np.shape(w) == vae.bias.shape)
    step = (vae.bias - new) / RATE
    kl = np.concatenate([vae.mean, (np.exp(vae.log_variance) - 1) / 2], axis=1).mean(axis=0)
    expected, error = (part[:-1] for part in _reconstruction(vae))
    expect(not np.allclose(step, 0, atol=1e-4), "One step of training leaves the encoder where it was.")
    expect(not np.allclose(step, kl, atol=2e-3), f"{DETACHED} Only the KL term moves it.")
    push, d = step - kl, vae.latent_dim
    half = "Only half of the path is there: the reconstruction sends a gradient to the {}, but none to the {}."
    expect(not np.allclose(push[d:], 0, atol=2e-3), half.format("means", "log-variances"))
    expect(not np.allclose(push[:d], 0, atol=2e-3), half.format("log-variances", "means"))
    expect(
        bool(np.all(np.abs(push - expected) < 7 * error + 1e-3)),
        "In a step of gradient descent the encoder's bias does not move as the negative ELBO asks: the mean over "
        "images of the reconstruction, summed over pixels, plus the KL term. Received, without the KL part, "
        f"{brief(push)}; expected about {brief(expected)}.",
    )


def _reconstruction(vae, rows=slice(None), repeats=20):
    """The expected gradient of the reconstruction for the encoder's bias, and behind it the reconstruction itself.

    Returns them, (2 * latent_dim + 1,), and their standard errors in a single pass through the images.
    """
    found, x, mean, stddev = [], vae.x[rows], vae.mean[rows], np.exp(vae.log_variance[rows] / 2)
    for _ in range(repeats):
        epsilon = vae.rng.normal(size=mean.shape)
        logits = (mean + stddev * epsilon) @ vae.decoder + vae.shift
        back = (1 / (1 + np.exp(-logits)) - x) @ vae.decoder.T
        nats = np.sum(np.logaddexp(0, logits) - x * logits, axis=1, keepdims=True)
        found.append(np.concatenate([back, back * epsilon * stddev / 2, nats], axis=1).mean(axis=0))
    return np.mean(found, axis=0), np.std(found, axis=0, ddof=1)


def expect_fit(vae):
    """The compiled training of the notebook runs, too, with batches of two sizes and new noise; or `Failed`."""
    vae.model.call("compile", optimizer="sgd")
    try:
        vae.model.make("fit", vae.x, batch_size=2 * len(vae.x) // 3, verbose=0)
        first, second = (np.ravel(vae.model.call("test_on_batch", vae.x))[0] for _ in range(2))
    except LearnerError as error:
        raise Failed(
            "Your model runs eagerly, but not in `fit`, where the size of the batch is not known beforehand. Give "
            f"the noise the shape `ops.shape(mean)`; it comes from `keras.random`, with `seed=self.noise`.\n{error}"
        ) from None
    expect(
        first != second,
        "In `fit` and `evaluate` your model draws the same noise in every step: NumPy draws it once, when the step "
        "is compiled. Take noise from `keras.random` with `seed=self.noise`.",
    )
