"""Training in blocks of steps: Keras's `fit` goes through the numbers of rows, a compiled function through the rows.

The arrays lie on the device. Keras cuts and shuffles the numbers of their rows as it would the rows themselves, and
stays in charge of callbacks, validation, metrics and history. Its train function takes the row numbers of a block of
batches: one compiled loop gathers the rows of each batch and calls Keras's own `train_step`.

On TensorFlow, once `keras.utils.set_random_seed` has been called, Keras 3.15 takes the rows of an array in the same
order in every epoch. Row numbers come from a data set there, which has a new order every epoch.
"""

import contextlib
import importlib
import inspect
import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Model
from autoencoders_edu.models.compilation import can_loop, has_keras_step, pays_for_xla, steps_per_call
from autoencoders_edu.models.training_data import as_numpy

tree = keras.tree
MOST_BYTES = 2**31  # larger data stay on the host, which gathers each batch
# What Keras puts back into the model when training ends, in the order of the state on JAX.
JAX_STATE = ("trainable_variables", "non_trainable_variables", "optimizer_variables", "metrics_variables")


@dataclass(frozen=True)
class Rows:
    """What one `fit` trains on.

    Attributes:
        data: arrays, or where they fit on the device tensors, packed as `train_step` takes them.
        batch_size: None if the last batch is smaller.
        steps: how many batches one call of the train function takes.
        steps_asked_for: how many `compile` asked for.
        looped: whether a compiled loop takes them; otherwise Keras's function, one after another.
        xla: whether TensorFlow compiles that loop with XLA.
    """

    data: Any
    batch_size: int | None
    steps: int
    steps_asked_for: int
    looped: bool
    xla: bool

    def blocks(self, iterator: Iterator) -> Iterator[tuple[Any, np.ndarray, int]]:
        """The data, row numbers (steps, batch), and how many lines of these count; batches of one size at a time."""
        taken = [keras.utils.unpack_x_y_sample_weight(batch)[0] for batch in itertools.islice(iterator, self.steps)]
        for size, same in itertools.groupby(map(np.ravel, taken), len):
            lines = list(same)
            numbers = np.zeros((self.steps, size), "int32")  # of one shape however many count: compiled once
            numbers[: len(lines)] = lines
            yield self.data, numbers, len(lines)

    def batches(self, iterator: Iterator) -> Iterator[tuple[Iterator]]:
        """An iterator over one batch, gathered on the host, for each batch."""
        for data, numbers, count in self.blocks(iterator):
            for line in numbers[:count]:
                batch = tree.map_structure(lambda array, line=line: in_floatx(array[line]), data)
                on_tensorflow = keras.backend.backend() == "tensorflow"
                yield (iter([tree.map_structure(ops.convert_to_tensor, batch) if on_tensorflow else batch]),)


class TrainedInBlocks(keras.Model):
    """A Keras model whose `fit` trains on arrays in blocks of steps."""

    training_rows: Rows | None = None  # while `fit` trains on arrays
    jit_compile_is_open = True

    def compile(self, *args, jit_compile="auto", **kwargs) -> None:
        """Keras's `compile`; with jit_compile="auto", TensorFlow uses XLA on a CPU as well where that is faster."""
        super().compile(*args, jit_compile=jit_compile, **kwargs)
        self.jit_compile_is_open = jit_compile == "auto"

    def get_compile_config(self):
        config = super().get_compile_config()
        return {**config, "jit_compile": "auto"} if config and self.jit_compile_is_open else config

    def compile_from_config(self, config):
        self.compile(**keras.saving.deserialize_keras_object(config))
        self.optimizer.build(self.trainable_variables)

    def fit(self, x=None, y=None, batch_size=None, epochs=1, **kwargs) -> keras.callbacks.History:
        self.build_optimizer()
        with through_rows(self, x, y, batch_size, epochs, kwargs) as (x, y, kwargs):
            return super().fit(x, y, batch_size, epochs, **kwargs)

    def train_on_batch(self, *args, **kwargs) -> Any:
        """Keras's `train_on_batch`."""
        with training_on(self, None):
            return super().train_on_batch(*args, **kwargs)

    def make_train_function(self, force=False):
        """Keras's, which takes batches; in `fit` on arrays, a function of numbers of rows."""
        if self.training_rows:
            self.steps_per_execution = self.training_rows.steps_asked_for
        if self.train_function is None or force:
            super().make_train_function(force)
            self.train_function = train_function(self, self.train_function)

    def build_optimizer(self) -> None:
        """Makes the optimizer's variables before training, which halves the time that a short training takes.

        Keras would make them in the first training step. TensorFlow traces a function that makes variables twice.
        """
        if keras.backend.backend() != "tensorflow" or not self.compiled or getattr(self.optimizer, "built", True):
            return
        if all(layer.built for layer in self._flatten_layers()):
            with self.distribute_strategy.scope():
                self.optimizer.build(self.trainable_variables)


