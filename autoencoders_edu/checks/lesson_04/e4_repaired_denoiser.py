"""04.4 RepairedDenoiser: a denoising autoencoder with four faults in its noise."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.lesson_04.denoiser_training import expect_fit, expect_loss, expect_training_loss
from autoencoders_edu.checks.lesson_04.noise_in_training import expect_noise
from autoencoders_edu.checks.shared.models import expect_any_batch, make_from_class
from autoencoders_edu.exercises.expect import Failed, expect, expect_array, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "04.4",
    "repaired_denoiser",
    points=4,
    minutes=20,
    why="None of these faults raises an error, and the loss looks better with them than without.",
    hints=(
        "Ask a model for the same image twice, without training. Should the two answers differ? Who has made the image "
        "noisy, where a denoiser is used?",
        "Call corrupt for two equal images, one black and one white pixel each. Is the noise the same in both? How "
        "dark can the black pixel become?",
        "What would a perfect copier get as its loss from this compute_loss? And what from one that compares with the "
        "clean image?",
    ),
    on_success="Noise in training alone, for each pixel its own, not clipped, and a clean target. The loss is higher "
    "now, and means something.",
)
def check_repaired_denoiser(probe):
    pixels, units = 7, 10  # so that no two weights have the same shape
    noise_stddev = float(probe.rng.uniform(0.77, 0.8))
    model = make_from_class(probe, "RepairedDenoiser", pixels=pixels, units=units, noise_stddev=noise_stddev)
    x = probe.rng.uniform(size=(5, pixels)).astype("float32")
    expect_any_batch(model, x, (64, 1), ANY_SIZE, training=True)
    denoiser = DenoiserWithKnownWeights(model, pixels, units, noise_stddev, probe.rng)
    denoiser.expect_silence()
    denoiser.expect_noise()
    denoiser.expect_layers()
    expect_loss(denoiser)
    expect_training_loss(denoiser)
    return partial(expect_fit, denoiser)


ANY_SIZE = "The size may differ from call to call: `ops.shape(x)` gives it."
SILENT = "call(x), without training, restores what it is given, as it is. Somebody else has corrupted it."
UNCHANGED = (
    "Three faults of the broken class are still there, and perhaps the fourth: call corrupts x without training, too; "
    "the noise is the same for all images; and the noisy image is kept between 0 and 1. Begin with the first."
)
LAYERS = (
    "Keep the two layers: the encoder is a Dense layer with a relu, the decoder a Dense layer without an activation."
)


class DenoiserWithKnownWeights:
    """A learner's RepairedDenoiser whose weights are replaced, and what is expected of it.

    With `known`, it returns input @ mix + shift, since all units of the relu are on, so that what the encoder was given
    can be read off.

    Attributes:
        images: a few images, one with two pixels that are not between 0 and 1.
        x: the same, each many times.
    """

    def __init__(self, model, pixels, units, noise_stddev, rng):
        self.model, self.pixels, self.units, self.noise_stddev, self.rng = model, pixels, units, noise_stddev, rng
        self.images = rng.uniform(0.1, 0.9, (3, pixels))
        self.images[0, ::2], self.images[0, 1::2], self.images[1, 1:4], self.images[2, 2:] = 0, 1, 0, 1
        self.images[1, 4:6] = -rng.uniform(0.6, 0.8), 1 + rng.uniform(0.6, 0.8)
        self.x = np.repeat(self.images, 250, axis=0).astype("float32")
        self._expect_weights()
        self._use_known()

    def _expect_weights(self):
        shapes = [np.shape(weight) for weight in self.model.call("get_weights")]
        wanted = [(self.pixels, self.units), (self.units,), (self.units, self.pixels), (self.pixels,)]
        if sorted(shapes) != sorted(wanted):
            raise Failed(
                f"Keep the two Dense layers as they are. Expected weights of shapes {', '.join(map(str, wanted))}; "
                f"received {', '.join(map(str, shapes)) or '(none)'}."
            )
        self._shapes = shapes

    def set_weights(self, kernel, bias, back, shift):
        new = {np.shape(weight): np.asarray(weight, "float32") for weight in (kernel, bias, back, shift)}
        self.model.call("set_weights", [new[shape] for shape in self._shapes])

    def _use_known(self):
        p, rng = self.pixels, self.rng
        turn = np.linalg.qr(rng.normal(size=(p, p)))[0]
        self.mix, self.shift = turn @ np.diag(np.linspace(1.3, 2.2, p)) @ turn.T, rng.normal(size=p)
        kernel = 0.5 * rng.normal(size=(p, self.units))
        bias = np.full(self.units, 15.0)
        back = np.linalg.pinv(kernel) @ self.mix
        self.known = kernel, bias, back, self.shift - bias @ back
        self.set_weights(*self.known)

    def given(self, **options):
        """What the encoder was given for x, as the output tells it, and the output itself."""
        drawn = self.model.call("", self.x, **options)
        expect(
            not isinstance(drawn, (tuple, list, dict)),
            f"call returns a {type(drawn).__name__} of {len(drawn)}. Return the restored images alone.",
        )
        drawn = expect_array(drawn, self.x.shape, "call(x)")
        return (drawn - self.shift) @ np.linalg.inv(self.mix), drawn

    def expect_silence(self):
        """Without training, x goes in as it is, or `Failed`."""
        first, _ = self.given()  # training=False is how expect_loss asks
        if np.allclose(first, self.x, atol=1e-2):
            return
        (second, _), (trained, _) = self.given(training=False), self.given(training=True)
        noisy = not np.allclose(first, second, atol=1e-2)
        expect(
            not noisy or not np.allclose(trained, self.x, atol=1e-2),
            f"The noise is on the wrong side: there is some without training, and none in training. {SILENT}",
        )
        if noisy:
            self._expect_not_as_broken(first)
        expect(
            not noisy,
            f"There is noise without training: asked twice for the same images, call gives two answers. {SILENT} Look "
            "at the argument `training`.",
        )
        strays = first - self.x
        expect(
            strays[:250].std(axis=0).max() < 0.05,  # one and the same image
            "Without training, call gives different answers for equal images, though always the same ones: something "
            f"is added to x. A fixed seed freezes noise, but does not remove it. {SILENT}",
        )
        self.expect_layers()
        expect_close(
            first, self.x, SILENT, "What the encoder gets without training, as far as the output tells,", atol=1e-2
        )

    def _expect_not_as_broken(self, given):
        """`Failed` if this noise has the other faults of the broken class as well."""
        shared = np.ptp(given[:250], axis=0).max() < 1e-2  # one and the same image
        clipped = given.min() > -1e-2 and given.max() < 1 + 1e-2
        expect(not (shared and clipped), f"{UNCHANGED} {SILENT}")

    def expect_noise(self):
        """In training, x is corrupted as it should be, or `Failed`."""
        (first, drawn), (second, _) = self.given(training=True), self.given(training=True)
        self._expect_on_input(drawn - self.x @ self.mix - self.shift)
        expect_noise(first, second, self)
        self._expect_noise_of_one()

    def _expect_noise_of_one(self):
        """`Failed` if the noise of a single image is 0, or adds up to 0, each time."""
        noises = []
        for image in self.x[:3]:
            drawn = np.asarray(self.model.call("", image[None], training=True))
            noises.append((drawn - self.shift) @ np.linalg.inv(self.mix) - image)
        expect(np.abs(noises).max() > 1e-2, "A batch of one image gets no noise in training.")
        expect(
            np.abs(np.mean(noises, axis=(1, 2))).max() > 2e-3,
            "You subtract the noise's mean: each time, the noise of a single image adds up to 0. Noise from N(0, 1) "
            "does so on average alone; take it as it is drawn.",
        )

    def _expect_on_input(self, strays):
        """`Failed` if the output strays from that for clean images as it does with noise on the code or the output."""
        places = {
            "Your noise is added to the output. It belongs to the input: the network is to remove it.": np.eye(
                self.pixels
            ),
            "Your noise is added to the code, behind the encoder. It belongs to the input: x is corrupted.": self.known[
                2
            ],
        }
        found = np.cov(strays.T)
        for message, back in places.items():
            expected = self.noise_stddev**2 * back.T @ back
            expect(np.linalg.norm(found - expected) > 0.2 * np.linalg.norm(expected), message)

    def expect_layers(self):
        """With other weights, and for one image, the two layers do what they did; or `Failed`."""
        rng, p, u = self.rng, self.pixels, self.units
        weights = [rng.normal(size=shape) for shape in ((p, u), (u,), (u, p), (p,))]
        self.set_weights(*weights)
        kernel, bias, back, shift = weights
        x = rng.normal(size=(1, p)).astype("float32")
        code = x @ kernel + bias
        drawn = np.maximum(code, 0) @ back + shift
        of_clipped = np.maximum(np.clip(x, 0, 1) @ kernel + bias, 0) @ back + shift
        expect_close(
            self.model.call("", x),
            drawn,
            LAYERS,
            "With weights of ours in your model, its output",
            {
                "The encoder's relu is missing.": code @ back + shift,
                "You clip the restored images to [0, 1]. They may have any values.": np.clip(drawn, 0, 1),
                "You clip what the encoder is given, without training as well.": of_clipped,
                "There is a sigmoid on the decoder's output.": 1 / (1 + np.exp(-drawn)),
                "There is a relu on the decoder's output.": np.maximum(drawn, 0),
                "You return x - output: the restored image is the output.": x - drawn,
                "You return x + output: the restored image is the output.": x + drawn,
            },
            atol=1e-3,
        )
        self.set_weights(*self.known)
