"""The report of 09.2, the faults of the broken code, and what misconceptions make of it."""

from itertools import product

import numpy as np

from autoencoders_edu.checks.shared.combined import marked, rules

KEYS = ("loss", "reconstruction", "kl", "elbo")


def report(
    log_likelihood,
    kl,
    beta,
    pixels="sum",
    latents="sum",
    sign="minus",
    form="right",
    elbo="free",
    shown="as they are",
    batch="mean",
    dial="as it is",
    end="nats",
):
    """The four numbers of KEYS, marked, each a mean over the batch; each option puts one mistake in."""
    log_p = PIXELS[pixels](np.asarray(log_likelihood, float))
    r, k, beta = -log_p if sign == "minus" else log_p, LATENTS[latents](np.asarray(kl, float)), DIALS[dial](float(beta))
    loss = FORMS[form](r, k, beta)
    numbers = (loss, *SHOWN[shown](r, k, beta), ELBOS[elbo](r, k, beta, loss))
    return marked([ENDS[end](BATCHES[batch](number)) for number in numbers])


PIXELS = {
    "sum": lambda each: each.sum(axis=(1, 2, 3)),
    "mean": lambda each: each.mean(axis=(1, 2, 3)),
    "channels averaged": lambda each: each.mean(axis=3).sum(axis=(1, 2)),
    "rows averaged": lambda each: each.mean(axis=1).sum(axis=(1, 2)),
    "columns averaged": lambda each: each.mean(axis=2).sum(axis=(1, 2)),
    "places averaged": lambda each: each.mean(axis=(1, 2)).sum(axis=1),
    "first channel": lambda each: each[..., 0].sum(axis=(1, 2)),
    "batch, too": lambda each: np.full(len(each), each.sum()),
    "absolute": lambda each: -np.abs(each).sum(axis=(1, 2, 3)),
    "cut at 0": lambda each: np.minimum(each, 0).sum(axis=(1, 2, 3)),
    "image cut at 0": lambda each: np.minimum(each.sum(axis=(1, 2, 3)), 0),
    "784": lambda each: 784 * each.mean(axis=(1, 2, 3)),
    "notebook's": lambda each: 8 * 8 * each.mean(axis=(1, 2, 3)),
}
LATENTS = {
    "sum": lambda each: each.sum(axis=1),
    "mean": lambda each: each.mean(axis=1),
    "largest": lambda each: each.max(axis=1),
    "first": lambda each: each[:, 0],
    "batch, too": lambda each: np.full(len(each), each.sum()),
}
FORMS = {
    "right": lambda r, k, beta: r + beta * k,
    "on reconstruction": lambda r, k, beta: beta * r + k,
    "on both": lambda r, k, beta: beta * (r + k),
    "on neither": lambda r, k, beta: r + k,
    "minus": lambda r, k, beta: r - beta * k,
    "mixture": lambda r, k, beta: (1 - beta) * r + beta * k,
    "normalised": lambda r, k, beta: (r + beta * k) / (1 + beta),
    "divided": lambda r, k, beta: r + k / beta if beta else r + np.inf * k,
    "divided reconstruction": lambda r, k, beta: r / beta + k if beta else np.inf * r,
    "reconstruction subtracted": lambda r, k, beta: beta * k - r,
    "squared": lambda r, k, beta: r + beta**2 * k,
    "one more": lambda r, k, beta: r + (1 + beta) * k,
    "added": lambda r, k, beta: r + k + beta,
    "negated": lambda r, k, beta: -(r + beta * k),
    "kl alone": lambda r, k, beta: beta * k,
    "half": lambda r, k, beta: r + beta * k / 2,
}
ELBOS = {
    "free": lambda r, k, beta, loss: -(r + k),
    "minus loss": lambda r, k, beta, loss: -loss,
    "dial on reconstruction": lambda r, k, beta, loss: -(beta * r + k),
    "dial on kl": lambda r, k, beta, loss: -(r + beta * k),
    "negative": lambda r, k, beta, loss: r + k,
    "kl added": lambda r, k, beta, loss: -r + k,
    "loss": lambda r, k, beta, loss: loss,
    "without kl": lambda r, k, beta, loss: -r,
    "loss over beta": lambda r, k, beta, loss: -loss / beta if beta else -np.inf * loss,
    "r minus k": lambda r, k, beta, loss: r - k,
    "at least one kl": lambda r, k, beta, loss: -(r + max(beta, 1) * k),
    "cut at 0": lambda r, k, beta, loss: np.minimum(-(r + k), 0),
}
SHOWN = {
    "as they are": lambda r, k, beta: (r, k),
    "beta kl": lambda r, k, beta: (r, beta * k),
    "beta r": lambda r, k, beta: (beta * r, k),
    "log p": lambda r, k, beta: (-r, k),
    "exchanged": lambda r, k, beta: (k, r),
    "both weighted": lambda r, k, beta: (beta * r, beta * k),
}
BATCHES = {
    "mean": np.mean,
    "sum": np.sum,
    "median": np.median,
    "first": lambda each: each[0],
    "last": lambda each: each[-1],
    "largest": np.max,
    "smallest": np.min,
    "n - 1": lambda each: np.sum(each) / (len(each) - 1) if len(each) > 1 else np.sum(each),
    "notebook's": lambda each: np.sum(each) / 100,
}
DIALS = {
    "as it is": lambda beta: beta,
    "whole": np.floor,
    "1 for 0": lambda beta: beta or 1.0,
    "at least 1": lambda beta: max(beta, 1.0),
    "at most 1": lambda beta: min(beta, 1.0),
}
ENDS = {
    "nats": lambda number: number,
    "bits": lambda number: number / np.log(2),
    **{f"{digits} digits": lambda number, digits=digits: np.round(number, digits) for digits in range(4)},
}

