"""10.3 RepairedCVAE: a conditional VAE with four faults in what hears the class, and in what is drawn."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.lesson_10.cvae_training import expect_fit, expect_loss_and_step
from autoencoders_edu.checks.lesson_10.heard_classes import as_one_number, told_apart
from autoencoders_edu.checks.shared.models import make_from_class
from autoencoders_edu.checks.shared.reparameterization import NO_NOISE
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_array, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "10.3",
    "repaired_cvae",
    points=4,
    minutes=18,
    why="None of these faults raises an error, and under all of them the loss falls. You have to know what to ask.",
    hints=(
        "Ask decode for one z with each of the classes. Should the logits be the same? Ask encode for one x with "
        "classes 0, 1 and 2: how far does its mean move from 0 to 1, and from 1 to 2?",
        "Ask sample for the same class twice, in one call. Are the two images equal? What does the prior say of z?",
        "Train with images of class 3 alone in mind: which column of the one-hot vector do they get, and which "
        "column does sample([3]) use?",
    ),
    on_success="Both networks hear the class, one-hot, by the same name in training and at sampling, and the rest of "
    "an image is drawn from the prior.",
)
def check_repaired_cvae(probe):
    sizes = {
        "pixels": int(probe.rng.integers(10, 13)),
        "latent_dim": int(probe.rng.integers(3, 5)),
        "classes": int(probe.rng.integers(12, 15)),
    }
    cvae = CVAEWithKnownWeights(make_from_class(probe, "RepairedCVAE", **sizes), probe.rng, **sizes)
    cvae.expect_encoder()
    cvae.expect_decoder()
    cvae.expect_samples()
    return partial(_expect_training, cvae)


def _expect_training(cvae):
    """What was right in BrokenCVAE still is: call, the loss, and where training leads; or `Failed`."""
    cvae.expect_one_sample()
    cvae.expect_call()
    expect_loss_and_step(cvae)
    expect_fit(cvae)


EACH = 30  # how many rows each class has in a batch
PRIOR = "z of a sample is drawn from the prior N(0, I): for each sample, and each latent, a number of its own."
NUMBER = (
    "The class enters the {} as one number: from class to class, its output moves by the same step, so that class 5 "
    "lies halfway between 4 and 6. One-hot, each class has weights of its own: ops.one_hot(c, self.classes)."
)
ENCODER_DEAF = "The encoder does not hear the class: encode gives the same for every class. It should be q(z|x,c)."
DECODER_DEAF = (
    "The decoder does not hear the class: with the same z, decode gives the same logits for every class. Whoever "
    "asks for a class then gets any. It should be p(x|z,c)."
)
FIRST_OF_BATCH = "In {}, the whole batch gets the class of its first example. Each has a class of its own."


class CVAEWithKnownWeights:
    """A learner's RepairedCVAE whose weights are replaced by random ones, and what is expected of it."""

    def __init__(self, model, rng, pixels, latent_dim, classes):
        self.model, self.rng = model, rng
        self.pixels, self.latent_dim, self.classes = pixels, latent_dim, classes
        self.c = rng.permutation(np.repeat(np.arange(classes), EACH)).astype("int32")
        self.x = rng.integers(0, 2, (len(self.c), pixels)).astype("float32")
        model.make("call", [self.x[:7], self.c[:7]])  # makes the weights
        self.bias = self._replace_weights()

    def _replace_weights(self):
        """Random weights; returns the encoder's bias. `Failed` if there are other layers."""
        shapes = [np.shape(weight) for weight in self.model.weights()]
        p, d = self.pixels, self.latent_dim
        kernels, biases = ([shape for shape in shapes if len(shape) == rank] for rank in (2, 1))
        if (
            len(shapes) != 4
            or sorted(biases) != sorted([(2 * d,), (p,)])
            or sorted(k[1] for k in kernels) != [2 * d, p]
        ):
            raise Failed(
                f"Keep the two Dense layers as they are: an encoder with {2 * d} outputs and a decoder with {p}, for "
                f"{p} pixels and {d} latents. Received weights of shapes {', '.join(map(str, shapes)) or '(none)'}."
            )
        scales = {2 * d: 0.4, p: 0.8}
        new = [self.rng.normal(0, scales[shape[-1]], shape).astype("float32") for shape in shapes]
        bias = new[shapes.index((2 * d,))]
        bias[d:] -= 2.0  # log-variances around -2
        self.model.call("set_weights", new)
        return bias.astype(float)

    def expect_encoder(self):
        """encode hears x and the class, one-hot; or `Failed`."""
        classes = np.append(np.arange(self.classes), 0).astype("int32")
        one = np.repeat(self.x[:1], len(classes), axis=0)
        outputs = np.concatenate(self.encode(one, classes), axis=1)
        outputs, again = outputs[:-1], outputs[-1]
        expect(
            np.allclose(outputs[0], again, atol=1e-4),
            "For the same image and class, twice in one batch, encode gives two answers: it draws. It should return "
            "the mean and the log-variance of q(z|x,c); call draws z.",
        )
        if not told_apart(outputs).any():
            alone = [np.concatenate(self.encode(one[:1], classes[[k]]), axis=1) for k in (1, 2)]
            raise Failed(FIRST_OF_BATCH.format("encode") if told_apart(np.concatenate(alone)).any() else ENCODER_DEAF)
        expect(not as_one_number(outputs), NUMBER.format("encoder"))
        self._expect_all_apart(outputs, "encoder")

    def encode(self, x, c):
        """mean and log-variance as two arrays, or `Failed`."""
        pair = self.model.call("encode", x, c)
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise Failed(f"encode(x, c) should return mean and log_variance. Received: {brief(pair)}.")
        shape = (len(x), self.latent_dim)
        names = "mean", "log_variance"
        return [expect_array(each, shape, f"{name} of encode(x, c)") for each, name in zip(pair, names, strict=True)]

    def expect_decoder(self):
        """decode hears z and the class, one-hot, and returns logits; or `Failed`. Keeps what it makes of each."""
        d, classes = self.latent_dim, np.arange(self.classes, dtype="int32")
        z = np.concatenate([np.zeros((self.classes, d)), np.eye(d)]).astype("float32")
        logits = self.decode(z, np.concatenate([classes, np.zeros(d, "int32")]))
        self.offsets, self.kernel = logits[: self.classes], logits[self.classes :] - logits[0]
        if not told_apart(self.offsets).any():
            alone = np.concatenate([self.decode(z[:1], classes[[k]]) for k in (1, 2)])
            raise Failed(FIRST_OF_BATCH.format("decode") if told_apart(alone).any() else DECODER_DEAF)
        expect(not as_one_number(self.offsets), NUMBER.format("decoder"))
        expect(
            logits.min() < 0 or logits.max() > 1,
            "decode returns numbers between 0 and 1: probabilities. It should return logits, which the loss and "
            "sample expect.",
        )
        self._expect_all_apart(self.offsets, "decoder")
        expect(
            np.abs(self.kernel).max() > 1e-3,
            "The decoder does not hear z: decode gives the same logits for every z. It should be p(x|z,c).",
        )

    def decode(self, z, c):
        return expect_array(self.model.call("decode", z, c), (len(z), self.pixels), "decode(z, c)")

    def _expect_all_apart(self, outputs, network):
        """`Failed` if the network takes two classes for one."""
        alike = np.argwhere(np.triu(~told_apart(outputs), 1))
        if len(alike):
            one, other = alike[-1]
            raise Failed(
                f"The {network} takes class {one} for class {other}, of {self.classes} classes: its output is the "
                "same for both. Each class needs a column of its own; how many there are is self.classes."
            )

    def explained(self, logits):
        """(class, z) that decode would make these logits of, for each row; class -1 where there is none."""
        from_offsets = logits[:, None] - self.offsets[None]  # (rows, classes, pixels)
        z = from_offsets @ np.linalg.pinv(self.kernel)
        left = np.abs(from_offsets - z @ self.kernel).max(axis=-1)
        best, rows = left.argmin(axis=1), np.arange(len(logits))
        return np.where(left[rows, best] < 0.02, best, -1), z[rows, best]

    def expect_samples(self):
        """sample gives what was asked for, and something new each time; or `Failed`."""
        probabilities = self._samples(self.c)
        found, z = self.explained(np.log(probabilities) - np.log1p(-probabilities))
        self._expect_asked(found)
        expect(
            np.abs(z).max() > 1e-2,
            "Samples of the same class are all equal: sample decodes z = 0, the prior's mean, and draws nothing. "
            f"{PRIOR}",
        )
        expect(np.ptp(z, axis=0).max() > 1e-2, f"All samples of a call have the same z. {PRIOR}")
        again = self._samples(self.c)
        expect(
            not np.allclose(probabilities, again, atol=1e-4),
            f"Asked twice, sample returns the same images: a fixed seed. Use seed=self.noise. {PRIOR}",
        )
        self._expect_standard_normal(z)

    def expect_one_sample(self):
        """sample works for one class as well, or `Failed`, or the learner's error."""
        self._samples(self.c[:1])

    def _samples(self, c):
        """The probabilities of samples, strictly between 0 and 1, or `Failed`."""
        value = expect_array(self.model.call("sample", c), (len(c), self.pixels), f"sample(c) for {len(c)} classes")
        expect(
            not np.isin(value, (0, 1)).all(),
            "sample returns zeros and ones. The probabilities of the pixels are asked for, sigmoid(logits), "
            "neither drawn nor rounded.",
        )
        expect(
            value.min() >= 0 and value.max() <= 1,
            f"sample returns numbers from {value.min():.2f} to {value.max():.2f}. Probabilities are asked for, "
            "sigmoid(logits).",
        )
        return np.clip(value, 1e-12, 1 - 1e-7)

    def _expect_asked(self, found):
        """`Failed` unless each sample is of the class that was asked for."""
        c = self.c
        if np.array_equal(found, c):
            return
        expect(
            found.max() >= 0,
            "What sample returns is not sigmoid(decode(z, c)), for any z and any class. It should be, with z drawn "
            "from the prior N(0, I).",
        )
        rows = np.full(len(c), True)
        rules = {
            "Asked for class c, sample decodes class c - 1. Classes count from 0, in training as well.": (c > 0, c - 1),
            "Asked for class c, sample decodes class c + 1. Classes count from 0, in training as well.": (
                c < self.classes - 1,
                c + 1,
            ),
            "sample returns the examples in the order of their classes, not in the order of the request.": (
                rows,
                np.sort(c),
            ),
            "In sample, the whole batch gets the class of its first example.": (rows, np.full_like(c, c[0])),
            "sample counts the classes backwards.": (rows, self.classes - 1 - c),
            "sample decodes the same class, whichever is asked for.": (rows, np.full_like(c, max(found[0], 0))),
        }
        named = next(
            (text for text, (rows, mistaken) in rules.items() if np.array_equal(found[rows], mistaken[rows])), ""
        )
        row = int(np.argmax(found != c))
        said = f"class {found[row]}" if found[row] >= 0 else "none of the classes, for any z"
        raise Failed(
            f"{named or 'Samples are not of the class that was asked for.'} The order of the classes has to be the "
            f"same in training, where call gives c to decode as it is, and at sampling. Asked for class {c[row]}, "
            f"sample gave what decode makes of {said}."
        )

    def _expect_standard_normal(self, z):
        shared = np.corrcoef(z.T)[np.triu_indices(self.latent_dim, 1)]
        expect(np.abs(shared).max() < 0.5, f"All latents of a sample have the same number. {PRIOR}")
        expect(z.min() < -0.1 and z.max() > 0.1, f"All z lie on one side of 0. {PRIOR}")
        expect(
            np.allclose(z.std(axis=0), 1, atol=0.25) and np.abs(z.mean(axis=0)).max() < 0.3,
            f"z is not drawn from N(0, I). {PRIOR} Received mean {z.mean():.2f} and stddev {z.std():.2f}, over "
            f"{z.size} numbers.",
        )
        share = np.mean(np.abs(z) > 1.8)  # 0.072 of a normal's draws, and of uniform ones of stddev 1 none
        expect(0.02 < share < 0.14, f"z has the right mean and stddev, but is not normal. {PRIOR}")

    def expect_call(self):
        """call decodes a draw of q(z|x,c) with the same class, in training and in evaluation; or `Failed`."""
        self.mean, self.log_variance = self.encode(self.x, self.c)
        for training in (True, False):
            parts = self.model.call("", [self.x, self.c], training=training)
            if not isinstance(parts, (tuple, list)) or len(parts) != 3:
                raise Failed(f"call should return logits, mean and log_variance, as it did. Received: {brief(parts)}.")
            logits = expect_array(parts[0], (len(self.x), self.pixels), "The logits of call")
            for name, part, expected in zip(
                ("mean", "log_variance"), parts[1:], (self.mean, self.log_variance), strict=True
            ):
                because = (
                    "call([x, c]) returns the mean and the log-variance of encode(x, c). It was right in BrokenCVAE."
                )
                expect_close(part, expected, because, f"The {name} of call", atol=1e-3)
            self._expect_draw(logits, f"training={training}")

    def _expect_draw(self, logits, when):
        found, z = self.explained(logits)
        row = int(np.argmax(found != self.c))
        expect(
            np.array_equal(found, self.c),
            f"In call, with {when}, the logits are not what decode(z, c) makes of the class c and some z: for class "
            f"{self.c[row]} they are those of {f'class {found[row]}' if found[row] >= 0 else 'no class'}. Training "
            "and sampling have to use the same order of classes. call was right in BrokenCVAE.",
        )
        noise = (z - self.mean) / np.exp(self.log_variance / 2)
        expect(np.abs(noise).max() > 0.05, f"{NO_NOISE} This is so with {when}. call was right in BrokenCVAE.")
        expect(
            np.allclose(noise.std(axis=0), 1, atol=0.3) and np.abs(noise.mean(axis=0)).max() < 0.3,
            f"In call, with {when}, z is not drawn from q(z|x,c): (z - mean) / stddev should have mean 0 and stddev "
            f"1. Received mean {noise.mean():.2f} and stddev {noise.std():.2f}. call was right in BrokenCVAE.",
        )
