"""Weight decay as weak as in lesson 2 is taken for a full cure."""

MESSAGE = "Half a cure"


def explained(reconstruct, inputs):
    return 1 - np.mean((inputs - np.asarray(reconstruct(inputs))) ** 2) / np.mean((inputs - inputs.mean(axis=0)) ** 2)


def dense(units, activation=None):
    return keras.layers.Dense(units, activation, kernel_regularizer=keras.regularizers.L2(1e-4))


keras.utils.set_random_seed(0)
encoder = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Flatten(), dense(256, "relu"), dense(256)])
decoder = keras.Sequential([keras.Input((256,)), dense(256, "relu"), dense(64), keras.layers.Reshape((8, 8, 1))])
cured = ae.Autoencoder(encoder, decoder)
cured.compile(keras.optimizers.Adam(2e-3), "mse", steps_per_execution=8)
_ = cured.fit(digits.x_train, digits.x_train, epochs=20, batch_size=64, verbose=0)
