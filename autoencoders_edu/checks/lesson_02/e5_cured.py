"""02.5 explained and cured: an overcomplete autoencoder that does not copy."""

from contextlib import suppress
from functools import partial

import numpy as np

from autoencoders_edu.checks.shared.digits import digits
from autoencoders_edu.checks.shared.explaining import draw_case, explained
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect, expect_array, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "02.5",
    "cured",
    points=4,
    minutes=25,
    why="It is easy to say that a model does not copy. Here you build one with all the room it needs, and prove "
    "that it does not copy.",
    hints=(
        "`explained` compares two errors on the same inputs: that of the model, and that of the best constant image.",
        "Lesson 2 compares seven remedies at several strengths. Two need only a different class and one more argument.",
        "Too much of a remedy kills the digits as well. Print both shares after training, and turn its strength down "
        "or up.",
    ),
    on_success="256 numbers for 64 pixels, and yet noise does not come back. It is not the width that makes a copier, "
    "but having no reason to do better.",
)
def check_cured(probe):
    n, height, width = (int(size) for size in probe.rng.integers([20, 3, 6], [40, 6, 9]))
    for case in (draw_case(probe.rng, (n, 8, 8, 1)), draw_case(probe.rng, (n, height, width, 2), worse=True)):
        _expect_explained(probe.call("explained", case, case.inputs), case)
    return expect_cured(probe.remote("cured"), probe.rng)


def _expect_explained(share, case):
    differs = np.shape(share) != () or not np.allclose(share, case.share, rtol=1e-3)
    wrong = case.fed_other_inputs and differs
    received = f"Received {brief(share)}, expected {case.share:.4g}."
    expect(
        not differs or case.called,
        "explained(reconstruct, inputs) never called the function that it is given, reconstruct. It is to measure any "
        f"model, not `cured` alone.\n{received}",
    )
    expect(
        not (wrong and case.fed_flat_inputs),
        "explained(reconstruct, inputs) flattened the images before it handed them to reconstruct, which takes what it "
        f"returns: images of shape {case.inputs.shape[1:]}.\n{received}",
    )
    expect(
        not wrong,
        "explained(reconstruct, inputs) showed the function other images than the inputs it was given. A proof "
        f"about noise has to look at the noise.\n{received}",
    )
    expect_close(
        share,
        case.share,
        because="explained = 1 - (mean of (x - x')^2) / (mean of (x - m)^2), with m the mean image of the inputs.",
        what=f"explained(reconstruct, inputs) for inputs of shape {case.inputs.shape}",
        mistakes=case.mistakes,
    )


CODE, FREE_DIMENSIONS, LEAST_STEPS, MOST_WEIGHTS = 256, 20, 150, 4 * 10**6
MOST_NOISE, LEAST_DIGITS, COPIES = 0.2, 0.5, 0.6  # shares of variance
MOST_NOISE_LATER = 0.5  # after training on: without a remedy it is 0.75 and more, with one it stays where it was
N, N_NOISE = 120, 400


def expect_cured(model, rng):
    """Room for a copy, digits that come back, noise that does not; or `Failed`. Returns the slow last part, to call."""
    test = digits().x_test
    test = test[rng.choice(len(test), N, replace=False)]
    _expect_code_that_is_drawn(model, test, rng)
    noise = _draw_noise(rng)
    drawn_noise, drawn = (_reconstructed(model, x) for x in (noise, test))
    noise_share, digits_share = explained(noise, drawn_noise), explained(test, drawn)
    came_back = (
        f"Received: {noise_share:.3f} of fresh noise and {digits_share:.3f} of test digits came back. "
        f"Expected: at most {MOST_NOISE} of the noise, at least {LEAST_DIGITS} of the digits."
    )
    inputs = rng.uniform(-1, 2, (100, *test.shape[1:])).astype("float32")
    _expect_many_dimensions("the code", model.call("encode", inputs))
    fault = _lost_digits(noise_share, digits_share, _varies(drawn) / _varies(test))
    steps = _steps(model)
    expect(not (fault and steps == 0), f"{UNTRAINED}\n{came_back}")
    _expect_trained(steps)
    expect(not fault, f"{fault}\n{came_back}")
    _expect_many_dimensions("what is drawn from it", _reconstructed(model, inputs))
    _expect_many_dimensions("what decode draws from codes close to one of them", _drawn_nearby(model, test, rng))
    fault = _returned_noise(model, noise_share, rng)
    expect(not fault, f"{fault}\n{came_back}")
    return partial(_expect_remedy, model, steps, noise)


def _varies(images):
    return np.mean(images.var(axis=0))


UNTRAINED = "`fit` was never called: your model has been trained for 0 steps."


def _steps(model):
    """How many steps the model has been trained for; None if it does not count them."""
    try:
        return int(model.get("optimizer.iterations"))
    except (LearnerError, TypeError, ValueError):
        return None


