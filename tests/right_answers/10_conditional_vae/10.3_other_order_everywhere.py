"""Classes are counted backwards, in both networks and so in training and at sampling: an order like any other."""


class RepairedCVAE(keras.Model):
    def __init__(self, pixels, latent_dim, classes):
        super().__init__()
        self.latent_dim, self.classes = latent_dim, classes
        self.encoder = keras.layers.Dense(2 * latent_dim)
        self.decoder = keras.layers.Dense(pixels)
        self.noise = keras.random.SeedGenerator()

    def one_hot(self, c):
        return ops.one_hot(self.classes - 1 - ops.cast(c, "int32"), self.classes)

    def encode(self, x, c):
        return ops.split(self.encoder(ops.concatenate([x, self.one_hot(c)], axis=-1)), 2, axis=-1)

    def decode(self, z, c):
        return self.decoder(ops.concatenate([z, self.one_hot(c)], axis=-1))

    def sample(self, c):
        shape = (ops.shape(ops.convert_to_tensor(c))[0], self.latent_dim)
        return keras.activations.sigmoid(self.decode(keras.random.normal(shape, seed=self.noise), c))

    def call(self, inputs):
        x, c = inputs
        mean, log_variance = self.encode(x, c)
        z = mean + ops.exp(log_variance / 2) * keras.random.normal(ops.shape(mean), seed=self.noise)
        return self.decode(z, c), mean, log_variance

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        logits, mean, log_variance = y_pred
        images, _ = x
        reconstruction = ops.sum(ops.softplus(logits) - images * logits, axis=-1)
        kl = ops.sum(ops.exp(log_variance) + mean**2 - 1 - log_variance, axis=-1) / 2
        return ops.mean(reconstruction) + ops.mean(kl)
