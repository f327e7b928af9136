"""10.3 RepairedCVAE: a conditional VAE with four faults in what hears the class, and in what is drawn."""

from functools import partial

import numpy as np
from scipy.special import logit

from autoencoders_edu.checks.lesson_10.cvae_training import expect_fit, expect_loss_and_step
from autoencoders_edu.checks.lesson_10.heard_classes import as_one_number, row_of_each, told_apart
from autoencoders_edu.checks.shared.models import make_from_class, runs
from autoencoders_edu.checks.shared.reparameterization import NO_NOISE
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect, expect_array, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "10.3",
    "repaired_cvae",
    points=4,
    minutes=15,
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
    try:
        cvae.expect_samples()
    except LearnerError as error:
        raise Failed(f"{_encoded_twice(cvae, error) or _size_written_in(probe, cvae)}{error}") from None
    return partial(_expect_training, cvae)


def _encoded_twice(cvae, error):
    """What is wrong where sample's error is just that of decode for one-hot rows; or ""."""
    z, rows = np.zeros((len(cvae.c), cvae.latent_dim), "float32"), np.eye(cvae.classes, dtype="float32")[cvae.c]
    try:
        cvae.model.make("decode", z, rows)
    except LearnerError as other:
        if all(other.described.get(part) == error.described.get(part) for part in ("type", "message")):
            return (
                "sample fails just as decode does where it is given one-hot rows in place of integers. decode makes c "
                "one-hot by itself: sample hands it on as it is.\n"
            )
    return ""


def _size_written_in(probe, cvae):
    """Which of the notebook's sizes sample runs with, where it does not run with others; or ""."""
    for n in (1, 32, cvae.classes):
        if runs(cvae.model.make, "sample", cvae.c[:n]):
            return f"sample runs for c of length {n}, but not of length {len(cvae.c)}: take it from ops.shape(c)[0].\n"
    usual = make_from_class(probe, "RepairedCVAE", pixels=64, latent_dim=6, classes=10)
    if runs(usual.make, "sample", cvae.c % 10):
        return (
            "sample runs for 64 pixels, 6 latents and 10 classes, as in the notebook, but not for other sizes: they "
            "are self.latent_dim and self.classes.\n"
        )
    return ""


def _expect_training(cvae):
    """What was right in BrokenCVAE still is: call, the loss, and where training leads; or `Failed`."""
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
MIXED = (
    "What {} returns for an example depends on the other examples in the batch. Each has a class of its own, that in "
    "its row of c."
)
DRAWS = (
    "For the same images and classes, asked twice, encode gives two answers: it draws. It should return the mean and "
    "the log-variance of q(z|x,c); call draws z."
)
ROW_OF_ZEROS = (
    "The {} hears nothing of class {}, whose row is all zeros. Classes count from 0, and each has a column of its own: "
    "ops.one_hot(c, self.classes), of c as it is."
)
OTHER_CODE = (
    "The {} tells the classes apart, but does not hear them one-hot: a single 1 in a column of the class's own, and "
    "zeros elsewhere."
)


PAIR = "mean and log_variance are asked for, as in BrokenCVAE."


def _twice_log(stddev):
    return 2 * np.log(stddev)