def train_function(model: Model, keras_function: Callable) -> Callable:
    """What `fit` calls for each block: where it goes through `Rows`, a compiled loop, otherwise `keras_function`."""
    loop = jax_loop(model) if keras.backend.backend() == "jax" else tensorflow_loop(model)

    def function(*arguments):
        *state, iterator = arguments  # on JAX, the state comes first, and is returned after the logs
        rows, outputs = model.training_rows, None
        if rows is None:
            return keras_function(*arguments)
        run, parts = (loop, rows.blocks(iterator)) if rows.looped else (keras_function, rows.batches(iterator))
        for part in parts:
            outputs = run(*state, *part)
            if state:
                state = outputs[1:]
                model._jax_state = dict(zip(JAX_STATE, state[0], strict=True))  # what an interrupt leaves behind
        if outputs is None:
            raise StopIteration  # so Keras knows that the data have come to their end
        return outputs

    return function


def jax_loop(model: Model) -> Callable:
    """(state, data, numbers, count) -> logs, state: trains on the rows of the first `count` lines of numbers."""
    jax = importlib.import_module("jax")  # by name: type checkers do not find it where TensorFlow is the backend

    def loop(state, data, numbers, count):
        def step(i, state):
            batch = tree.map_structure(lambda array: array.at[numbers[i]].get(mode="promise_in_bounds"), data)
            return tuple(map(list, model.train_step(state, batch)[1]))

        state = jax.lax.fori_loop(0, count, step, tuple(map(list, state)))
        with keras.StatelessScope(state_mapping=zip(model.metrics_variables, state[3], strict=True)):
            return model.get_metrics_result(), state

    return jax.jit(loop, donate_argnums=0)


def tensorflow_loop(model: Model) -> Callable:
    """(data, numbers, count) -> logs: trains on the rows of the first `count` lines of numbers."""
    import tensorflow as tf

    @tf.autograph.experimental.do_not_convert
    def loop(data, numbers, count):
        def step(i):
            model.train_step(tree.map_structure(lambda array: tf.gather(array, numbers[i]), data))
            return (i + 1,)

        tf.while_loop(lambda i: i < count, step, (0,), parallel_iterations=1)
        return model.get_metrics_result()

    loops = {xla: tf.function(loop, jit_compile=xla) for xla in (False, True)}

    def run(data, numbers, count):
        # Traced once: for batches of one size, which is known, or for batches of any.
        spec = tree.map_structure(lambda array: tf.TensorSpec((None, *array.shape[1:]), array.dtype), data)
        numbers_spec = tf.TensorSpec((None, model.training_rows.batch_size), tf.int32)
        traced = loops[model.training_rows.xla].get_concrete_function(spec, numbers_spec, tf.TensorSpec((), tf.int32))
        return traced(data, tf.constant(numbers), tf.constant(count))

    return run


@contextlib.contextmanager
def through_rows(
    model: Model, x: Any, y: Any, batch_size: int | None, epochs: int, options: dict[str, Any]
) -> Iterator[tuple[Any, Any, dict]]:
    """(x, y, options) for Keras's `fit`: row numbers, while the model trains on the rows themselves.

    This is done for plain arrays of numbers, on one device. Everything else is left to Keras, including errors: data
    sets, data frames, `class_weight`, `shuffle="batch"`, arrays of different lengths, a split that leaves one side
    empty, several devices, a model with a `train_step` of its own.
    """
    data, held_out = training_arrays(model, x, y, options)
    if data is None:
        # Data sets have an order of their own; Keras would warn about its default.
        ordered = hasattr(x, "element_spec") or inspect.isgenerator(x)
        with training_on(model, None):
            yield x, y, {"shuffle": False, **options} if ordered else options
        return
    options = {**options, "sample_weight": None, "validation_split": 0.0}  # these are done here
    if held_out:
        options["validation_data"] = held_out
    examples, steps = len(tree.flatten(data)[0]), options.get("steps_per_epoch")
    batch_size = batch_size or (math.ceil(examples / steps) if steps else 32)  # Keras's defaults
    with training_on(model, rows_of(model, data, batch_size, examples * epochs, options)):
        yield row_numbers(examples, batch_size, options)


