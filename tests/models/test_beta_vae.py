"""beta weighs the KL: exactly the VAE at 1, and a dial that can be turned while training."""

import numpy as np
import pytest
from contract import LATENT_DIM, binary_images, compiled, dense, dense_back, numpy, train

import autoencoders_edu as ae


def make(kind, **options):
    return lambda shape: kind(dense(2 * LATENT_DIM, shape=shape), dense_back(shape=shape), seed=1, **options)


@pytest.mark.parametrize(
    "jit_compile", [pytest.param(False, marks=pytest.mark.any_backend), True]
)  # on JAX the default
def test_beta_one_is_the_vae_to_the_last_bit(jit_compile):
    vae = train(make(ae.VAE), jit_compile=jit_compile)[1]
    beta_one = train(make(ae.BetaVAE, beta=1.0), jit_compile=jit_compile)[1]
    assert beta_one == vae


def test_derivative_of_the_loss_by_beta_is_the_kl():
    model = make(ae.BetaVAE, beta=2.0)((6, 5, 2))
    x = binary_images(16)
    outputs = model(x, seed=0)
    losses = []
    for beta in (1.5, 2.5):
        model.beta.assign(beta)
        losses.append(float(numpy(model.compute_loss(x=x, y_pred=outputs))))
    _, kl = model.terms(x, outputs)
    assert losses[1] - losses[0] == pytest.approx(numpy(kl).mean(), rel=1e-3)


def test_kl_is_logged_without_its_weight():
    _, history = train(make(ae.BetaVAE, beta=3.0))
    np.testing.assert_allclose(
        np.add(history["reconstruction"], np.multiply(3, history["kl"])), history["loss"], rtol=1e-5
    )


def test_larger_beta_leaves_less_kl():
    kl = [train(make(ae.BetaVAE, beta=beta), epochs=20)[1]["kl"][-1] for beta in (0.1, 1.0, 10.0)]
    assert kl[0] > kl[1] > kl[2]


def test_elbo_does_not_depend_on_beta():
    x = binary_images(8)
    model = make(ae.BetaVAE, beta=5.0)((6, 5, 2))
    before = numpy(model.elbo(x, seed=0))
    model.beta.assign(0.0)
    np.testing.assert_array_equal(numpy(model.elbo(x, seed=0)), before)


EAGERLY = pytest.param({"run_eagerly": True}, marks=pytest.mark.any_backend)  # slow on JAX, which compiles each step


@pytest.mark.parametrize("options", [EAGERLY, {"jit_compile": True}, {"steps_per_execution": 4}], ids=str)
def test_a_schedule_changes_beta_during_training(options):
    """With a KL weight of 0 and then 1, the second epoch's loss holds the KL and the first does not."""
    schedule = ae.callbacks.LinearBeta(0.0, 1.0, 1)
    _, history = train(make(ae.BetaVAE), epochs=2, fit={"callbacks": [schedule]}, **options)
    terms = np.array([history["reconstruction"], history["kl"]])
    np.testing.assert_allclose(history["loss"], terms[0] + [0, 1] * terms[1], rtol=1e-5)
    assert history["beta"] == [0.0, 1.0]


def test_an_annealed_beta_survives_saving(tmp_path):
    import keras

    model, _ = train(make(ae.BetaVAE), epochs=1, fit={"callbacks": [ae.callbacks.LinearBeta(0.25, 1.0, 4)]})
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert float(numpy(loaded.beta)) == 0.25
    assert loaded.get_config()["beta"] == 4.0


@pytest.mark.parametrize("beta", [-0.1, "4", None])
def test_a_beta_that_is_no_weight_is_refused(beta):
    with pytest.raises(ValueError, match=r"beta to be a number >= 0. Received"):
        make(ae.BetaVAE, beta=beta)((6, 5, 2))


def test_beta_is_no_trainable_weight():
    model = compiled(make(ae.BetaVAE)((6, 5, 2)))
    assert all(weight is not model.beta for weight in model.trainable_weights)


def test_setting_beta_reaches_a_model_that_is_already_compiled():
    model, _ = train(make(ae.BetaVAE, beta=0.5), epochs=1)
    model.beta = 50.0
    history = model.fit(binary_images(64), verbose=0).history
    penalty = history["loss"][0] - history["reconstruction"][0]
    assert penalty / history["kl"][0] == pytest.approx(50, rel=1e-3)


def test_numpy_numbers_are_weights():
    assert float(numpy(make(ae.BetaVAE, beta=np.float32(2))((6, 5, 2)).beta)) == 2.0
