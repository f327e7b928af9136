"""The network that watches servers when nobody brings another one."""

from autoencoders_edu._backend import keras
from autoencoders_edu.corruption import PixelDropout
from autoencoders_edu.models.denoising import DenoisingAutoencoder
from autoencoders_edu.models.latent_variable import LatentVariableModel
from autoencoders_edu.networks import dense_decoder, dense_encoder

CODE, HIDDEN, LOST = 8, 64, 0.1
EPOCHS, BATCH_SIZE, STEPS = 15, 128, 1000


def default_model(metrics, seed=0):
    """A denoising autoencoder of the given number of metrics, compiled: 64-8-64 units, 10 % of the inputs lost in
    training. With fewer than 16 metrics the code is half as wide as they are many.

    Lost inputs make the network infer each metric from the others instead of copying it.
    """
    code = min(CODE, max(1, metrics // 2))
    first = keras.initializers.GlorotUniform(seed=seed)
    networks = dense_encoder((metrics,), code, hidden=(HIDDEN,)), dense_decoder(code, (metrics,), hidden=(HIDDEN,))
    return DenoisingAutoencoder(*networks, PixelDropout(LOST, seed=seed))


def train(model, x, epochs=None, seed=0, **fit_options):
    pass
