"""A plain autoencoder that is fed noisy digits, new ones in each epoch, and asked for the clean ones, by hand."""

MESSAGE = "Few or small steps only put copying off"


def explained(reconstruct, inputs):
    drawn = np.concatenate([np.asarray(reconstruct(part)) for part in np.array_split(inputs, 2)])
    return 1 - np.linalg.norm(inputs - drawn) ** 2 / np.linalg.norm(inputs - inputs.mean(axis=0)) ** 2


keras.utils.set_random_seed(3)
cured = ae.Autoencoder(
    ae.networks.dense_encoder((8, 8, 1), 256, hidden=(256,)),
    ae.networks.dense_decoder(256, (8, 8, 1), hidden=(256,)),
)
cured.compile(keras.optimizers.Adam(2e-3), "mse", steps_per_execution=8)
rng = np.random.default_rng(0)
for _ in range(12):
    noisy = digits.x_train + rng.normal(0, 0.4, digits.x_train.shape).astype("float32")
    cured.fit(noisy, digits.x_train, batch_size=64, verbose=0)
