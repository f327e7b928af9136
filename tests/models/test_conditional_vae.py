"""The conditional VAE: the condition matters, comes as a class or a vector, and is checked."""

import keras
import numpy as np
import pandas as pd
import pytest
from contract import CLASSES, binary_images, classes, compiled, dense, dense_back, inputs_of, numpy, train
from contract import conditional_vae as make_integer
from contract import conditional_vae_of_vectors as make_vector

import autoencoders_edu as ae


def test_the_condition_changes_the_output():
    model = make_integer()
    z = np.zeros((CLASSES, 3), "float32")
    images = numpy(model.decode([z, np.arange(CLASSES)]))
    assert all(np.abs(images[i] - images[j]).max() > 1e-3 for i in range(CLASSES) for j in range(i))


def test_the_condition_changes_the_posterior():
    model, x = make_integer(), np.repeat(binary_images(1), 2, axis=0)
    first, second = numpy(model.encode([x, np.array([0, 1])]))
    assert np.abs(first - second).max() > 1e-3


def test_what_the_condition_tells_is_learned():
    """Images that are black or white by class: the decoder can know them from the condition alone, z = 0."""
    c = np.arange(200) % 2
    x = np.broadcast_to(c[:, None, None, None], (200, 6, 5, 2)).astype("float32")
    model = compiled(ae.ConditionalVAE(dense(6, 2), dense_back(3, 2), num_classes=2, seed=0), 0.01)
    model.fit([x, c], epochs=20, batch_size=20, verbose=0)
    images = numpy(model.decode([np.zeros((2, 3), "float32"), np.array([0, 1])]))
    assert images[0].max() < 0.1
    assert images[1].min() > 0.9


def test_samples_take_one_condition_or_one_each():
    model = make_integer()
    one, each = model.sample(5, 2, seed=0), model.sample(5, np.full(5, 2), seed=0)
    np.testing.assert_array_equal(numpy(one), numpy(each))
    assert one.shape == (5, 6, 5, 2)
    vectors = make_vector()
    assert vectors.sample(4, np.array([0.5, -1.0], "float32")).shape == (4, 6, 5, 2)


def test_importance_weighted_bound_knows_the_condition():
    model, _ = train(make_integer, epochs=2)
    x, c = inputs_of(model, 16)
    bound = numpy(model.log_likelihood([x, c], samples=20, seed=0))
    other = numpy(model.log_likelihood([x, (c + 1) % CLASSES], samples=20, seed=0))
    assert bound.shape == (16,)
    assert np.abs(bound - other).max() > 1e-2
    elbo = np.mean([numpy(model.elbo([x, c], seed=seed)).mean() for seed in range(20)])
    assert elbo < bound.mean()


def test_interpolation_keeps_the_first_condition():
    model = make_integer()
    x, c = inputs_of(model, 4)
    path = numpy(model.interpolate([x, c], [x[::-1], c[::-1]], steps=3))
    np.testing.assert_allclose(path[:, 0], numpy(model.reconstruct([x, c])), rtol=1e-4)
    assert path.shape == (4, 3, 6, 5, 2)


@pytest.mark.any_backend
@pytest.mark.parametrize("wrong", [-1, CLASSES])
def test_a_class_out_of_range_is_refused_before_training(wrong):
    model = compiled(make_integer())
    c = classes(8)
    c[3] = wrong
    with pytest.raises(ValueError, match=f"names class {wrong}.*classes run from 0 to {CLASSES - 1}"):
        model.fit([binary_images(8), c])


def test_a_class_out_of_range_is_refused_in_sampling():
    with pytest.raises(ValueError, match="names class 9"):
        make_integer().sample(3, 9)


@pytest.mark.any_backend
def test_vectors_for_a_model_of_classes_are_refused():
    model = compiled(make_integer())
    with pytest.raises(ValueError, match=r"one class per example.*num_classes=None"):
        model.fit([binary_images(8), np.zeros((8, CLASSES), "float32")])


@pytest.mark.any_backend
def test_a_vector_of_another_length_is_refused():
    model = compiled(make_vector())
    with pytest.raises(ValueError, match=r"The condition has shape \(8, 3\).*examples of shape \(2,\)"):
        model.fit([binary_images(8), np.zeros((8, 3), "float32")])


@pytest.mark.any_backend
def test_a_missing_condition_is_refused():
    with pytest.raises(ValueError, match=r"call fit\(\[x, condition\]\)"):
        compiled(make_integer()).fit(binary_images(8))


