"""Training in blocks of steps: a new order every epoch, nothing lost, nothing mixed up, and otherwise as in Keras."""

import contextlib
import gc
import weakref

import keras
import numpy as np
import pandas as pd
import pytest
from contract import CASES, compiled, fit_arguments, inputs_of, numpy, train
from keras import ops

import autoencoders_edu as ae
from autoencoders_edu.models import blocks, compilation

on_tensorflow = pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="elsewhere Keras shuffles by itself")


class Witness(ae.Autoencoder):
    """Keeps the batches (x, y, sample_weight) that it is trained on, and those that it is evaluated on."""

    def __init__(self):
        super().__init__(ae.networks.dense_encoder((2,), 1, hidden=()), ae.networks.dense_decoder(1, (2,), hidden=()))
        self.trained, self.evaluated = [], []

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        with contextlib.suppress(TypeError, NotImplementedError):  # Keras first goes through with symbols
            batch = [numpy(part) if part is not None else None for part in (x, y, sample_weight)]
            (self.trained if training else self.evaluated).append(batch)
        return super().compute_loss(x, y, y_pred, sample_weight, training)


def rows(n, dtype="float32"):
    """(n, 2): each row holds its own number twice."""
    return np.repeat(np.arange(n, dtype=dtype)[:, None], 2, axis=1)


def witness(x, y=None, steps_per_execution=1, fit=ae.Autoencoder.fit, **options):
    keras.utils.set_random_seed(0)
    model = Witness()
    model.compile("adam", "mse", run_eagerly=True, steps_per_execution=steps_per_execution)
    fit(model, x, x if y is None else y, verbose=0, **{"batch_size": 8, "epochs": 3, **options})
    return model


def orders(batches, epochs=3):
    """The numbers of the rows, a line for each epoch."""
    return np.concatenate([x[:, 0] for x, _, _ in batches]).reshape(epochs, -1)


@pytest.mark.parametrize("steps_per_execution", [1, 3])
@pytest.mark.parametrize("n", [40, 43])
def test_every_epoch_has_all_rows_in_an_order_of_its_own(n, steps_per_execution):
    found = orders(witness(rows(n), steps_per_execution=steps_per_execution).trained)
    assert (np.sort(found) == np.arange(n)).all()
    assert len({tuple(order) for order in [*found, np.arange(n)]}) == 4


def test_one_seed_gives_the_same_orders_again():
    np.testing.assert_array_equal(orders(witness(rows(40)).trained), orders(witness(rows(40)).trained))


def test_another_training_has_other_orders():
    model, x = witness(rows(40)), rows(40)
    model.fit(x, x, batch_size=8, epochs=3, verbose=0)
    first, second = orders(model.trained[:15]), orders(model.trained[15:])
    assert (first != second).any()


def test_inputs_targets_and_weights_stay_together():
    x = rows(20)
    trained = witness(x, x + 100, sample_weight=np.arange(20.0)).trained
    assert len(trained) == 9
    for batch, target, weight in trained:
        np.testing.assert_array_equal(target, batch + 100)
        np.testing.assert_array_equal(weight, batch[:, 0])


def test_images_and_conditions_stay_together():
    model, seen = CASES["conditional_vae"](), []
    network_inputs = model.network_inputs  # asked for the encoder and for the decoder, which takes [z, condition]
    model.network_inputs = lambda inputs: seen.append(inputs) or network_inputs(inputs)
    model.compile("adam", run_eagerly=True)
    images, condition = np.zeros((24, *model.encoder.inputs[0].shape[1:]), "float32"), np.arange(24) % 2
    images[condition == 1] = 1
    model.fit([images, condition], batch_size=8, epochs=2, verbose=0)
    batches = [(numpy(x)[:, 0, 0, 0], numpy(classes)) for x, classes in seen if len(x.shape) == images.ndim]
    assert len(batches) == 6
    for pixels, classes in batches:
        np.testing.assert_array_equal(pixels, classes)


def test_without_shuffling_the_order_is_the_arrays():
    assert (orders(witness(rows(40), shuffle=False).trained) == np.arange(40)).all()


