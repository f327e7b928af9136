"""The course's own corruption, and a loss that is computed with ops alone."""


class RepairedDenoiser(keras.Model):
    def __init__(self, pixels, units, noise_stddev):
        super().__init__()
        self.encoder = keras.layers.Dense(units, activation="relu")
        self.decoder = keras.layers.Dense(pixels)
        self.corruption = ae.corruption.GaussianNoise(noise_stddev)

    def call(self, x, training=None):
        noisy = self.corruption(x, training=bool(training))
        return self.decoder(self.encoder(noisy))

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return ops.sum(ops.square(x - y_pred)) / ops.cast(ops.size(x), "float32")