def _expect_trained(steps):
    """Enough steps of training, if the model counts them; or `Failed`."""
    expect(
        steps is None or steps >= LEAST_STEPS,
        f"Your model was trained for {steps} steps only. That early no model returns noise, with a remedy or "
        f"without one. Train it for at least {LEAST_STEPS} steps, which is nine epochs in batches of 64.",
    )


EPOCHS, ADAM = 15, {"learning_rate": 2e-3}


def _expect_remedy(model, steps, noise):
    """Noise stays out if the model is trained on as its own `fit` does, with steps of the usual size; or `Failed`."""
    later = _later(model, steps, noise)
    expect(
        later is None or later <= MOST_NOISE_LATER,
        f"We trained your model on for {EPOCHS} epochs, by its own fit(x, x) and with its own loss, with Adam and a "
        f"learning rate of {ADAM['learning_rate']}: then it returned {later or 0:.2f} of the noise. Nothing in the "
        "model, its loss or its weight decay holds the noise back. Few or small steps only put copying off; and what "
        "was done by hand outside of fit, such as adding noise to the inputs, has to become a part of the model.",
    )


def _later(model, steps, noise):
    """The share of noise returned after training on; None for what is no Keras model. The model is then put back."""
    count, weights = 0, None
    with suppress(LearnerError):  # raised by what is no Keras model, or was never called as a whole
        count = model.call("count_params")
    try:
        config = _compile_config(model)
        expect(
            count <= MOST_WEIGHTS,
            f"Your model has {count} weights. Please take at most {MOST_WEIGHTS:,}, for the check has to train it.",
        )
        weights = model.call("get_weights")
        _fit_on(model, config, digits().x_train)
        return explained(noise, _reconstructed(model, noise))
    except LearnerError:  # it has no such method, or cannot be trained in this way
        return None
    finally:
        if weights is not None:
            for method, value in (
                ("set_weights", weights),
                ("compile_from_config", config),
                ("optimizer.iterations.assign", steps or LEAST_STEPS),
            ):
                with suppress(LearnerError, Failed):
                    model.call(method, value)


def _compile_config(model):
    """How the model was compiled, as Keras describes it; {} if it cannot be said."""
    with suppress(LearnerError, Failed):
        config = model.call("get_compile_config")
        return config if isinstance(config, dict) else {}
    return {}


def _steps_as_in(model, settings):
    """Whether the model is compiled with a fresh optimizer of these settings."""
    with suppress(LearnerError, TypeError, ValueError):
        rate = float(model.get("optimizer.learning_rate"))
        return bool(np.isclose(rate, settings["learning_rate"])) and _steps(model) == 0
    return False


def _fit_on(model, config, x):
    own = config.get("optimizer")
    decay = own["config"].get("weight_decay") if isinstance(own, dict) and isinstance(own.get("config"), dict) else None
    optimizer = {
        "module": "keras.optimizers",
        "class_name": "Adam",
        "config": ADAM | {"weight_decay": decay},
        "registered_name": None,
    }
    with suppress(LearnerError, Failed):  # Keras changes some configurations in place, which a probe calls a failure
        model.call("compile_from_config", config | {"optimizer": optimizer})
    if not _steps_as_in(model, ADAM):
        model.call("compile", optimizer=optimizer, loss="mse")
    try:
        model.make("fit", x, x, epochs=EPOCHS, batch_size=64, verbose=0)
    except LearnerError:  # a model without a target, such as a VAE
        model.make("fit", x, epochs=EPOCHS, batch_size=64, verbose=0)


def _lost_digits(noise_share, digits_share, variation):
    """What is wrong with a model that returns too little of the digits, whose drawings vary this much; else ""."""
    if digits_share < -0.2:
        return (
            "Your model's reconstructions of digits are worse than their mean image. A training without digits, or "
            "with pixels beyond [0, 1], ends like that, and so does a very short one or none at all, or a remedy that "
            "is far too strong."
        )
    if digits_share < LEAST_DIGITS and variation < 0.03:
        return (
            "Your model draws nearly the same image for every digit. That is no copier, but no autoencoder either. "
            "A remedy that is far too strong ends like that, and so does a training without digits, or a layer that "
            "passes nothing on."
        )
    if noise_share <= MOST_NOISE and digits_share < LEAST_DIGITS:
        return (
            "The noise is gone, and too much of the digits with it. Turn the remedy's strength down, or train longer."
        )
    return ""


def _returned_noise(model, noise_share, rng):
    """What is wrong with a model that returns this much of the noise, "" if it is little enough."""
    if noise_share <= MOST_NOISE:
        return ""
    if noise_share <= COPIES:
        return (
            "Half a cure: part of the noise is gone, but not enough. If your model has a remedy, turn it up, or take "
            "another. If it has none, it was merely stopped early, and longer training brings the noise back."
        )
    return _copying(model, rng)


