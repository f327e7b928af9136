"""The denoising autoencoder."""

from autoencoders_edu._backend import keras
from autoencoders_edu._typing import Model, Tensor
from autoencoders_edu.models import checks
from autoencoders_edu.models.autoencoder import Autoencoder


@keras.saving.register_keras_serializable("autoencoders_edu")
class DenoisingAutoencoder(Autoencoder):
    """Reconstructs the clean input from a corrupted one:

        loss(x) = d(x, g(f(c(x)))),   c random, in training only

    so that copying does not help and the networks must learn what clean data looks like. At test time nothing is
    corrupted: to judge the restoration, corrupt the input yourself, `evaluate(corruption(x, training=True), x)`.

    Args:
        encoder, decoder: as for `Autoencoder`; there may be skip connections between them.
        corruption: a Keras layer that acts in training only, such as `ae.corruption.GaussianNoise(0.3)`.

    Reference: Vincent et al. 2008, "Extracting and composing robust features with denoising autoencoders", Eq. 5.
    """

    def __init__(self, encoder: Model, decoder: Model, corruption: keras.layers.Layer, **kwargs):
        super().__init__(encoder, decoder, **kwargs)
        checks.check_layer(corruption, "DenoisingAutoencoder", "corruption", "ae.corruption.GaussianNoise(0.3)")
        self.corruption = corruption

    def call(self, x: Tensor, training: bool = False) -> Tensor:
        return super().call(self.corruption(x, training=training), training=training)

    def get_config(self):
        return {**super().get_config(), "corruption": keras.saving.serialize_keras_object(self.corruption)}
