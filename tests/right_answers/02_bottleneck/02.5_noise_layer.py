"""A class of one's own with Keras's noise layer in front of the encoder, trained with a schedule that ends at 0."""


def explained(reconstruct, inputs):
    drawn = np.concatenate([np.asarray(reconstruct(part)) for part in np.array_split(inputs, 2)])
    return 1 - np.linalg.norm(inputs - drawn) ** 2 / np.linalg.norm(inputs - inputs.mean(axis=0)) ** 2


class Noisy(keras.Model):
    def __init__(self):
        super().__init__()
        self.noise = keras.layers.GaussianNoise(0.4)
        self.encoder = ae.networks.dense_encoder((8, 8, 1), 256, hidden=(256,))
        self.decoder = ae.networks.dense_decoder(256, (8, 8, 1), hidden=(256,))

    def encode(self, x):
        return self.encoder(x)

    def decode(self, z):
        return self.decoder(z)

    def reconstruct(self, x):
        return self.decode(self.encode(x))

    def call(self, x, training=False):
        return self.decoder(self.encoder(self.noise(x, training=training)))


keras.utils.set_random_seed(3)
cured = Noisy()
cured.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, 425)), "mse", steps_per_execution=8)
_ = cured.fit(digits.x_train, digits.x_train, epochs=25, batch_size=64, verbose=0)