def test_networks_without_a_condition_are_refused():
    with pytest.raises(ValueError, match=f"Build both networks with condition_size={CLASSES}"):
        ae.ConditionalVAE(dense(6), dense_back(3), num_classes=CLASSES)


def test_a_decoder_without_a_condition_is_refused():
    with pytest.raises(ValueError, match=r"the code has shape \(3,\) and \(4,\), but the decoder takes \(3,\)"):
        ae.ConditionalVAE(dense(6, CLASSES), dense_back(3), num_classes=CLASSES)


ALONE = {
    "an array": (binary_images(2), r"ndarray of shape \(2, 6, 5, 2\)"),
    "a dictionary": ({"x": binary_images(2), "condition": classes(2)}, "dict"),
    "three": ([binary_images(2), classes(2), classes(2)], "list"),
}


@pytest.mark.any_backend
@pytest.mark.parametrize("ask", ["encode", "elbo", "log_likelihood", "reconstruct", "posterior", "predict", "fit"])
@pytest.mark.parametrize("kind", ALONE)
def test_what_is_no_pair_is_refused_by_every_question(ask, kind):
    inputs, received = ALONE[kind]
    model = compiled(make_integer())
    if (ask, kind) == ("predict", "three"):
        pytest.skip("Keras hands it on to `call`, whose message it wraps")
    with pytest.raises(
        ValueError, match=rf"takes pairs of arrays.*reconstruct\(\[x, condition\]\).*Received: {received}\.$"
    ):
        getattr(model, ask)(inputs)
    assert model.encode([binary_images(2), classes(2)]).shape == (2, 3)  # and the model is as good as before


def test_a_code_without_a_condition_is_refused():
    with pytest.raises(ValueError, match=r"decode\(\[z, condition\]\).*Received: ndarray of shape \(2, 3\)"):
        make_integer().decode(np.zeros((2, 3), "float32"))


@pytest.mark.any_backend
@pytest.mark.parametrize("ask", ["encode", "elbo", "fit"])
@pytest.mark.parametrize("kind", [np.array, pd.Series], ids=["array", "series"])
def test_names_of_classes_are_refused_with_the_remedy(ask, kind):
    x, names = binary_images(4), ["shirt", "bag", "boot", "bag"]
    model = compiled(make_integer())
    with pytest.raises(ValueError, match=r"values such as 'shirt': number the classes, np.unique") as refused:
        getattr(model, ask)([x, kind(names)])
    remedy = str(refused.value).split("number the classes, ")[1].rstrip(".")
    model.fit([x, eval(remedy, {"np": np, "labels": kind(names)})], verbose=0)
    with pytest.raises(ValueError, match="condition must hold numbers"):
        make_vector().encode([x, np.array([names, names]).T])


def test_a_pandas_series_of_classes_is_one_class_for_each_example():
    x, c = binary_images(16), classes(16)
    series = pd.Series(c, index=np.arange(16)[::-1])
    model = compiled(make_integer())
    np.testing.assert_array_equal(numpy(model.encode([x, series])), numpy(model.encode([x, c])))
    np.testing.assert_array_equal(
        model.predict([x, series], verbose=0)["posterior"], model.predict([x, c], verbose=0)["posterior"]
    )
    losses = []
    for condition in (series, c):
        keras.utils.set_random_seed(0)
        model = compiled(make_integer())
        losses.append(model.fit([x, condition], shuffle=False, verbose=0).history["loss"])
    assert losses[0] == losses[1]


@pytest.mark.any_backend
def test_conditions_are_as_many_as_examples():
    with pytest.raises(ValueError, match=r"There are 8 examples, but 3 conditions\. Give one for each"):
        make_integer().encode([binary_images(8), classes(3)])


def test_a_list_of_classes_is_refused_in_training_where_keras_would_take_it_for_many_inputs():
    with pytest.raises(ValueError, match=r"must be an array with one class or vector per example: np\.asarray"):
        compiled(make_integer()).fit([binary_images(8), list(classes(8))])


@pytest.mark.any_backend
@pytest.mark.parametrize("ask", ["encode", "elbo", "log_likelihood", "reconstruct"])
def test_a_class_out_of_range_is_refused_by_every_question(ask):
    with pytest.raises(ValueError, match="names class 50"):
        getattr(make_integer(), ask)([binary_images(2), np.array([0, 50])])


@pytest.mark.any_backend
def test_as_many_conditions_as_samples():
    with pytest.raises(ValueError, match=r"sample\(3\) takes one condition, or 3 of them. Received: 2"):
        make_integer().sample(3, [0, 1])