def test_validation_split_keeps_the_last_rows_out_of_the_training():
    model = witness(rows(40), validation_split=0.25, sample_weight=np.arange(40.0))
    found = orders(model.trained)
    assert (np.sort(found) == np.arange(30)).all()
    assert len({tuple(order) for order in found}) == 3
    assert (orders(model.evaluated) == np.arange(30, 40)).all()
    for batch, target, weight in model.evaluated:
        np.testing.assert_array_equal(target, batch)
        np.testing.assert_array_equal(weight, batch[:, 0])


def test_given_validation_data_wins_over_a_split():
    model = witness(rows(40), validation_split=0.25, validation_data=(rows(8) + 50, rows(8)))
    assert (np.sort(orders(model.trained)) == np.arange(40)).all()
    assert (orders(model.evaluated) == np.arange(50, 58)).all()


def test_a_split_that_leaves_nothing_is_refused():
    with pytest.raises(ValueError, match="not sufficient to split"):
        witness(rows(3), validation_split=0.9)


def test_arrays_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="cardinality"):
        witness(rows(40), rows(39))


@pytest.mark.parametrize(("options", "sizes"), [({}, [32, 8]), ({"steps_per_epoch": 4}, [10] * 4)])
def test_batches_have_the_sizes_of_keras_without_a_batch_size(options, sizes):
    model = witness(rows(40), batch_size=None, epochs=1, **options)
    assert [len(x) for x, _, _ in model.trained] == sizes


def test_fewer_steps_than_batches_go_on_where_the_last_epoch_ended():
    found = orders(witness(rows(40), steps_per_epoch=2, epochs=2).trained, epochs=1)
    assert len(set(found[0])) == 32


def test_tensors_are_shuffled_like_arrays():
    found = orders(witness(keras.ops.convert_to_tensor(rows(40))).trained)
    assert (np.sort(found) == np.arange(40)).all()
    assert len({tuple(order) for order in found}) == 3


@pytest.mark.parametrize("true", [1, np.True_])
def test_whatever_is_true_shuffles(true):
    assert len({tuple(order) for order in orders(witness(rows(40), shuffle=true).trained)}) == 3


ONE_HOT = np.eye(2, dtype="float32")[np.arange(20) % 2]
LIKE_KERAS = {
    **{dtype: {"x": rows(20, dtype)} for dtype in ("float64", "float16", "uint8", "int64", ">f4", ">i4")},
    "bool": {"x": rows(20) > 9},
    "not contiguous": {"x": rows(40)[::2]},
    "data frame": {"x": pd.DataFrame({"a": np.arange(20.0), "b": np.arange(20) % 2 == 0})},
    "weights of other types": {"x": rows(20), "sample_weight": pd.Series(np.arange(20))},
    "big-endian weights": {"x": rows(20), "sample_weight": np.arange(20).astype(">f8")},
    "weights by class, not all named": {"x": rows(20), "y": ONE_HOT, "class_weight": {0: 2}},
    "split": {"x": rows(20), "validation_split": 0.25},
    "more than all held out": {"x": rows(20), "validation_split": 1.5},
    "larger batches than data": {"x": rows(20), "batch_size": 64},
    "steps": {"x": rows(20), "batch_size": None, "steps_per_epoch": 3},
}


@pytest.mark.parametrize("case", LIKE_KERAS)
def test_all_but_the_order_is_as_in_keras(case):
    """Rows, shapes and types of the batches, and of those that are evaluated."""

    def told(batches):
        shapes = [[None if part is None else (part.shape, part.dtype) for part in batch] for batch in batches]
        found = [np.concatenate(parts) for parts in zip(*batches, strict=True) if parts[0] is not None]
        return shapes, [np.sort(part.astype(float), axis=0).tolist() for part in found]

    options = LIKE_KERAS[case]
    x = options["x"] if "y" not in options else options["x"] * 0  # which row a target came from must not matter
    models = [witness(**{**options, "x": x, "epochs": 1, "fit": fit}) for fit in (ae.Autoencoder.fit, keras.Model.fit)]
    assert told(models[0].trained) == told(models[1].trained)
    assert told(models[0].evaluated) == told(models[1].evaluated)


@on_tensorflow
@pytest.mark.parametrize(("n", "size"), [(40, 8), (43, None)])
def test_a_compiled_step_knows_the_size_of_equal_batches(n, size):
    seen = []

    class Told(ae.Autoencoder):
        def call(self, x, training=False):
            seen.append(x.shape[0])
            return super().call(x, training=training)

    model = compiled(Told(Witness().encoder, Witness().decoder))
    model.fit(rows(n), rows(n), batch_size=8, verbose=0)
    assert set(seen) == {size}


