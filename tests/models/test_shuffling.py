"""The order in which `fit` hands over the rows of an array: a new one every epoch, nothing lost, nothing mixed up."""

import contextlib
import gc
import weakref

import keras
import numpy as np
import pytest
from contract import CASES, compiled, numpy, train

import autoencoders_edu as ae

on_tensorflow = pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="elsewhere Keras shuffles by itself")


class Witness(ae.Autoencoder):
    """Keeps the batches (x, y, sample_weight) that it is trained on, and those that it is evaluated on."""

    def __init__(self):
        super().__init__(ae.networks.dense_encoder((2,), 1, hidden=()), ae.networks.dense_decoder(1, (2,), hidden=()))
        self.trained, self.evaluated = [], []

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        with contextlib.suppress(TypeError):  # on JAX, Keras first goes through with symbols
            batch = [numpy(part) if part is not None else None for part in (x, y, sample_weight)]
            (self.trained if training else self.evaluated).append(batch)
        return super().compute_loss(x, y, y_pred, sample_weight, training)


def rows(n, dtype="float32"):
    """(n, 2): each row holds its own number twice."""
    return np.repeat(np.arange(n, dtype=dtype)[:, None], 2, axis=1)


def witness(x, y=None, steps_per_execution=1, **options):
    keras.utils.set_random_seed(0)
    model = Witness()
    model.compile("adam", "mse", run_eagerly=True, steps_per_execution=steps_per_execution)
    model.fit(x, x if y is None else y, verbose=0, **{"batch_size": 8, "epochs": 3, **options})
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


@pytest.mark.parametrize("shuffle", [True, False])
def test_inputs_targets_and_weights_stay_together(shuffle):
    x = rows(20)
    for batch, target, weight in witness(x, x + 100, sample_weight=np.arange(20.0), shuffle=shuffle).trained:
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
    model = witness(rows(40), validation_split=0.25, validation_data=(rows(8), rows(8)))
    assert orders(model.trained).shape == (3, 40)
    assert orders(model.evaluated).shape == (3, 8)


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


@pytest.mark.parametrize(("given", "received"), [("float64", "float32"), ("float32", "float32"), ("uint8", "uint8")])
def test_numbers_have_the_types_that_keras_gives_them(given, received):
    assert witness(rows(8, given), epochs=1).trained[0][0].dtype == received


@pytest.mark.parametrize("convert", [keras.ops.convert_to_tensor, lambda x: x])
def test_tensors_are_shuffled_like_arrays(convert):
    found = orders(witness(convert(rows(40))).trained)
    assert len({tuple(order) for order in found}) == 3


def test_trainings_of_one_seed_end_with_the_same_weights():
    weights = [train(CASES["vae"], epochs=3, n=70)[0].get_weights() for _ in range(2)]
    for first, second in zip(*weights, strict=True):
        np.testing.assert_array_equal(first, second)


@on_tensorflow
def test_batches_are_cut_out_of_the_array_itself():
    """No second copy of the data: what is written into the array between two epochs is what the second one reads."""
    x = rows(40)
    overwrite = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: x.fill(-1))
    found = orders(witness(x, epochs=2, callbacks=[overwrite]).trained, epochs=2)
    assert (np.sort(found[0]) == np.arange(40)).all()
    assert (found[1] == -1).any()


@on_tensorflow
def test_the_array_is_free_again_after_the_training():
    x = rows(40)
    alive = weakref.ref(x)
    model = compiled(ae.Autoencoder(Witness().encoder, Witness().decoder))
    model.fit(x, x, verbose=0)
    del x
    gc.collect()
    assert alive() is None
