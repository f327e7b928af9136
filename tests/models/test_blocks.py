"""The order in which `fit` hands over the rows of an array: a new one every epoch, nothing lost, nothing mixed up."""

import contextlib
import gc
import weakref

import keras
import numpy as np
import pandas as pd
import pytest
from contract import CASES, compiled, fit_arguments, inputs_of, numpy, train

import autoencoders_edu as ae

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
    """Why `in_new_orders` exists. When this fails Keras has mended the order, and only the array's copies are left."""
    found = orders(witness(rows(40), fit=keras.Model.fit).trained)
    assert (found == found[0]).all()
    assert (found[0] != np.arange(40)).any()


@on_tensorflow
def test_batches_are_cut_out_of_the_array_itself():
    """No second copy of the data: what is written into the array between two epochs is what the second one reads."""
    x = rows(40)
    overwrite = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: x.fill(-1))
    found = orders(witness(x, epochs=2, callbacks=[overwrite]).trained, epochs=2)
    assert (np.sort(found[0]) == np.arange(40)).all()
    assert (found[1] == -1).any()


@on_tensorflow
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
