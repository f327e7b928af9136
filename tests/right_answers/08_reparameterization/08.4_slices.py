"""Slices instead of split, the root of the variance, and a method that both draw and encode use."""


class RepairedVAE(keras.Model):
    def __init__(self, pixels, latent_dim):
        super().__init__()
        self.d = latent_dim
        self.encoder = keras.layers.Dense(2 * latent_dim)
        self.decoder = keras.layers.Dense(pixels)
        self.noise = keras.random.SeedGenerator()

    def encode(self, x):
        return self.encoder(x)[:, : self.d]

    def draw(self, x):
        outputs = self.encoder(x)
        mean, log_variance = outputs[:, : self.d], outputs[:, self.d :]
        noise = keras.random.normal((ops.shape(outputs)[0], self.d), seed=self.noise)
        return mean + noise * ops.sqrt(ops.exp(log_variance)), mean, log_variance

    def call(self, x):
        z, mean, log_variance = self.draw(x)
        return [self.decoder(z), mean, log_variance]

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        logits, mean, log_variance = y_pred
        reconstruction = ops.sum(ops.binary_crossentropy(x, logits, from_logits=True), axis=-1)
        kl = ops.sum(ops.exp(log_variance) + mean**2 - 1 - log_variance, axis=-1) / 2
        return ops.mean(reconstruction + kl)
