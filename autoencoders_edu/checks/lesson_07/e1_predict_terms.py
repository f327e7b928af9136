"""07.1 predict_terms: what five changes do to the two terms of a VAE's loss."""

import numpy as np

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.exercises.expect import Failed, brief, expect
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "07.1",
    "predict_terms",
    points=1,
    minutes=6,
    why="The two terms of a VAE's loss pull against each other, and many surprises come from a changed balance.",
    hints=(
        "Think of KL as a price. Each change makes the code cheaper or dearer, or leaves the prices as they are: what "
        "will the trained model buy more of?",
        "Divide the whole loss by something and the optimum stays. Divide one term only, and it moves.",
        "What should the encoder say about a latent that the decoder has no use for? What does that cost?",
    ),
    on_success="Two terms, one trade. And a mean over pixels is no change of units: it is a KL term counted once for "
    "each pixel.",
)
def check_predict_terms(probe):
    answer = ask_for(
        probe, "predict_terms", "Give each change a pair of words: first that for kl, then that for error."
    )
    truth = measured(probe.rng)
    if not isinstance(answer, dict) or set(answer) != set(truth):
        raise Failed(f"predict_terms should be a dict with the keys {', '.join(truth)}. Received: {brief(answer)}.")
    predicted = {change: _two_words(change, answer[change]) for change in truth}
    wrong = [
        f'"{change}": you predicted that {name} {word}; at the optimum of a linear VAE it does not.'
        for change in truth
        for name, word, right in zip(("kl", "error"), predicted[change], truth[change], strict=True)
        if word != right
    ]
    expect(not wrong, "\n".join([misreading(predicted, truth) if wrong else "", *wrong]))


def _two_words(change, answer):
    if isinstance(answer, (list, tuple)) and len(answer) == 2 and all(word in WORDS for word in answer):
        return tuple(answer)
    raise Failed(
        f'predict_terms["{change}"] should be two words, for kl and for error, each one of '
        f"{', '.join(map(repr, WORDS))}. Received: {brief(answer)}."
    )


RISES, FALLS, STAYS = "rises", "falls", "stays"
WORDS = (RISES, FALLS, STAYS)
CHANGES = ("halved noise", "kl twice", "no kl", "idle latent", "pixel mean")
PIXELS, LATENTS = 64, 6


def measured(rng):
    """From each change to (what kl does, what error does), for a linear VAE of random data with four directions."""
    noise = 0.1
    directions = np.sort(rng.uniform(1, 4, 4))[::-1]  # variances; everything else varies less than the noise does
    variances = np.concatenate([directions, np.full(PIXELS - 4, 0.5 * noise**2 / 4)])
    before = optimum(variances, noise, LATENTS, weight=1)
    changed = {
        "halved noise": optimum(variances, noise / 2, LATENTS, weight=1),
        "kl twice": optimum(variances, noise, LATENTS, weight=2),
        "no kl": optimum(variances, noise, LATENTS, weight=1e-9),
        "idle latent": optimum(variances, noise, LATENTS + 1, weight=1),
        "pixel mean": optimum(variances, noise, LATENTS, weight=PIXELS),
    }
    return {change: tuple(map(_direction, before, after)) for change, after in changed.items()}


def optimum(variances, noise, latents, weight):
    """(kl, error) of the linear VAE with the least error / (2 noise^2) + weight * kl, of data with these variances.

    A weight on the KL acts like a noise that is larger by its root. A direction of variance v is then worth a latent
    while v > weight * noise^2: the latent costs log(v / (weight * noise^2)) / 2 nats, and leaves weight * noise^2 of v.
    (Tipping and Bishop 1999, Eq. 8; Lucas et al. 2019, section 4.)
    """
    level = weight * noise**2
    used = np.sort(variances)[::-1][:latents]
    used = used[used > level]
    kl = 0.5 * np.sum(np.log(used / level))
    return kl, np.sum(variances) - np.sum(used) + level * len(used)


def _direction(before, after):
    return STAYS if np.isclose(before, after, rtol=0.01) else RISES if after > before else FALLS


def misreading(predicted, truth):
    """The misconception behind a wrong prediction, in a sentence or two."""
    if all(predicted[change] == truth[change][::-1] for change in truth):
        return "You seem to have given error first. The order is kl, error."
    if predicted["pixel mean"] == (STAYS, STAYS):
        return (
            '"pixel mean": a mean over 64 pixels is not the same loss in other units. The KL term is not divided, so '
            "against it the reconstruction counts 64 times less than before."
        )
    if predicted["no kl"][0] != truth["no kl"][0]:
        return (
            '"no kl": what a loss no longer mentions does not become zero, it becomes free. What does an encoder do '
            "when it may make its codes as exact as it likes?"
        )
    if predicted["idle latent"][0] != STAYS:
        return (
            '"idle latent": KL is not a fee for each latent. A latent whose q is the prior costs '
            "zero nats, and one that cannot reduce the error will be left there."
        )
    if predicted["kl twice"][0] == RISES:
        return (
            '"kl twice": the term\'s share of the loss is one thing, the KL of the trained model another. What becomes '
            "dearer is bought less."
        )
    if predicted["halved noise"][0] != truth["halved noise"][0]:
        return (
            '"halved noise": with a smaller stddev the same squared error costs more nats, since it is divided by '
            "2 stddev^2. What will the model buy to avoid it, and what does it pay with?"
        )
    return next(
        (text for (change, term), text in TERM_BY_TERM.items() if predicted[change][term] != truth[change][term])
    )


TERM_BY_TERM = {
    ("kl twice", 0): '"kl twice": a term that weighs more is worth making smaller.',
    ("kl twice", 1): (
        '"kl twice": the terms are two sides of a trade. A model with fewer nats in its code knows less about x, '
        "and its error grows."
    ),
    ("no kl", 1): (
        '"no kl": the KL term was what kept q wide, and a noisy code costs error. Without that term the code gets '
        "exact, and the error does not stay what it was."
    ),
    ("halved noise", 1): (
        '"halved noise": an error that costs more nats is worth avoiding. The model spends nats on its code, and what '
        "it buys with them is a smaller error."
    ),
    ("pixel mean", 0): '"pixel mean": a KL term that counts 64 times as much as before makes the code shorter.',
    ("pixel mean", 1): (
        '"pixel mean": against the reconstruction the KL term counts 64 times as much as before. A code that costs '
        "so much is cut, and the error pays for it."
    ),
    ("idle latent", 1): (
        '"idle latent": the four directions worth describing have a latent each already. A seventh latent has nothing '
        "left to tell the decoder."
    ),
}
