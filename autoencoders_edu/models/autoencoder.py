"""The plain autoencoder, and what every model of this library shares: two networks, saved and checked together."""

import inspect

import numpy as np

from autoencoders_edu._backend import keras
from autoencoders_edu.models import checks, shuffling


@keras.saving.register_keras_serializable("autoencoders_edu")
class Autoencoder(keras.Model):
    """Copies its input through a code: z = f(x), x' = g(z), trained so that x' comes close to x.

        loss(x) = d(x, g(f(x)))

    with d the loss given to `compile`. When z has fewer numbers than x the model is undercomplete, and the copy has to
    leave something out.

    Args:
        encoder: Keras model from x (batch, ...) to z (batch, latent_dim).
        decoder: Keras model from z back to the shape of x.

    Raises:
        ValueError: when the two do not fit together; from `fit`, when the data does not fit the model.

    Example:

    >>> encoder = ae.networks.dense_encoder((8, 8, 1), 4, hidden=(32,))
    >>> decoder = ae.networks.dense_decoder(4, (8, 8, 1), hidden=(32,))
    >>> model = ae.Autoencoder(encoder, decoder)
    >>> model.compile("adam", "mse")
    >>> images = ae.data.load("digits").x_train
    >>> history = model.fit(images, images, verbose=0)
    >>> model.encode(images[:5]).shape == (5, 4)
    True

    Reference: Hinton and Salakhutdinov 2006, "Reducing the dimensionality of data with neural networks".
    """

    def __init__(self, encoder, decoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder = encoder
        self.decoder = decoder
        self.check_networks()
        self.built = True  # the networks came with their weights

    def call(self, x, training=False):
        return self.decoder(self.encoder(x, training=training), training=training)

    def encode(self, x):
        """The code z (batch, latent_dim) of x (batch, ...)."""
        return self.encoder(x)

    def decode(self, z):
        """The reconstruction (batch, ...) that belongs to the code z (batch, latent_dim)."""
        return self.decoder(z)

    def reconstruct(self, x):
        """x after the way through the code: (batch, ...), as x."""
        return self.decode(self.encode(x))

    def fit(self, x=None, y=None, batch_size=None, epochs=1, **kwargs):
        """Keras's `fit`, after a look at the data; on either backend an array's rows have a new order every epoch."""
        self.check_data(x, y)
        validation = kwargs.get("validation_data")
        if validation is not None:
            self.check_data(*(validation[:2] if isinstance(validation, (list, tuple)) else (validation,)))
        if hasattr(x, "element_spec") or inspect.isgenerator(x):
            kwargs.setdefault("shuffle", False)  # they come in an order of their own; Keras would warn of its default
        with shuffling.in_new_orders(x, y, batch_size, kwargs) as (x, y, kwargs):
            return super().fit(x, y, batch_size, epochs, **kwargs)

    def evaluate(self, x=None, y=None, batch_size=None, **kwargs):
        """Keras's `evaluate`, after a look at the data."""
        if not kwargs.get("_use_cached_eval_dataset"):  # then it is `fit` that calls, which has looked already
            self.check_data(x, y)
        return super().evaluate(x, y, batch_size, **kwargs)

    def check_networks(self):
        """Raises ValueError unless the encoder's output, the decoder and the input's shape fit together."""
        code = checks.known_shape(self.encoder, "encoder", "output")
        checks.check_code(code, checks.known_shape(self.decoder, "decoder", "input"))
        images = checks.known_shape(self.encoder, "encoder", "input")
        checks.check_output(checks.known_shape(self.decoder, "decoder", "output"), images)

    def check_data(self, x, y=None):
        """Raises ValueError where x (or a target y) is nothing this model can be trained on."""
        inputs, target = checks.look_at(x, y)
        if inputs is not None:
            self.check_arrays(inputs, target)

    def check_arrays(self, inputs, target):
        """The same for what `checks.look_at` found: numpy arrays, or lists of them."""
        if target is None:
            raise ValueError("An autoencoder's target is its input, but no target was received: call fit(x, x).")
        shape = self.encoder.inputs[0].shape[1:]
        if isinstance(inputs, np.ndarray):
            checks.check_array(inputs, shape, "x")
        if isinstance(target, np.ndarray) and target is not inputs:
            checks.check_array(target, shape, "the target y")

    def get_config(self):
        return {
            **super().get_config(),
            "encoder": keras.saving.serialize_keras_object(self.encoder),
            "decoder": keras.saving.serialize_keras_object(self.decoder),
        }

    @classmethod
    def from_config(cls, config):
        return cls(**{name: keras.saving.deserialize_keras_object(value) for name, value in config.items()})
