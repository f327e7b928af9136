"""Plain, denoising and sparse autoencoders: the mathematics of each, and what each refuses."""

import keras
import numpy as np
import pytest
from contract import CASES, SHAPE, binary_images, compiled, dense, dense_back, inputs_of, numpy, train
from contract import autoencoder as make_autoencoder
from scipy.linalg import subspace_angles
from sklearn.decomposition import PCA

import autoencoders_edu as ae


@pytest.fixture(scope="module")
def linear_and_pca():
    """A linear autoencoder with 4 units, trained on Fashion-MNIST, beside PCA with 4 components."""
    data = ae.data.load("fashion_mnist")
    keras.utils.set_random_seed(0)
    encoder = ae.networks.dense_encoder((28, 28, 1), 4, hidden=())
    model = ae.Autoencoder(encoder, ae.networks.dense_decoder(4, (28, 28, 1), hidden=()))
    steps = 20 * len(data.x_train) // 100
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(3e-3, steps)), "mse")
    model.fit(data.x_train, data.x_train, batch_size=100, epochs=20, verbose=0)
    pca = PCA(4).fit(data.x_train.reshape(len(data.x_train), -1))
    return model, pca, data


def test_linear_autoencoder_spans_the_pca_subspace(linear_and_pca):
    model, pca, _ = linear_and_pca
    kernel = numpy(model.decoder.layers[-2].kernel)
    angles = np.degrees(subspace_angles(kernel.T, pca.components_.T))
    assert angles.max() <= 2


def test_linear_autoencoder_reaches_the_error_of_pca(linear_and_pca):
    model, pca, data = linear_and_pca
    flat = data.x_test.reshape(len(data.x_test), -1)
    best = np.mean((pca.inverse_transform(pca.transform(flat)) - flat) ** 2)
    reached = np.mean((numpy(model.reconstruct(data.x_test)) - data.x_test) ** 2)
    assert reached == pytest.approx(best, rel=0.005)


def test_reconstruct_is_decode_after_encode():
    model = make_autoencoder()
    x = binary_images(5)
    np.testing.assert_allclose(numpy(model.reconstruct(x)), numpy(model.decode(model.encode(x))), rtol=1e-6)
    np.testing.assert_allclose(numpy(model(x)), numpy(model.reconstruct(x)), rtol=1e-6)


def denoiser(rate=1.0):
    return ae.DenoisingAutoencoder(dense(3), dense_back(), ae.corruption.PixelDropout(rate, seed=0))


def test_denoiser_corrupts_in_training_only():
    model, x = denoiser(), binary_images(5)
    np.testing.assert_allclose(numpy(model(x, training=True)), numpy(model(0 * x)), atol=1e-6)
    np.testing.assert_allclose(numpy(model(x)), numpy(model.decode(model.encode(x))), rtol=1e-6)
    assert np.abs(numpy(model(x)) - numpy(model(0 * x))).max() > 1e-3


def test_denoiser_is_scored_against_the_clean_input():
    model, x = denoiser(), binary_images(16)
    blind = np.mean((numpy(model(0 * x)) - x) ** 2)
    model.compile(keras.optimizers.SGD(0.0), "mse")
    history = model.fit(x, x, batch_size=16, verbose=0)
    assert history.history["loss"][0] == pytest.approx(blind, rel=1e-5)


def test_denoiser_sees_new_noise_in_each_epoch():
    model, x = denoiser(0.5), binary_images(16)
    model.compile(keras.optimizers.SGD(0.0), "mse")
    losses = model.fit(x, x, batch_size=16, epochs=3, verbose=0).history["loss"]
    assert len(set(losses)) == 3


