"""The sparse cut is applied on the way to the reconstruction, but the code that is handed out is uncut."""

MESSAGE = "is not reconstruct(x)"


def explained(reconstruct, inputs):
    return 1 - np.mean((inputs - np.asarray(reconstruct(inputs))) ** 2) / np.mean((inputs - inputs.mean(axis=0)) ** 2)


class Cut(ae.Autoencoder):
    def reconstruct(self, x):
        return self.decode(ae.sparsity.TopK(8)(self.encode(x)))

    def call(self, x, training=False):
        return self.reconstruct(x)


keras.utils.set_random_seed(0)
cured = Cut(
    ae.networks.dense_encoder((8, 8, 1), 256, hidden=(256,)),
    ae.networks.dense_decoder(256, (8, 8, 1), hidden=(256,)),
)
