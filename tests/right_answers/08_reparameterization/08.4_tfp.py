"""The posterior is a TFP distribution, whose sample is reparameterised; encode asks for its mean."""

from autoencoders_edu.distributions import diagonal_normal, next_seed


class RepairedVAE(keras.Model):
    def __init__(self, pixels, latent_dim):
        super().__init__()
        self.encoder = keras.layers.Dense(2 * latent_dim)
        self.decoder = keras.layers.Dense(pixels)
        self.noise = keras.random.SeedGenerator(1)

    def draw(self, x):
        outputs = self.encoder(x)
        mean, log_variance = ops.split(outputs, 2, axis=-1)
        return diagonal_normal(outputs).sample(seed=next_seed(self.noise)), mean, log_variance

    def encode(self, x):
        return diagonal_normal(self.encoder(x)).mean()

    def call(self, x):
        z, mean, log_variance = self.draw(x)
        return self.decoder(z), mean, log_variance

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        logits, mean, log_variance = y_pred
        reconstruction = ops.sum(ops.softplus(logits) - x * logits, axis=-1)
        kl = ops.sum(ops.exp(log_variance) + mean**2 - 1 - log_variance, axis=-1) / 2
        return ops.mean(reconstruction) + ops.mean(kl)
