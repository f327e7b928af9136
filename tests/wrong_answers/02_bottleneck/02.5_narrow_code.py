"""The remedy that everybody knows: a code of eight numbers."""

MESSAGE = "The code is too small"


def explained(reconstruct, inputs):
    return 1 - np.mean((inputs - np.asarray(reconstruct(inputs))) ** 2) / np.mean((inputs - inputs.mean(axis=0)) ** 2)


keras.utils.set_random_seed(0)
cured = ae.Autoencoder(
    ae.networks.dense_encoder((8, 8, 1), 8, hidden=(256,)), ae.networks.dense_decoder(8, (8, 8, 1), hidden=(256,))
)
cured.compile(keras.optimizers.Adam(2e-3), "mse", steps_per_execution=8)
_ = cured.fit(digits.x_train, digits.x_train, epochs=3, batch_size=64, verbose=0)
