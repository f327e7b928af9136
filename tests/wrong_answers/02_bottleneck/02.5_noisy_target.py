"""A denoiser by hand, whose target is the noisy image as well: it learns to copy noise."""

MESSAGE = "returns noise even at the pixels that are black in every digit"


def explained(reconstruct, inputs):
    return 1 - np.mean((inputs - np.asarray(reconstruct(inputs))) ** 2) / np.mean((inputs - inputs.mean(axis=0)) ** 2)


keras.utils.set_random_seed(0)
cured = ae.Autoencoder(
    ae.networks.dense_encoder((8, 8, 1), 256, hidden=(256,)),
    ae.networks.dense_decoder(256, (8, 8, 1), hidden=(256,)),
)
noisy = digits.x_train + np.random.default_rng(0).normal(0, 0.5, digits.x_train.shape).astype("float32")
cured.compile(keras.optimizers.Adam(2e-3), "mse", steps_per_execution=8)
_ = cured.fit(noisy, noisy, epochs=10, batch_size=64, verbose=0)