class CVAEWithKnownWeights:
    """A learner's RepairedCVAE whose weights are replaced by random ones, and what is expected of it."""

    def __init__(self, model, rng, pixels, latent_dim, classes):
        self.model, self.rng = model, rng
        self.pixels, self.latent_dim, self.classes = pixels, latent_dim, classes
        self.c = rng.permutation(np.repeat(np.arange(classes), EACH)).astype("int32")
        self.x = rng.integers(0, 2, (len(self.c), pixels)).astype("float32")
        last = self.c == classes - 1
        model.make("call", [self.x[last], self.c[last]])  # makes the weights
        self._replace_weights()

    def _replace_weights(self):
        """Random weights, which are kept by their numbers of outputs. `Failed` if there are other layers."""
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
        new = [self.rng.normal(0, 0.4, shape).astype("float32") for shape in shapes]
        new[shapes.index((2 * d,))][d:] -= 2.0  # log-variances around -2, if they are the second half
        self.model.call("set_weights", new)
        self.biases = {len(weight): weight.astype(float) for weight in new if weight.ndim == 1}
        self.kernels = {weight.shape[1]: weight.astype(float) for weight in new if weight.ndim == 2}

    def expect_encoder(self):
        """encode hears x and the class, one-hot; or `Failed`. Keeps which output of its layer is which of encode's."""
        classes = np.append(np.arange(self.classes), [0, 2]).astype("int32")  # more rows than classes
        images = np.zeros((len(classes), self.pixels), "float32")
        images[-1] = 1
        outputs = np.concatenate(self.encode(images, classes), axis=1)
        if not np.allclose(outputs[0], outputs[self.classes], atol=1e-4):
            again = np.concatenate(self.encode(images, classes), axis=1)
            raise Failed(MIXED.format("encode") if np.allclose(outputs, again, atol=1e-4) else DRAWS)
        alone = self._alone("encode", lambda k: np.concatenate(self.encode(images[:1], classes[[k]]), axis=1))
        outputs, white = outputs[: self.classes], outputs[-1]
        self._expect_heard(outputs, alone, "encode", "encoder")
        d, own = self.latent_dim, self.kernels[2 * self.latent_dim] + self.biases[2 * self.latent_dim]
        for name, raw in {"variance, exp(log_variance)": np.log, "stddev, exp(log_variance / 2)": _twice_log}.items():
            with np.errstate(invalid="ignore", divide="ignore"):
                changed = np.concatenate([outputs[:, :d], raw(outputs[:, d:])], axis=1)
            expect((row_of_each(np.nan_to_num(changed), own) < 0).any(), f"encode returns the {name}. {PAIR}")
        rows = self._expect_one_hot(outputs, "encoder")
        self.place = np.argsort(own[rows[0]])[np.argsort(np.argsort(outputs[0]))]
        expect(
            not np.allclose(white, outputs[2], atol=1e-3),
            "The encoder does not hear x: encode gives the same for every image. It should be q(z|x,c).",
        )

    def _alone(self, method, ask):
        """What the network makes of class 1, in a batch of one; `Failed` if that raises."""
        try:
            return ask(1)
        except LearnerError as error:
            raise Failed(
                f"{method} runs for a batch in which each of the {self.classes} classes occurs, but not for class 1 "
                f"alone. How many classes there are is self.classes, whichever occur.\n{error}"
            ) from None

    def _expect_heard(self, outputs, alone, method, network):
        """`Failed` unless the outputs for all classes differ, and that of class 1 is the same `alone`."""
        same = np.allclose(outputs[1:2], alone, atol=1e-3)
        if not told_apart(outputs).any():
            deaf = ENCODER_DEAF if network == "encoder" else DECODER_DEAF
            raise Failed(deaf if same else FIRST_OF_BATCH.format(method))
        expect(same, MIXED.format(method))
        expect(not as_one_number(outputs), NUMBER.format(network))
        self._expect_all_apart(outputs, network)

    def _expect_one_hot(self, outputs, network):
        """The kernel's row of each class; `Failed` if the class is not heard by a row of its own."""
        size = outputs.shape[1]
        rows = row_of_each(outputs, self.kernels[size] + self.biases[size])
        silent = row_of_each(outputs, self.biases[size][None]) >= 0
        expect(not silent.any(), ROW_OF_ZEROS.format(network, int(np.argmax(silent))))
        expect((rows >= 0).all(), OTHER_CODE.format(network))
        return rows

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
        alone = self._alone("decode", lambda k: self.decode(z[:1], classes[[k]]))
        self._expect_heard(self.offsets, alone, "decode", "decoder")
        expect(
            logits.min() < 0 or logits.max() > 1,
            "decode returns numbers between 0 and 1: probabilities. It should return logits, which the loss and "
            "sample expect.",
        )
        self._expect_one_hot(self.offsets, "decoder")
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

    def explained(self, logits, pixels=slice(None)):
        """(class, z) that decode would make these logits of, for each row; class -1 where there is none."""
        from_offsets = (logits[:, None] - self.offsets[None])[..., pixels]  # (rows, classes, pixels)
        kernel = self.kernel[:, pixels]
        z = from_offsets @ np.linalg.pinv(kernel)
        left = np.abs(from_offsets - z @ kernel).max(axis=-1)
        best, rows = left.argmin(axis=1), np.arange(len(logits))
        return np.where(left[rows, best] < 0.004, best, -1), z[rows, best]

    def explained_samples(self, probabilities):
        """(class, z, clear) for each row, from the pixels whose logit float32 keeps; not clear if too few are left."""
        kept = (probabilities > 1e-6) & (probabilities < 0.9995)
        clear = kept.sum(axis=1) > self.latent_dim + 2
        found, z = self.explained(logit(probabilities))
        for row in np.flatnonzero(clear & ~kept.all(axis=1)):
            found[row], z[row] = (part[0] for part in self.explained(logit(probabilities[[row]]), kept[row]))
        return found, z, clear

    def expect_samples(self):
        """sample gives what was asked for, and something new each time; or `Failed`."""
        found, z, clear = self.explained_samples(self._samples(self.c))
        expect(
            clear.mean() > 0.5,
            "Of most samples, nearly all pixels are certain, black or white. decode gives no such logits for z of the "
            f"prior's size. {PRIOR}",
        )
        self._expect_asked(np.where(clear, found, self.c))
        expect(
            clear.all(), f"Of some samples, nearly all pixels are certain: z is far larger than it should be. {PRIOR}"
        )
        expect(
            np.abs(z).max() > 1e-2,
            "Samples of the same class are all equal: sample decodes z = 0, the prior's mean, and draws nothing. "
            f"{PRIOR}",
        )
        expect(np.ptp(z, axis=0).max() > 1e-2, f"All samples of a call have the same z. {PRIOR}")
        within = [np.ptp(z[self.c == c], axis=0).max() for c in range(self.classes)]
        expect(max(within) > 1e-2, f"All samples of a class have the same z. {PRIOR}")
        one, other = self._samples(self.c[:1]), self._samples(self.c[:1])
        expect(
            not np.allclose(one, other, atol=1e-4) or abs(self.explained(logit(one))[1]).max() < 1e-3,
            f"Asked twice, sample returns the same images: a fixed seed. Use seed=self.noise. {PRIOR}",
        )
        self._expect_standard_normal(z)
        expect(
            not np.allclose(one, other, atol=1e-4),
            f"For a single class, sample decodes z = 0. Is z centred over the batch? {PRIOR}",
        )

    def _samples(self, c):
        """The probabilities of samples, strictly between 0 and 1, or `Failed`."""
        value = expect_array(self.model.call("sample", c), (len(c), self.pixels), f"sample(c) for {len(c)} classes")
        expect(
            not np.isin(value, (0, 1)).all(),
            "sample returns zeros and ones. The probabilities of the pixels are asked for, sigmoid(logits), "
            "neither drawn nor rounded.",
        )
        expect(
            len(c) == 1 or not np.allclose(value.sum(axis=1), 1, atol=1e-3),
            "The pixels of each sample add up to 1: a softmax. A pixel's probability is independent of the others', "
            "sigmoid(logits).",
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
            np.mean(found >= 0) > 0.5,  # class -1 of code that decodes c - 1 is none
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
            "sample returns the examples in the reverse order of the request.": (rows, c[::-1]),
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
        expect(shared.min() < 0.99, f"All latents of a sample have the same number. {PRIOR}")
        expect(np.abs(shared).max() < 0.5, f"The latents of a sample depend on each other. {PRIOR}")
        expect(z.min() < -0.1 and z.max() > 0.1, f"All z lie on one side of 0. {PRIOR}")
        expect(
            not 1.95 < np.abs(z).max() < 2.02,
            f"z goes from -2 to 2 and no further, as numbers from keras.random.truncated_normal do. {PRIOR}",
        )
        expect(
            # of over 1000 numbers, the stddev has a standard error of 0.02, and the mean one of 0.03
            np.allclose(z.std(axis=0), 1, atol=0.25)
            and abs(z.std() - 1) < 0.12
            and abs(z.mean()) < 0.16
            and np.abs(z.mean(axis=0)).max() < 0.3,
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