@contextlib.contextmanager
def training_on(model: Model, rows: Rows | None) -> Iterator[None]:
    """While the model trains on these rows, or on none; afterwards, it trains on what it did before.

    One training may go on within another: callbacks train, too.
    """
    before, steps = model.training_rows, model.steps_per_execution
    model.training_rows = rows
    if rows:
        model.steps_per_execution = rows.steps  # for the iterator that `fit` makes before the train function
    try:
        yield
    finally:
        model.training_rows, model.steps_per_execution = before, steps


def training_arrays(model: Model, x: Any, y: Any, options: dict[str, Any]) -> tuple[Any, Any]:
    """Arrays as `train_step` takes them, and those that a split holds out, or None; (None, None) where Keras trains."""
    weight = options.get("sample_weight")
    split = options.get("validation_split") if options.get("validation_data") is None else None
    arrays: list[Any] = [number_array(leaf) for leaf in tree.flatten([p for p in (x, y, weight) if p is not None])]
    size = len(arrays[0]) if arrays and arrays[0] is not None else 0
    kept = math.floor(size * (1.0 - split)) if split else size  # the first rows, as in Keras
    if not (
        has_keras_step(model)
        and options.get("shuffle", True) != "batch"
        and options.get("class_weight") is None
        and (weight is None or not (y is None or tree.is_nested(y) or tree.is_nested(weight)))
        and all(array is not None and len(array) == size for array in arrays)
        and (0 < kept < size if split else size)
    ):
        return None, None
    structure = tree.map_structure(lambda leaf: 0, keras.utils.pack_x_y_sample_weight(x, y, weight))
    data = tree.pack_sequence_as(
        tree.lists_to_tuples(structure), [array[:kept] if split else array for array in arrays]
    )
    rest = iter([array[kept:] for array in arrays])
    return data, split and tree.map_structure(lambda leaf: leaf if leaf is None else next(rest), [x, y, weight])


def number_array(leaf: Any) -> np.ndarray | None:
    """An array, or a tensor as one, of numbers that backends read as they are stored; None for anything else."""
    array = as_numpy(leaf) if isinstance(leaf, np.ndarray) or ops.is_tensor(leaf) else None
    if array is None or not array.ndim:
        return None
    dtype = array.dtype
    return array if dtype.kind in "biuf" and dtype.isnative and dtype.itemsize <= 8 else None


def in_floatx(array: np.ndarray) -> np.ndarray:
    """The array, or if it holds numbers with a fraction, these in Keras's default type, as in Keras's `fit`."""
    return array.astype(keras.config.floatx(), copy=False) if array.dtype.kind == "f" else array


def rows_of(model: Model, data: Any, batch_size: int, examples: int, options: dict[str, Any]) -> Rows:
    """The arrays, on the device if they fit there, and how the model trains on them, in all on so many examples."""
    arrays, steps = tree.flatten(data), model.steps_per_execution
    distinct = {id(array): array for array in arrays}  # in fit(x, x), x is one array
    looped = can_loop(model) and sum(array.nbytes for array in distinct.values()) <= MOST_BYTES
    if keras.backend.backend() == "jax" or (looped and model._compile_metrics):
        # Keras would build losses and metrics from what it goes through, which are row numbers.
        model._symbolic_build(data_batch=tree.map_structure(lambda array: in_floatx(array[:batch_size]), data))
    if looped:
        tensors = {key: ops.convert_to_tensor(in_floatx(array)) for key, array in distinct.items()}
        data = tree.map_structure(lambda array: tensors[id(array)], data)
        steps = steps_per_call(model, math.ceil(len(arrays[0]) / batch_size), options)
    size = None if len(arrays[0]) % batch_size else batch_size
    return Rows(data, size, steps, model.steps_per_execution, looped, pays_for_xla(model, examples))


def row_numbers(examples: int, batch_size: int, options: dict[str, Any]) -> tuple[Any, Any, dict]:
    """(x, y, options) with which Keras's `fit` goes through the numbers of rows, in a new order every epoch."""
    if keras.backend.backend() == "jax" or not options.get("shuffle", True):
        return np.arange(examples), None, options
    import tensorflow as tf

    order = tf.data.Dataset.range(examples).shuffle(examples)
    return order.batch(batch_size), None, {**options, "shuffle": False}