def _draw_noise(rng):
    """Each pixel uniform over the values that it takes in digits, independent of the others."""
    x = digits().x_train
    return rng.uniform(x.min(axis=0), x.max(axis=0), (N_NOISE, *x.shape[1:])).astype("float32")


def _reconstructed(model, images):
    return expect_array(model.call("reconstruct", images), images.shape, "cured.reconstruct(x)")


def _expect_code_that_is_drawn(model, digits, rng):
    """A code of 256 numbers, from which decode draws what reconstruct returns."""
    z = _encoded(model, digits)
    z = expect_array(z, (N, *(np.shape(z)[1:] or (CODE,))), "cured.encode(x)")
    size = int(np.prod(z.shape[1:]))
    expect(
        size >= CODE,
        f"The code is too small for this exercise: a narrow code is a remedy that you know. Received a code of {size} "
        f"numbers, expected at least {CODE}.",
    )
    for images, code in ((digits, z), (noise := _draw_noise(rng), model.call("encode", noise))):
        drawn, decoded = _reconstructed(model, images), model.call("decode", code)
        decoded = expect_array(decoded, images.shape, "cured.decode(z)")
        expect(
            np.allclose(drawn, decoded, rtol=1e-3, atol=1e-3),
            "decode(encode(x)) is not reconstruct(x): what is drawn does not come from the code that encode hands out, "
            "so the remedy (a cut, say, or noise) is at work in only one of the two. The largest difference between "
            f"two pixels: {np.abs(drawn - decoded).max():.3g}.",
        )


def _expect_many_dimensions(what, values):
    """What the model makes of inputs of all kinds varies in many dimensions, traces left out."""
    rank = _dimensions(values)
    expect(rank > 0, f"Whatever we feed, {what} is always the same.")
    expect(
        rank >= FREE_DIMENSIONS,
        f"Your code is wide, but whatever we feed, {what} varies in {rank} dimensions only: there is a narrow layer "
        "somewhere (no hidden layer should be narrower than the 64 pixels), most of the code is padding, or the remedy "
        "is so strong that most of the code says nothing. That is a narrow code by another door, as in predict_rank. "
        f"Expected at least {FREE_DIMENSIONS}.",
    )


def _dimensions(values, traces=3e-4):
    """In how many dimensions the values vary, in float32: directions of less than a share of the largest left out."""
    rows = np.asarray(values, float).reshape(len(values), -1)
    sizes = np.linalg.svd(rows - rows.mean(axis=0), compute_uv=False)
    return int(np.sum(sizes > traces * sizes[0])) if sizes[0] > 1e-6 * np.abs(rows).max() else 0


def _drawn_nearby(model, images, rng):
    """Drawings from codes near that of one image, less the rounding. A curved decoder spans more than it varies in."""
    z = np.asarray(_encoded(model, images), float)
    near = z[rng.integers(len(z))] + 0.03 * z.std() * rng.normal(size=(100, *z.shape[1:]))
    return expect_array(model.call("decode", near.astype("float32")), (100, *images.shape[1:]), "cured.decode(z)")


def _encoded(model, images):
    try:
        return model.call("encode", images)
    except LearnerError as error:
        if error.described.get("type") != "AttributeError" or "line" in error.described:
            raise
        if model.kind in NO_MODEL:
            raise Failed(f"`cured` {NO_MODEL[model.kind]}") from None
        raise Failed(
            "`cured` has no method `encode`. Give your encoder and your decoder to one of the course's models, such as "
            f"ae.Autoencoder(encoder, decoder): it has encode, decode and reconstruct. Received: a {model.kind}."
        ) from None


NO_MODEL = {
    "History": "is what `fit` returns, the history of the training. Keep the model under this name, and call "
    "cured.fit(...) on a line of its own.",
    "function": "is a function. Set it to the trained model, such as the one that this function returns.",
    "type": "is a class. Set it to a trained model, an object of this class.",
}


def _copying(model, rng):
    """What kind of copier: one that was asked for noise returns it even where all digits are black."""
    x = digits().x_train
    black = x.max(axis=0) == x.min(axis=0)
    noise = rng.uniform(0, 1, (N_NOISE, *x.shape[1:])).astype("float32")
    if explained(noise[:, black], _reconstructed(model, noise)[:, black]) > 0.3:
        return (
            "Your model returns noise even at the pixels that are black in every digit. Either it met noise in "
            "training and was asked to return it, in a target that was corrupted, too (a denoiser has a clean target), "
            "or its weights are tied, which stops nothing (lesson 2)."
        )
    if model.kind in ("DenoisingAutoencoder", "SparseAutoencoder"):
        return f"Your model copies, though it is a {model.kind}: the remedy is too weak. Turn it up."
    return "Your model copies: no remedy was at work in its training, or one too weak to make copying not worthwhile."