FAULTS = (
    (
        "where beta stands",
        "beta multiplies the reconstruction. It is the price of a nat of KL, and belongs to the KL alone.",
        {"form": "on reconstruction"},
    ),
    (
        "the pixels",
        "the log-probability of an image is a sum over its pixels and channels. A mean makes the KL count as many "
        "times as much, whatever beta says.",
        {"pixels": "mean"},
    ),
    (
        "the ELBO",
        "-loss is the ELBO at beta = 1 only. The bound on log p(x) is log p(x|z) - KL, and knows no beta: only then "
        "can models trained with different betas be compared.",
        {"elbo": "minus loss"},
    ),
)


def _remaining():
    """(message, rule) for every set of faults still in the code, the full set last."""
    for flags in sorted(product([False, True], repeat=3), key=sum):
        left = [fault for fault, flag in zip(FAULTS, flags, strict=True) if flag]
        if left:
            options = {key: value for *_, more in left for key, value in more.items()}
            places, texts = ", ".join(place for place, *_ in left), [f"In {place}: {text}" for place, text, _ in left]
            yield "\n".join([f"Faults still left: {places}.", *texts]), options


IN_PIXELS = {
    "The channels are averaged in your code: by a mean over them, or by height times width times a mean over all "
    "three. Sum over all three.": {"pixels": "channels averaged"},
    "Over the height you took a mean. Sum over height, width and channels.": {"pixels": "rows averaged"},
    "Over the width you took a mean. Sum over height, width and channels.": {"pixels": "columns averaged"},
    "Over height and width you took a mean, over the channels a sum. Sum over all three.": {
        "pixels": "places averaged"
    },
    "You used the first channel only. Sum over all of them.": {"pixels": "first channel"},
    "You summed log_likelihood over the whole batch. Sum over each image, then take the mean over the batch.": {
        "pixels": "batch, too"
    },
    "You took absolute values of log_likelihood. That of a density may be above 0, and then lowers the cost.": {
        "pixels": "absolute"
    },
    "You cut log_likelihood at 0. That of a density may be above 0, and then lowers the cost.": {"pixels": "cut at 0"},
    "You cut the reconstruction at 0. Where pixels have densities it may be negative.": {"pixels": "image cut at 0"},
    "You multiplied the mean over pixels by 784. How many numbers there are is in the shape, or take the sum.": {
        "pixels": "784"
    },
    "You multiplied the mean over pixels by 64. How many numbers there are is in the shape, or take the sum.": {
        "pixels": "notebook's"
    },
}
IN_LATENTS = {
    "You averaged the KL over the latents. The latents' KLs add up.": {"latents": "mean"},
    "You took the largest KL of the latents. They add up.": {"latents": "largest"},
    "You took the KL of the first latent. They add up.": {"latents": "first"},
    "You summed kl over the whole batch. Sum over the latents of each image, then take the mean over the batch.": {
        "latents": "batch, too"
    },
}
IN_SIGN = {
    "The reconstruction has the wrong sign throughout: it is a cost, minus log_likelihood.": {"sign": "plus"},
}
IN_FORM = {
    "beta multiplies both terms of your loss. It belongs to the KL alone.": {"form": "on both"},
    "beta is not in your loss: it is reconstruction + beta * kl.": {"form": "on neither"},
    "The KL is subtracted in your loss. A cost is added.": {"form": "minus"},
    "You weighted the terms with 1 - beta and beta. The reconstruction keeps its weight of 1.": {"form": "mixture"},
    "You divided the loss by 1 + beta. It is a sum of costs, not an average.": {"form": "normalised"},
    "The KL is divided by beta in your loss. Multiply it.": {"form": "divided"},
    "The reconstruction is divided by beta in your loss. It keeps its weight of 1; beta multiplies the KL.": {
        "form": "divided reconstruction"
    },
    "The reconstruction is subtracted in your loss. It is a cost.": {"form": "reconstruction subtracted"},
    "beta is applied twice to the KL of your loss.": {"form": "squared"},
    "Your loss has the KL one time too often: the weight is beta, not 1 + beta.": {"form": "one more"},
    "beta is added to your loss. It multiplies the KL.": {"form": "added"},
    "Your loss has the wrong sign. It is minimised.": {"form": "negated"},
    "The reconstruction is missing from your loss.": {"form": "kl alone"},
    "Your loss has half of the KL too little: the weight is beta.": {"form": "half"},
}
IN_ELBO = {
    "beta multiplies the reconstruction in your ELBO. The bound knows no beta.": {"elbo": "dial on reconstruction"},
    "beta multiplies the KL in your ELBO. The bound knows no beta: it is log p(x|z) - KL.": {"elbo": "dial on kl"},
    "Your ELBO has the wrong sign: it is a bound on log p(x), and higher is better.": {"elbo": "negative"},
    "The KL is added in your ELBO. It is subtracted: a code is paid for.": {"elbo": "kl added"},
    "Your ELBO is the loss. It is log p(x|z) - KL, without beta.": {"elbo": "loss"},
    "The KL is missing from your ELBO.": {"elbo": "without kl"},
    "Your ELBO is the loss divided by beta. The bound knows no beta.": {"elbo": "loss over beta"},
    "In your ELBO the reconstruction has the wrong sign. It is a cost here: -reconstruction - kl.": {
        "elbo": "r minus k"
    },
    "The KL in your ELBO is multiplied by beta where beta is above 1. That is a bound as well, but the ELBO knows no "
    "beta.": {"elbo": "at least one kl"},
    "You cut the ELBO at 0. Where pixels have densities it may be positive.": {"elbo": "cut at 0"},
}
IN_SHOWN = {
    'Your "kl" is beta times the KL. Report the KL itself: its nats are the rate, whatever they cost.': {
        "shown": "beta kl"
    },
    'Your "reconstruction" is beta times the reconstruction. Report it as it is.': {"shown": "beta r"},
    'Your "reconstruction" is log p(x|z). Report the cost, minus that.': {"shown": "log p"},
    '"reconstruction" and "kl" have changed places in your report.': {"shown": "exchanged"},
    'Your "reconstruction" and your "kl" are both multiplied by beta. Report them as they are.': {
        "shown": "both weighted"
    },
}
IN_BATCH = {
    "You summed over the batch. Report means over it.": {"batch": "sum"},
    "You took the median over the batch. Report means.": {"batch": "median"},
    "You reported the first image. Report means over the batch.": {"batch": "first"},
    "You reported the last image: add up inside the loop, if there is one. Report means over the batch.": {
        "batch": "last"
    },
    "You reported the largest numbers of the batch. Report means.": {"batch": "largest"},
    "You reported the smallest numbers of the batch. Report means.": {"batch": "smallest"},
    "You divided by 100, the notebook's batch size. Take the mean.": {"batch": "notebook's"},
    "You divided by the batch size less 1. A mean divides by the batch size.": {"batch": "n - 1"},
}
IN_DIAL = {
    "You cut beta to a whole number. It is any number from 0 up.": {"dial": "whole"},
    "For beta = 0 you took 1, as `beta or 1` does. With beta = 0 the KL costs nothing.": {"dial": "1 for 0"},
    "You raised beta to 1 where it is smaller. It is any number from 0 up.": {"dial": "at least 1"},
    "You lowered beta to 1 where it is larger. It is any number from 0 up.": {"dial": "at most 1"},
}
IN_END = {
    "Your numbers are in bits. Nats were asked for, without a division by log(2).": {"end": "bits"},
    **{
        f"You rounded the numbers, as by round(number, {digits}). Return them as they are.": {"end": f"{digits} digits"}
        for digits in range(4)
    },
}
WRONG_SIGN = "it is a cost, minus log_likelihood"
IN_SIGNS = {  # a sign that is turned twice is right
    f"The reconstruction has the wrong sign in your report and in your loss: {WRONG_SIGN}. Your ELBO is right.": {
        "sign": "plus",
        "elbo": "r minus k",
    },
    f"The reconstruction has the wrong sign in your loss and in your ELBO: {WRONG_SIGN}. What you report is right.": {
        "sign": "plus",
        "shown": "log p",
    },
    f"Two things. The reconstruction has the wrong sign in your report and in your loss: {WRONG_SIGN}. The KL is added "
    "in your ELBO. It is subtracted: a code is paid for.": {"sign": "plus", "elbo": "negative"},
    f"Two things. The reconstruction has the wrong sign in your report and in your loss: {WRONG_SIGN}. Your ELBO has "
    "the wrong sign: it is a bound on log p(x), and higher is better.": {"sign": "plus", "elbo": "kl added"},
}
LEFT = dict(_remaining())
OTHERS = (IN_PIXELS, IN_LATENTS, IN_SIGN, IN_FORM, IN_ELBO, IN_SHOWN, IN_BATCH)


def _with_left(group):
    """(message, options) for each mistake of a group together with faults that it does not replace."""
    for (message, options), (left, more) in product(group.items(), LEFT.items()):
        if not options.keys() & more.keys():
            yield f"{left}\nAnd another thing. {message}", options | more


MISTAKES = [
    *rules(report, LEFT, most=1),
    *rules(report, *OTHERS, IN_DIAL, IN_END, IN_SIGNS, most=1),
    *(rule for group in OTHERS for rule in rules(report, dict(_with_left(group)), most=1)),
    *rules(report, *OTHERS, least=2),
]
