"""How training is compiled: whether in a loop, how many steps at a time, and whether TensorFlow uses XLA on a CPU."""

import importlib
import re
from collections.abc import Callable
from typing import Any

from keras.src.trainers.trainer import model_supports_jit  # which layers and settings XLA can take: Keras's own rule

from autoencoders_edu._backend import keras
from autoencoders_edu._typing import Model

# Steps of one loop, where no callback wants to hear of each. Between two loops the progress bar moves, and training can
# be interrupted.
STEPS = 32
# Compiling with XLA pays for itself in trainings of at least so many products of a weight with a number.
PRODUCTS = 2e11
CONVOLUTIONS = tuple(value for name, value in vars(keras.layers).items() if re.search(r"Conv\dD", name))
# Compiling a function pays for itself in at least so many calls.
MANY = 32
BATCH_HOOKS = ("on_train_batch_begin", "on_train_batch_end", "on_batch_begin", "on_batch_end")


def has_keras_step(model: Model) -> bool:
    """Whether a model trains on one device, by Keras's own step, with variables that are all there."""
    if keras.backend.backend() == "jax":
        distributed = keras.distribution.distribution() is not None
    else:
        distributed = model._distribute_strategy is not None
    kind, own = keras.Model, type(model)
    return (
        model.compiled
        and not distributed
        and own.train_step is kind.train_step
        and own.compute_metrics is kind.compute_metrics
        and all(layer.built for layer in model._flatten_layers())
    )


def can_loop(model: Model) -> bool:
    """Whether steps may be compiled into a loop.

    On JAX, `jit_compile=False` forbids it; TensorFlow has functions without XLA. In a loop, XLA computes convolutions
    on a CPU without the library that it calls for them elsewhere: measured on two cores, 75 in place of 295 images of
    28 x 28 per second.
    """
    if keras.backend.backend() == "jax":
        compiles = model.jit_compile
    else:
        compiles = not importlib.import_module("tensorflow").config.functions_run_eagerly()
    if model.run_eagerly or not compiles:
        return False
    return not (model.jit_compile and is_convolutional(model) and on_cpu())


def pays_for_xla(model: Model, examples: int) -> bool:
    """Whether TensorFlow trains on so many examples with XLA: when asked to, and long trainings of dense networks.

    Measured on two cores, with 660,000 weights: with XLA 30,600 in place of 26,000 images per second, and 1.3 seconds
    more to compile, which 220,000 images earn back.
    """
    if model.jit_compile or not model.jit_compile_is_open:
        return bool(model.jit_compile)
    long = examples * model.count_params() >= PRODUCTS
    return long and not is_convolutional(model) and model_supports_jit(model)


def is_convolutional(model: Model) -> bool:
    return any(isinstance(layer, CONVOLUTIONS) for layer in model._flatten_layers())


def on_cpu() -> bool:
    return all(device.startswith("cpu") for device in keras.distribution.list_devices())


def steps_per_call(model: Model, batches: int, options: dict[str, Any]) -> int:
    """As many as `compile` asked for; if it did not, and no callback wants to hear of batches, STEPS."""
    given = options.get("callbacks") or []
    callbacks = given.callbacks if isinstance(given, keras.callbacks.CallbackList) else keras.tree.flatten(given)
    capped = options.get("steps_per_epoch") or keras.config.max_steps_per_epoch()
    if model.steps_per_execution > 1 or capped or any(map(hears_of_batches, callbacks)):
        return model.steps_per_execution
    return min(STEPS, batches)


def hears_of_batches(callback: keras.callbacks.Callback) -> bool:
    """Whether a callback does something at batches; Keras's own have hooks for them that mostly do nothing."""
    default = keras.callbacks.Callback
    hooks = [hook for name in BATCH_HOOKS if not _is(hook := getattr(callback, name), getattr(default, name))]
    frequency = getattr(callback, "save_freq", None), getattr(callback, "update_freq", None)
    profiles = getattr(callback, "profile_batch", 0) or getattr(callback, "write_steps_per_second", False)
    if isinstance(callback, keras.callbacks.ProgbarLogger) or ("epoch" in frequency and not profiles):
        hooks = [hook for hook in hooks if not hook.__module__.startswith("keras.")]
    return bool(hooks)


def _is(method, function):
    return getattr(method, "__func__", None) is function


def compiled(model: Model, function: Callable, calls: int) -> Callable:
    """function(*tensors), compiled if it is called often: it may read the model's weights, but not change them.

    What is compiled lasts for as long as what is returned, so that it holds for the model as it is now.
    """
    if calls < MANY:
        return function
    if keras.backend.backend() == "tensorflow":
        return importlib.import_module("tensorflow").function(function)

    def stateless(values, *tensors):
        with keras.StatelessScope(state_mapping=zip(model.variables, values, strict=True)):
            return function(*tensors)

    jitted = importlib.import_module("jax").jit(stateless)  # by name: type checkers do not find it
    return lambda *tensors: jitted([variable.value for variable in model.variables], *tensors)