@on_tensorflow
@pytest.mark.parametrize("name", ["autoencoder", "vae"])
@pytest.mark.parametrize("steps_per_execution", [1, 2])
def test_a_training_step_is_traced_once_for_batches_of_one_size(name, steps_per_execution):
    model, traced = CASES[name](), []
    call = model.call
    model.call = lambda *args, **kwargs: traced.append(1) or call(*args, **kwargs)
    compiled(model, steps_per_execution=steps_per_execution)
    x = inputs_of(model)
    model.fit(*fit_arguments(model, x), batch_size=16, verbose=0)
    assert len(traced) == 1


@on_tensorflow
@pytest.mark.parametrize("name", ["autoencoder", "vae_learned_stddev", "conditional_vae"])
def test_an_optimizer_that_is_built_first_changes_no_result(name, monkeypatch):
    first = train(CASES[name], epochs=2)
    monkeypatch.setattr(ae.Autoencoder, "build_optimizer", lambda self: None)
    second = train(CASES[name], epochs=2)
    assert first[1] == second[1]
    for one, other in zip(first[0].get_weights(), second[0].get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_trainings_of_one_seed_end_with_the_same_weights():
    weights = [train(CASES["vae"], epochs=3, n=70)[0].get_weights() for _ in range(2)]
    for first, second in zip(*weights, strict=True):
        np.testing.assert_array_equal(first, second)


@on_tensorflow
def test_keras_alone_repeats_the_first_order():
    """Why `row_numbers` makes a data set. When this fails, Keras has mended its order, and an array is enough."""
    found = orders(witness(rows(40), fit=keras.Model.fit).trained)
    assert (found == found[0]).all()
    assert (found[0] != np.arange(40)).any()


@pytest.mark.parametrize("how", ["to its end", "interrupted"])
def test_the_array_is_free_again_after_the_training(how):
    class Stop(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            if how == "interrupted":
                raise KeyboardInterrupt

    x = rows(400)
    alive = weakref.ref(x)
    model = compiled(ae.Autoencoder(Witness().encoder, Witness().decoder))
    with contextlib.suppress(KeyboardInterrupt):
        model.fit(x, x, batch_size=8, verbose=0, callbacks=[Stop()])
    del x
    gc.collect()
    assert alive() is None


class Order(keras.metrics.Metric):
    """When each row was trained on, in an epoch: what a compiled step can still tell."""

    def __init__(self, n):
        super().__init__(name="order")
        self.when = self.add_weight(shape=(n,), initializer="zeros", name="when")
        self.count = self.add_weight(shape=(), initializer="zeros", name="count")

    def update_state(self, y_true, y_pred, sample_weight=None):
        numbers = ops.cast(y_true[:, :1], "int32")
        steps = self.count + 1.0 + ops.arange(ops.shape(numbers)[0], dtype="float32")
        self.when.assign(ops.scatter_update(ops.convert_to_tensor(self.when), numbers, steps))
        self.count.assign(ops.max(steps))

    def result(self):
        return ops.convert_to_tensor(self.count)


def compiled_orders(n, epochs=3, **options):
    """The numbers of the rows in the order of training, a line for each epoch."""
    keras.utils.set_random_seed(0)
    model, order, found = ae.Autoencoder(Witness().encoder, Witness().decoder), Order(n), []
    model.compile("adam", "mse", metrics=[order], **options)
    note = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: found.append(np.argsort(numpy(order.when))))
    history = model.fit(rows(n), rows(n), batch_size=8, epochs=epochs, verbose=0, callbacks=[note]).history
    assert history["order"] == [n] * epochs
    return np.array(found)


@pytest.mark.parametrize("steps_per_execution", [1, 3])
@pytest.mark.parametrize("n", [40, 43])
def test_a_compiled_loop_trains_on_all_rows_in_new_orders(n, steps_per_execution):
    found = compiled_orders(n, steps_per_execution=steps_per_execution)
    assert (np.sort(found) == np.arange(n)).all()
    assert len({tuple(order) for order in [*found, np.arange(n)]}) == 4


MODES = {
    "a smaller last batch": {"n": 43},
    "a split and weights": {"n": 40, "validation_split": 0.25, "sample_weight": np.linspace(0, 2, 40)},
    "validation data": {"n": 40, "validation_data": (rows(8), rows(8)), "validation_freq": 2},
    "steps of an epoch": {"n": 40, "steps_per_epoch": 2},
    "several steps at a time": {"n": 43, "steps_per_execution": 4},
    "mixed precision": {"n": 40, "policy": "mixed_float16"},
    "gradients collected": {"n": 40, "optimizer": {"gradient_accumulation_steps": 2}},
    "averaged weights": {"n": 40, "optimizer": {"use_ema": True, "ema_overwrite_frequency": 3}},
}


def trained(fit, n=40, policy="float32", optimizer=None, steps_per_execution=1, **options):
    """The history, the weights and what callbacks heard, of a training that takes the rows as they lie."""
    heard = []

    class Note(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            heard.append(("epoch", epoch, sorted(logs)))

        def on_train_batch_begin(self, batch, logs=None):
            heard.append(("begin", batch))

        def on_train_batch_end(self, batch, logs=None):
            heard.append(("end", batch, sorted(logs)))

    keras.config.set_dtype_policy(policy)
    try:
        keras.utils.set_random_seed(0)
        model = ae.Autoencoder(Witness().encoder, Witness().decoder)
        rate = keras.optimizers.Adam(0.01, **(optimizer or {}))
        model.compile(rate, "mse", weighted_metrics=["mae"], steps_per_execution=steps_per_execution)
        x = rows(n) / n
        history = fit(model, x, x, batch_size=8, epochs=3, verbose=0, shuffle=False, callbacks=[Note()], **options)
    finally:
        keras.config.set_dtype_policy("float32")
    return history.history, model.get_weights(), heard


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.filterwarnings("ignore:Your input ran out of data")
def test_losses_weights_and_callbacks_are_as_in_keras(mode):
    ours, theirs = (trained(fit, **MODES[mode]) for fit in (ae.Autoencoder.fit, keras.Model.fit))
    assert ours[2] == theirs[2]
    assert ours[0].keys() == theirs[0].keys()
    for name in ours[0]:
        np.testing.assert_allclose(ours[0][name], theirs[0][name], rtol=1e-3 if "float16" in str(MODES[mode]) else 1e-5)
    for one, other in zip(ours[1], theirs[1], strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-5)


def calls_of_the_train_function(monkeypatch, callbacks=(), n=400, **options):
    """How many batches each call took, in an epoch of 50."""
    taken, blocks_of = [], blocks.Rows.blocks

    def note(self, iterator):
        for data, numbers, count in blocks_of(self, iterator):
            taken.append(count)
            yield data, numbers, count

    monkeypatch.setattr(blocks.Rows, "blocks", note)
    model = compiled(ae.Autoencoder(Witness().encoder, Witness().decoder), **options)
    model.fit(rows(n), rows(n), batch_size=8, verbose=0, callbacks=list(callbacks))
    assert model.steps_per_execution == options.get("steps_per_execution", 1)
    return taken


class Listener(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        pass


def test_steps_are_taken_in_blocks_where_no_callback_hears_of_batches(monkeypatch, tmp_path):
    quiet = keras.callbacks.EarlyStopping("loss"), keras.callbacks.ModelCheckpoint(tmp_path / "model.keras")
    assert calls_of_the_train_function(monkeypatch, quiet) == [32, 18]
    monkeypatch.undo()
    assert calls_of_the_train_function(monkeypatch, [Listener()]) == [1] * 50
    monkeypatch.undo()
    assert calls_of_the_train_function(monkeypatch, steps_per_execution=20) == [20, 20, 10]


def test_data_that_do_not_fit_on_the_device_stay_where_they_are(monkeypatch):
    whole = train(CASES["vae"], epochs=2, n=70)
    monkeypatch.setattr(blocks, "MOST_BYTES", 1000)
    parts = train(CASES["vae"], epochs=2, n=70)
    for name in whole[1]:
        np.testing.assert_allclose(parts[1][name], whole[1][name], rtol=1e-5)


def test_a_train_step_of_a_subclass_is_used():
    class Own(ae.VAE):
        def train_step(self, *arguments):
            used.append(1)
            return super().train_step(*arguments)

    used, template = [], CASES["vae"]()
    model = compiled(Own(template.encoder, template.decoder))
    model.fit(inputs_of(model), verbose=0)
    assert used


def test_training_goes_on_after_an_interrupt():
    class Stop(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            if batch == 2:
                raise KeyboardInterrupt

    model, x = compiled(CASES["vae"]()), inputs_of(CASES["vae"]())
    before = model.get_weights()
    with pytest.raises(KeyboardInterrupt):
        model.fit(x, batch_size=8, verbose=0, callbacks=[Stop()])
    stopped = model.get_weights()
    assert any((one != other).any() for one, other in zip(before, stopped, strict=True))
    assert model.training_rows is None
    assert np.isfinite(model.fit(x, batch_size=8, verbose=0).history["loss"]).all()


def test_an_interrupt_within_a_block_keeps_the_weights(monkeypatch):
    blocks_of = blocks.Rows.blocks

    def interrupted(self, iterator):
        yield next(blocks_of(self, iterator))
        raise KeyboardInterrupt

    monkeypatch.setattr(blocks.Rows, "blocks", interrupted)
    model = compiled(ae.Autoencoder(Witness().encoder, Witness().decoder))
    with pytest.raises(KeyboardInterrupt):
        model.fit(rows(44), rows(44), batch_size=8, verbose=0)
    assert all(np.isfinite(weight).all() for weight in model.get_weights())


def test_a_callback_can_stop_training_between_two_blocks():
    class Stop(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            self.model.stop_training = batch == 1

    model, order = ae.Autoencoder(Witness().encoder, Witness().decoder), Order(40)
    model.compile("adam", "mse", metrics=[order])
    assert model.fit(rows(40), rows(40), batch_size=8, epochs=5, verbose=0, callbacks=[Stop()]).history["order"] == [16]


def test_a_callback_may_train_as_well():
    class Train(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            if len(found) < 2:
                found.append(logs)
                self.model.fit(rows(16), rows(16), batch_size=8, verbose=0)

    model, order, found = ae.Autoencoder(Witness().encoder, Witness().decoder), Order(40), []
    model.compile("adam", "mse", metrics=[order])
    assert (
        model.fit(rows(40), rows(40), batch_size=8, epochs=3, verbose=0, callbacks=[Train()]).history["order"]
        == [40] * 3
    )


def test_two_trainings_in_turn_are_one():
    once = trained(ae.Autoencoder.fit)
    keras.utils.set_random_seed(0)
    model = ae.Autoencoder(Witness().encoder, Witness().decoder)
    model.compile(keras.optimizers.Adam(0.01), "mse", weighted_metrics=["mae"])
    x, losses = rows(40) / 40, []
    for first, last in ((0, 1), (1, 3)):
        options = {"batch_size": 8, "shuffle": False, "verbose": 0, "initial_epoch": first, "epochs": last}
        losses += model.fit(x, x, **options).history["loss"]
    np.testing.assert_allclose(losses, once[0]["loss"], rtol=1e-6)


DENSE, CONVOLUTIONAL = CASES["vae"], CASES["vae_learned_stddev"]


@on_tensorflow
@pytest.mark.parametrize(
    ("make", "examples", "options", "xla"),
    [
        (DENSE, 10**9, {}, True),
        (DENSE, 10**3, {}, False),
        (DENSE, 10**9, {"jit_compile": False}, False),
        (DENSE, 10**3, {"jit_compile": True}, True),
        (CONVOLUTIONAL, 10**9, {}, False),
    ],
)
def test_xla_is_used_where_it_pays(make, examples, options, xla, tmp_path):
    model = compiled(make(), **options)
    model.build_optimizer()
    assert compilation.pays_for_xla(model, examples) is xla
    model.save(tmp_path / "model.keras")
    assert compilation.pays_for_xla(keras.models.load_model(tmp_path / "model.keras"), examples) is xla


@on_tensorflow
@pytest.mark.parametrize("mode", ["a smaller last batch", "a split and weights"])
def test_xla_trains_to_the_same_losses(mode, monkeypatch):
    plain = trained(ae.Autoencoder.fit, **MODES[mode])
    monkeypatch.setattr(compilation, "PRODUCTS", 0)
    xla = trained(ae.Autoencoder.fit, **MODES[mode])
    for name in plain[0]:
        np.testing.assert_allclose(xla[0][name], plain[0][name], rtol=1e-4)


@pytest.mark.parametrize(
    ("make", "options", "tensorflow", "jax"),
    [
        (DENSE, {}, True, True),
        (DENSE, {"jit_compile": False}, True, False),
        (DENSE, {"jit_compile": True}, True, True),
        (DENSE, {"run_eagerly": True}, False, False),
        (CONVOLUTIONAL, {}, True, False),
        (CONVOLUTIONAL, {"jit_compile": True}, False, False),
    ],
)
def test_no_loop_of_xla_takes_convolutions_on_a_cpu(make, options, tensorflow, jax):
    looped = compilation.can_loop(compiled(make(), **options))
    assert looped is {"tensorflow": tensorflow, "jax": jax}[keras.backend.backend()]


def test_a_callback_may_train_on_a_batch_of_its_own():
    class Train(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            losses.append(self.model.train_on_batch(rows(8) + 100, rows(8) + 100))

    losses, model = [], compiled(ae.Autoencoder(Witness().encoder, Witness().decoder), learning_rate=0.0)
    model.fit(rows(40) / 40, rows(40) / 40, batch_size=8, epochs=2, verbose=0, callbacks=[Train()])
    assert all(np.ravel(loss)[0] > 100 for loss in losses)


def test_a_callback_may_train_on_a_data_frame():
    class Train(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            if not found:
                found.append(1)
                self.model.fit(frame, frame, batch_size=8, verbose=0)

    found, frame = [], pd.DataFrame(rows(16), columns=["a", "b"])
    model, order = ae.Autoencoder(Witness().encoder, Witness().decoder), Order(40)
    model.compile("adam", "mse", metrics=[order])
    found_orders = model.fit(rows(40), rows(40), batch_size=8, epochs=2, verbose=0, callbacks=[Train()]).history[
        "order"
    ]
    assert found_orders == [40, 40]


class WithHooks(keras.callbacks.ModelCheckpoint):
    def on_train_batch_end(self, batch, logs=None):
        super().on_train_batch_end(batch, logs)


def test_hooks_of_a_checkpoint_of_ones_own_are_heard(tmp_path):
    assert compilation.hears_of_batches(WithHooks(tmp_path / "model.keras"))
    assert not compilation.hears_of_batches(keras.callbacks.ModelCheckpoint(tmp_path / "model.keras"))
    assert compilation.hears_of_batches(keras.callbacks.ModelCheckpoint(tmp_path / "model.keras", save_freq=10))


def test_a_layer_built_at_its_first_call_trains():
    class Late(ae.Autoencoder):
        def __init__(self):
            super().__init__(Witness().encoder, Witness().decoder)
            self.extra = keras.layers.Dense(2)

        def call(self, x, training=False):
            return self.extra(super().call(x, training=training))

    model = compiled(Late())
    losses = model.fit(rows(40) / 40, rows(40) / 40, batch_size=8, epochs=3, verbose=0).history["loss"]
    assert losses[-1] < losses[0]


def test_the_largest_number_of_steps_that_keras_is_set_to_holds(monkeypatch):
    keras.config.set_max_steps_per_epoch(3)
    try:
        with pytest.warns(UserWarning, match="Limiting steps_per_epoch to 3"):
            assert calls_of_the_train_function(monkeypatch) == [1, 1, 1]
    finally:
        keras.config.set_max_steps_per_epoch(None)


def test_a_model_that_was_not_compiled_says_so():
    with pytest.raises(ValueError, match="compile"):
        ae.Autoencoder(Witness().encoder, Witness().decoder).fit(rows(8), rows(8), verbose=0)


@on_tensorflow
def test_a_layer_that_xla_cannot_take_is_never_given_to_it():
    model = compiled(CASES["vae"]())
    assert compilation.pays_for_xla(model, 10**12)
    model.encoder.layers[-1].supports_jit = False
    assert not compilation.pays_for_xla(model, 10**12)


@on_tensorflow
def test_a_strategy_of_one_device_trains():
    import tensorflow as tf

    with tf.distribute.OneDeviceStrategy("/cpu:0").scope():
        model = compiled(ae.Autoencoder(Witness().encoder, Witness().decoder))
    assert np.isfinite(model.fit(rows(40), rows(40), batch_size=8, verbose=0).history["loss"]).all()


@on_tensorflow
def test_functions_that_run_eagerly_are_no_loop():
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    try:
        assert not compilation.can_loop(compiled(CASES["vae"]()))
    finally:
        tf.config.run_functions_eagerly(False)
