"""The classifier: it knows its images, is kept and found again, and disturbs nobody's random numbers."""

import dataclasses

import keras
import numpy as np
import pytest

import autoencoders_edu as ae
from autoencoders_edu.metrics import classifier


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(classifier, "cache_path", lambda data: tmp_path / "cache" / "classifier.weights.h5")
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def digits():
    return ae.data.load("digits")


@pytest.fixture
def few(digits, monkeypatch):
    """Enough to train on, for a few steps, where it does not matter how well."""
    monkeypatch.setattr(classifier, "STEPS", 3)
    return dataclasses.replace(digits, x_train=digits.x_train[:64], y_train=digits.y_train[:64])


def test_classifier_knows_digits_and_returns_features(digits):
    model = classifier.train_classifier(digits)
    assert classifier.accuracy(model, digits.x_test, digits.y_test) > 0.9
    assert classifier.features(model, digits.x_test[:7]).shape == (7, classifier.FEATURES)


def test_second_call_reads_the_first_ones_weights(few, own_cache, monkeypatch):
    first = classifier.train_classifier(few)
    monkeypatch.setattr(keras.Model, "fit", lambda *_, **__: pytest.fail("trained although weights were kept"))
    second = classifier.train_classifier(few)
    np.testing.assert_array_equal(
        classifier.features(first, few.x_test[:5]), classifier.features(second, few.x_test[:5])
    )
    assert [path.name for path in own_cache.iterdir()] == ["classifier.weights.h5"]


@pytest.mark.any_backend
def test_damaged_weights_are_replaced(digits, own_cache):
    own_cache.mkdir()
    (own_cache / "classifier.weights.h5").write_bytes(b"nothing that h5py reads")
    model = classifier.train_classifier(digits)
    assert classifier.accuracy(model, digits.x_test, digits.y_test) > 0.9
    assert (own_cache / "classifier.weights.h5").stat().st_size > 10_000


@pytest.mark.any_backend
def test_a_cache_that_cannot_be_written_costs_nothing_but_time(few, own_cache):
    own_cache.write_text("a file where the folder should be")
    assert classifier.features(classifier.train_classifier(few), few.x_test[:7]).shape == (7, classifier.FEATURES)


def losses(data):
    model = ae.Autoencoder(ae.networks.dense_encoder((8, 8, 1), 2), ae.networks.dense_decoder(2, (8, 8, 1)))
    model.compile("adam", "mse")
    return model.fit(data.x_train, data.x_train, epochs=2, verbose=0).history["loss"]


def test_training_it_leaves_the_global_random_numbers_alone(few):
    keras.utils.set_random_seed(3)
    expected = losses(few)
    for cache in (True, True, False):  # trained and kept, read, trained anew
        keras.utils.set_random_seed(3)
        classifier.train_classifier(few, cache=cache)
        np.testing.assert_allclose(losses(few), expected, rtol=1e-6)


@pytest.mark.any_backend
def test_data_without_images_or_labels_is_refused(digits):
    flat = dataclasses.replace(digits, x_train=digits.x_train.reshape(-1, 64))
    with pytest.raises(ValueError, match=r"needs images .* Received: x_train \(1078, 64\)"):
        classifier.train_classifier(flat)


@pytest.mark.any_backend
def test_kept_weights_belong_to_the_training_images(monkeypatch, digits):
    monkeypatch.undo()
    binary = dataclasses.replace(digits, x_train=np.round(digits.x_train))
    paths = {classifier.cache_path(data) for data in (digits, binary, dataclasses.replace(digits))}
    assert len(paths) == 2
    assert all("digits" in path.name and path.name.endswith(".weights.h5") for path in paths)
