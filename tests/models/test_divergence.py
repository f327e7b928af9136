"""A training that diverged is called by its name: not collapse, not a strange sample, not an anomaly."""

import functools

import keras
import numpy as np
import pytest
from contract import CASES, binary_images, compiled, fit_arguments, inputs_of, numpy, train

import autoencoders_edu as ae

SENTENCE = r"the training has diverged\. Standardise the data or lower the learning rate, and train a new model\."


def diverged(make):
    """A model of this kind after a weight of its decoder became NaN."""
    model = make()
    kernel = next(weight for weight in model.decoder.weights if weight.name == "kernel")
    kernel.assign(numpy(kernel) * np.nan)
    return model


@pytest.mark.parametrize("name", ["autoencoder", "vae", "conditional_vae"])
def test_fit_warns_once_at_its_end(name):
    model = CASES[name]()
    loss = {} if isinstance(model, ae.VAE) else {"loss": "mse"}
    model.compile(keras.optimizers.SGD(1e30), **loss)
    with pytest.warns(UserWarning, match=f"^The last loss is NaN or infinity: {SENTENCE}$") as found:
        model.fit(*fit_arguments(model, inputs_of(model)), epochs=3, verbose=0)
    (warning,) = [each for each in found if each.category is UserWarning]
    assert warning.filename == __file__  # the line that called `fit`


def test_fit_warns_of_weights_that_the_last_step_destroyed():
    model = CASES["vae"]()
    model.compile(keras.optimizers.SGD(np.inf))
    with pytest.warns(UserWarning, match=f"^The weights hold NaN or infinity: {SENTENCE}$"):
        history = model.fit(binary_images(), batch_size=64, verbose=0)
    assert np.isfinite(history.history["loss"]).all()


def test_a_loss_that_is_finite_again_is_no_divergence():
    keras.utils.set_random_seed(0)
    model = compiled(CASES["autoencoder"]())
    losses = iter([np.nan, 1.0])
    swap = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: logs.update(loss=next(losses)))
    x = binary_images()
    history = model.fit(x, x, epochs=2, verbose=0, callbacks=[swap])  # a warning would be an error
    np.testing.assert_array_equal(history.history["loss"], [np.nan, 1.0])


QUESTIONS = {
    "sample": lambda model, x: model.sample(2),
    "elbo": lambda model, x: model.elbo(x),
    "log_likelihood": lambda model, x: model.log_likelihood(x, samples=2),
    "active_units": ae.diagnostics.active_units,
    "collapse_report": ae.diagnostics.collapse_report,
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "name",
    ["vae", *(pytest.param(name, marks=pytest.mark.any_backend) for name in ("conditional_vae", "autoregressive_vae"))],
)
def test_what_is_asked_of_a_diverged_model_is_refused_with_the_reason(question, name):
    model = diverged(CASES[name])
    ask = QUESTIONS[question]
    if (question, name) == ("sample", "conditional_vae"):
        ask = lambda model, x: model.sample(2, 0)  # noqa: E731
    with pytest.raises(ValueError, match=f"^The weights of this {type(model).__name__} hold NaN .*{SENTENCE}$"):
        ask(model, inputs_of(model))


def test_finite_weights_that_give_an_infinite_kl_are_no_report_either():
    model = CASES["vae"]()
    last = model.encoder.layers[-1]
    last.set_weights([0 * weight + 1e4 for weight in last.get_weights()])
    with pytest.raises(ValueError, match=f"^KL or reconstruction is NaN or infinity: {SENTENCE}$"):
        ae.diagnostics.collapse_report(model, inputs_of(model))


def test_questions_to_a_working_model_can_be_compiled():
    """Where weights and inputs have no values yet, nothing is refused."""
    model, x = train(CASES["vae"], epochs=1)[0], binary_images(4)
    if keras.backend.backend() == "jax":
        import jax

        compiled_function, seed = jax.jit, 1  # a jitted function must not advance the model's own random numbers
    else:
        import tensorflow as tf

        compiled_function, seed = tf.function, None  # a tf.function makes no variables, such as those of a new seed
    for question in (model.elbo, functools.partial(model.log_likelihood, samples=2)):
        assert np.isfinite(numpy(compiled_function(lambda x, ask=question: ask(x, seed=seed))(x))).all()
    assert compiled_function(lambda: model.sample(2, seed=seed))().shape == (2, *x.shape[1:])