@pytest.mark.parametrize("sparsity", [ae.sparsity.L1(0.1), ae.sparsity.KLSparsity(0.2, 0.3)], ids=["L1", "KL"])
def test_sparse_loss_is_error_plus_penalty(sparsity):
    model = ae.SparseAutoencoder(dense(40, output_activation="sigmoid"), dense_back(40), sparsity)
    model.compile("sgd", "mse")
    x = binary_images(16)
    z = numpy(model.encode(x))
    error = np.mean((numpy(model.reconstruct(x)) - x) ** 2)
    if isinstance(sparsity, ae.sparsity.L1):
        penalty = 0.1 * np.abs(z).sum(axis=1).mean()
    else:
        t, rate = 0.2, z.mean(axis=0)
        penalty = 0.3 * (t * np.log(t / rate) + (1 - t) * np.log((1 - t) / (1 - rate))).sum()
    assert model.evaluate(x, x, batch_size=16, verbose=0) == pytest.approx(error + penalty, rel=1e-5)


def test_top_k_leaves_k_units_of_a_code_active():
    model = ae.SparseAutoencoder(dense(40), dense_back(40), ae.sparsity.TopK(7))
    assert (np.count_nonzero(numpy(model.encode(binary_images(20))), axis=1) == 7).all()


def test_a_code_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"the code has shape \(3,\), but the decoder takes \(5,\).*latent_dim"):
        ae.Autoencoder(dense(3), dense_back(5))


def test_an_output_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"decoder returns \(4, 4, 1\), but the encoder takes \(6, 5, 2\)"):
        ae.Autoencoder(dense(3), dense_back(3, shape=(4, 4, 1)))


def test_a_network_without_known_shapes_is_refused():
    with pytest.raises(ValueError, match="encoder must be a Keras model that knows its shapes"):
        ae.Autoencoder(keras.Sequential([keras.layers.Dense(3)]), dense_back())


@pytest.mark.any_backend
def test_missing_target_is_refused():
    with pytest.raises(ValueError, match=r"no target was received: call fit\(x, x\)"):
        compiled(make_autoencoder()).fit(binary_images(4))


@pytest.mark.parametrize("poison", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_refused_before_training(poison):
    model, x = compiled(make_autoencoder()), binary_images(9)
    x[5, 0, 0, 0] = poison
    before = [numpy(weight).copy() for weight in model.weights]
    with pytest.raises(ValueError, match=r"NaN or infinity in 1 of 9 examples .the first at index 5"):
        model.fit(x, x)
    for old, new in zip(before, model.weights, strict=True):
        np.testing.assert_array_equal(old, numpy(new))


@pytest.mark.any_backend
def test_validation_data_is_examined_too():
    model, x = compiled(make_autoencoder()), binary_images(4)
    bad = np.full_like(x, np.nan)
    with pytest.raises(ValueError, match=r"^In the validation data: x holds NaN or infinity in 4 of 4 examples"):
        model.fit(x, x, validation_data=(bad, bad))
    with pytest.raises(ValueError, match=r"^In the validation data: the target y has shape \(4,\)"):
        model.fit(x, x, validation_data=(x, np.arange(4)))
    with pytest.raises(ValueError, match=r"^x holds NaN"):
        model.evaluate(bad, bad)


@pytest.mark.any_backend
def test_images_without_channel_axis_get_the_remedy():
    model = compiled(ae.Autoencoder(dense(3, shape=(6, 5, 1)), dense_back(shape=(6, 5, 1))))
    x = binary_images(4)[..., 0]
    with pytest.raises(ValueError, match=r"Add the channel axis: x\[..., None\]"):
        model.fit(x, x)


@pytest.mark.any_backend
@pytest.mark.parametrize("name", ["autoencoder", "sparse_l1", "denoising", "vae", "conditional_vae"])
@pytest.mark.parametrize("ask", ["encode", "reconstruct"])
def test_one_example_alone_is_told_to_lack_the_batch_axis(name, ask):
    model = CASES[name]()
    x = inputs_of(model, 1)
    one = [x[0][0], x[1]] if isinstance(x, list) else x[0]
    with pytest.raises(ValueError, match=r"^x has shape \(6, 5, 2\).* one example without a batch axis: x\[None\]"):
        getattr(model, ask)(one)


@pytest.mark.any_backend
@pytest.mark.parametrize("name", ["autoencoder", "vae"])
def test_one_code_alone_is_told_to_lack_the_batch_axis(name):
    with pytest.raises(ValueError, match=r"^z has shape \(3,\).* one example without a batch axis: z\[None\]"):
        CASES[name]().decode(np.zeros(3, "float32"))


def test_images_that_keras_can_read_are_encoded_without_a_channel_axis():
    model = ae.Autoencoder(dense(3, shape=(6, 5, 1)), dense_back(shape=(6, 5, 1)))
    x = binary_images(4, (6, 5, 1))
    np.testing.assert_array_equal(numpy(model.encode(x[..., 0])), numpy(model.encode(x)))


def test_a_refusal_of_keras_that_is_not_about_the_shape_of_x_is_passed_on():
    with pytest.raises(ValueError, match="but it received 2 input"):
        make_autoencoder().encode([binary_images(2)] * 2)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="tf.data")
