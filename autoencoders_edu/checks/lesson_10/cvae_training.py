"""What 10.3 asks of a conditional VAE's loss and training: its value, one step, and `fit`."""

import numpy as np

from autoencoders_edu.checks.shared.reparameterization import DETACHED
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect

RATE = 0.01  # the learning rate of Keras's "sgd"
COPIES = 4  # of each image in the batch, so that the noise matters less
LOSS = (
    "The loss is not minus the ELBO: the mean over images of the reconstruction, summed over pixels, plus the KL "
    "term, the sum over latents of (exp(log_variance) + mean^2 - 1 - log_variance) / 2. It was right in BrokenCVAE."
)
# From messages to losses, of a reconstruction, a KL, and the numbers of pixels and latents.
OTHER_LOSSES = {
    "The reconstruction is a mean over pixels in your loss. In the ELBO it is the sum.": lambda r, kl, p, d: r / p + kl,
    "The KL term is missing from your loss.": lambda r, kl, p, d: r,
    "The KL term counts twice in your loss.": lambda r, kl, p, d: r + 2 * kl,
    "The KL term counts half in your loss.": lambda r, kl, p, d: r + kl / 2,
    "The KL term is a mean over latents in your loss. It is the sum.": lambda r, kl, p, d: r + kl / d,
    "The KL term is subtracted in your loss.": lambda r, kl, p, d: r - kl,
    "The -1 is missing from your KL term.": lambda r, kl, p, d: r + kl + d / 2,
}


def expect_loss_and_step(cvae):
    """The loss of a batch is minus the ELBO, and the step that it leads to goes where it should; or `Failed`."""
    cvae.model.call("compile", optimizer="sgd", run_eagerly=True)
    batch = [np.repeat(part, COPIES, axis=0) for part in (cvae.x, cvae.c)]
    loss = float(np.ravel(cvae.model.call("train_on_batch", batch))[0])
    expected, error = _expected(cvae)
    kl = np.sum(np.exp(cvae.log_variance) + cvae.mean**2 - 1 - cvae.log_variance, axis=1).mean() / 2
    _expect_loss(cvae, loss, expected[-1], kl, 6 * error[-1] + 1e-3)
    _expect_step(cvae, expected[:-1], error[:-1])


def _expect_loss(cvae, loss, reconstruction, kl, near):
    if abs(loss - reconstruction - kl) < near:
        return
    sizes, of_one = (cvae.pixels, cvae.latent_dim), loss / (COPIES * len(cvae.x))
    fitting = [text for text, rule in OTHER_LOSSES.items() if abs(loss - rule(reconstruction, kl, *sizes)) < near]
    if abs(of_one - reconstruction - kl) < near:
        fitting.append("Your loss is a sum over the batch. It is a mean.")
    named = f"{fitting[0]}\n" if len(fitting) == 1 else ""
    raise Failed(f"{named}{LOSS}\nReceived {loss:.2f} nats per image; expected about {reconstruction + kl:.2f}.")


def _expected(cvae, repeats=12):
    """The expected gradient of the reconstruction for the encoder's bias, and behind it the reconstruction itself.

    Returns them, (2 * latent_dim + 1,), and their standard errors in a single pass through the batch, whose images are
    given: only the noise is drawn.
    """
    found, stddev = [], np.exp(cvae.log_variance / 2)
    for _ in range(repeats):
        epsilon = cvae.rng.normal(size=cvae.mean.shape)
        logits = (cvae.mean + stddev * epsilon) @ cvae.kernel + cvae.offsets[cvae.c]
        back = (1 / (1 + np.exp(-logits)) - cvae.x) @ cvae.kernel.T
        nats = np.sum(np.logaddexp(0, logits) - cvae.x * logits, axis=1, keepdims=True)
        found.append(np.concatenate([back, back * epsilon * stddev / 2, nats], axis=1))
    variance_of_each = np.var(found, axis=0, ddof=1)
    return np.mean(found, axis=(0, 1)), np.sqrt(variance_of_each.mean(axis=0) / (COPIES * len(cvae.x)))


def _expect_step(cvae, expected, error):
    """One step of gradient descent pushes the encoder as reconstruction and KL together should, or `Failed`."""
    new = next(w for w in cvae.model.weights() if np.shape(w) == cvae.bias.shape)
    step = (cvae.bias - new) / RATE
    kl = np.concatenate([cvae.mean, (np.exp(cvae.log_variance) - 1) / 2], axis=1).mean(axis=0)
    expect(not np.allclose(step, 0, atol=1e-4), "One step of training leaves the encoder where it was.")
    expect(not np.allclose(step, kl, atol=2e-3), f"{DETACHED} Only the KL term moves it.")
    expect(
        bool(np.all(np.abs(step - kl - expected) < 7 * error + 2e-3)),
        "In a step of gradient descent the encoder's bias does not move as the negative ELBO asks. Received, without "
        f"the KL part, {brief(step - kl)}; expected about {brief(expected)}.",
    )


def expect_fit(cvae):
    """The compiled training of the notebook runs, too, with batches of two sizes and new noise; or `Failed`."""
    cvae.model.call("compile", optimizer="sgd")
    try:
        cvae.model.make("fit", [cvae.x, cvae.c], batch_size=2 * len(cvae.x) // 3 + 1, verbose=0)
        first, second = (np.ravel(cvae.model.call("test_on_batch", [cvae.x, cvae.c]))[0] for _ in range(2))
    except LearnerError as error:
        raise Failed(
            "Your model runs eagerly, but not in `fit`, where the size of the batch is not known beforehand and "
            f"tensors have no values yet. Use keras.ops and keras.random, and sizes from `ops.shape`.\n{error}"
        ) from None
    expect(
        first != second,
        "In `fit` and `evaluate` your model draws the same noise in every step. Take noise from `keras.random` with "
        "`seed=self.noise`.",
    )
    for _ in range(2):  # sampling still works, for a batch of another size
        cvae.model.make("sample", cvae.c[:5])
