"""The condition stands before z, and before x; one method makes it, from a row of an identity matrix."""


class RepairedCVAE(keras.Model):
    def __init__(self, pixels, latent_dim, classes):
        super().__init__()
        self.latent_dim, self.classes = latent_dim, classes
        self.encoder = keras.layers.Dense(2 * latent_dim)
        self.decoder = keras.layers.Dense(pixels)
        self.noise = keras.random.SeedGenerator(3)

    def with_class(self, c, x):
        return ops.concatenate([ops.take(ops.eye(self.classes), c, axis=0), x], axis=1)

    def encode(self, x, c):
        output = self.encoder(self.with_class(c, x))
        return output[:, : self.latent_dim], output[:, self.latent_dim :]

    def decode(self, z, c):
        return self.decoder(self.with_class(c, z))

    def sample(self, c):
        z = keras.random.normal((len(c), self.latent_dim), seed=self.noise)
        return 1 / (1 + ops.exp(-self.decode(z, c)))

    def call(self, inputs):
        mean, log_variance = self.encode(*inputs)
        epsilon = keras.random.normal(ops.shape(mean), seed=self.noise)
        return self.decode(mean + ops.exp(0.5 * log_variance) * epsilon, inputs[1]), mean, log_variance

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        logits, mean, log_variance = y_pred
        reconstruction = ops.sum(ops.binary_crossentropy(x[0], logits, from_logits=True), axis=-1)
        kl = ops.sum(ops.exp(log_variance) + mean**2 - 1 - log_variance, axis=-1) / 2
        return ops.mean(reconstruction + kl)