def test_an_empty_data_set_is_refused():
    import tensorflow as tf

    x = binary_images(4)
    empty = tf.data.Dataset.from_tensor_slices((x, x)).batch(8, drop_remainder=True)
    with pytest.raises(ValueError, match=r"^The data set yields no batch\. .*drop_remainder"):
        compiled(make_autoencoder()).fit(empty)
    with pytest.raises(ValueError, match=r"^In the validation data: The data set yields no batch\."):
        compiled(make_autoencoder()).fit(x, x, validation_data=empty)


def test_an_empty_py_dataset_is_refused():
    class Nothing(keras.utils.PyDataset):
        def __len__(self):
            return 0

        def __getitem__(self, index):
            raise IndexError(index)

    with pytest.raises(ValueError, match=r"^The data set yields no batch\."):
        compiled(make_autoencoder()).fit(Nothing())


def test_a_py_dataset_without_a_length_trains():
    class Endless(keras.utils.PyDataset):
        num_batches = None

        def __getitem__(self, index):
            return (binary_images(4, seed=index),) * 2

    history = compiled(make_autoencoder()).fit(Endless(), steps_per_epoch=3, shuffle=False, verbose=0).history
    assert np.isfinite(history["loss"]).all()


@pytest.mark.any_backend
def test_a_target_of_another_shape_is_refused():
    x = binary_images(4)
    with pytest.raises(ValueError, match="the target y has shape"):
        compiled(make_autoencoder()).fit(x, np.arange(4))


def test_generators_train_without_being_used_up():
    model = compiled(make_autoencoder())
    batches = [(binary_images(8, seed=seed),) * 2 for seed in range(3)]
    history = model.fit((batch for batch in batches), steps_per_epoch=3, verbose=0)
    assert np.isfinite(history.history["loss"]).all()


def test_py_dataset_trains_and_is_examined():
    class Batches(keras.utils.PyDataset):
        def __len__(self):
            return 2

        def __getitem__(self, index):
            return (np.full((4, *SHAPE), np.nan, "float32"),) * 2

    with pytest.raises(ValueError, match="NaN"):
        compiled(make_autoencoder()).fit(Batches())


def test_predict_equals_reconstruct():
    model, _ = train(make_autoencoder, epochs=1)
    x = inputs_of(model)
    np.testing.assert_allclose(model.predict(x, verbose=0), numpy(model.reconstruct(x)), atol=1e-6)


def test_kl_sparsity_refuses_a_code_outside_the_unit_interval():
    model = ae.SparseAutoencoder(dense(40), dense_back(40), ae.sparsity.KLSparsity(0.1, 1.0))
    with pytest.raises(ValueError, match="End the encoder in a sigmoid: output_activation='sigmoid'"):
        compiled(model).fit(binary_images(8), binary_images(8))


@pytest.mark.any_backend
@pytest.mark.parametrize(
    ("kind", "name"), [(ae.SparseAutoencoder, "sparsity"), (ae.DenoisingAutoencoder, "corruption")]
)
def test_what_is_no_layer_is_refused(kind, name):
    with pytest.raises(ValueError, match=f"expects {name} to be a Keras layer, such as ae.{name}"):
        kind(dense(3), dense_back(3), 0.3)
