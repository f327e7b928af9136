"""The plain autoencoder, and what all models share: two networks, validated, trained and saved together."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autoencoders_edu._backend import keras
from autoencoders_edu._typing import Model, Tensor
from autoencoders_edu.distributions import NegativeLogLikelihood
from autoencoders_edu.models import checks
from autoencoders_edu.models.blocks import TrainedInBlocks
from autoencoders_edu.models.devices import check_distribution
from autoencoders_edu.models.training_data import (
    ask,
    check_array,
    look_at,
    target_for_weights,
    target_of,
    warn_if_diverged,
)


@keras.saving.register_keras_serializable("autoencoders_edu")
class Autoencoder(TrainedInBlocks):
    """Reconstructs its input from a code: z = f(x), x' = g(z), trained so that x' is close to x.

        loss(x) = d(x, g(f(x)))

    with d the loss given to `compile`. When z has fewer numbers than x, the model is undercomplete and cannot copy
    everything.

    Args:
        encoder: Keras model from x (batch, ...) to z (batch, latent_dim).
        decoder: Keras model from z back to the shape of x.

    Raises:
        ValueError: when the two do not fit together; from `fit` and `evaluate`, when the data does not fit the model.

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

    def __init__(self, encoder: Model, decoder: Model, **kwargs):
        super().__init__(**kwargs)
        self.encoder = encoder
        self.decoder = decoder
        self.check_networks()
        self.built = True  # the networks came with their weights

    def compile(self, optimizer="rmsprop", loss=None, **kwargs):
        """Keras's `compile`. Stddevs of a loss such as `table.likelihood.loss()` are fitted and saved, too."""
        super().compile(optimizer, loss, **kwargs)
        if isinstance(loss, NegativeLogLikelihood):
            checks.check_logits(self.decoder, loss.likelihood)
            self.likelihood_family = loss.likelihood  # tracked as a layer of this model, like any attribute

    def call(self, x: Tensor, training: bool = False) -> Tensor:
        return self.decoder(self.encoder(x, training=training), training=training)

    def encode(self, x: ArrayLike) -> Tensor:
        """The code z (batch, latent_dim) of x (batch, ...)."""
        return ask(self.encoder, x, "x")

    def decode(self, z: ArrayLike) -> Tensor:
        """The reconstruction (batch, ...) for the code z (batch, latent_dim)."""
        return ask(self.decoder, z, "z")

    def reconstruct(self, x: ArrayLike) -> Tensor:
        """x encoded and decoded again: (batch, ...), the shape of x."""
        return self.decode(self.encode(x))

    def fit(self, x=None, y=None, batch_size=None, epochs=1, **kwargs) -> keras.callbacks.History:
        """Keras's `fit`, after validation of the data, and with the rows of arrays in a new order every epoch."""
        self.check_data(x, y)
        check_distribution(x, batch_size, kwargs.get("validation_split"), kwargs.get("steps_per_epoch"))
        y = target_for_weights(x, y, kwargs.get("sample_weight"))
        if kwargs.get("validation_data") is not None:
            x_val, y_val, weight = keras.utils.unpack_x_y_sample_weight(kwargs["validation_data"])
            try:
                self.check_data(x_val, y_val)
                check_distribution(x_val, kwargs.get("validation_batch_size") or batch_size)
            except ValueError as error:
                raise ValueError(f"In the validation data: {error}") from None
            kwargs["validation_data"] = x_val, target_for_weights(x_val, y_val, weight), weight
        history = super().fit(x, y, batch_size, epochs, **kwargs)
        warn_if_diverged(self, history.history.get("loss", []))
        return history

    def evaluate(self, x=None, y=None, batch_size=None, **kwargs) -> Any:
        """Keras's `evaluate`, after validation of the data."""
        if not kwargs.get("_use_cached_eval_dataset"):  # otherwise `fit` is calling, and has validated the data
            self.check_data(x, y)
            check_distribution(x, batch_size)
            y = target_for_weights(x, y, kwargs.get("sample_weight"))
        return super().evaluate(x, y, batch_size, **kwargs)

    def export(self, filepath, format="tf_saved_model", verbose=None, input_signature=None, **kwargs) -> None:
        """Keras's `export`, of what calling the model returns. The batch may have any size."""
        signature = [self.export_signature()] if input_signature is None else input_signature
        super().export(filepath, format, verbose, signature, **kwargs)

    def export_signature(self) -> Any:
        """The shape and type of what the model is called with: what Keras knows only of models that it built."""
        specs = [keras.InputSpec(x.dtype, (None, *x.shape[1:]), name=x.name) for x in self.encoder.inputs]
        return specs[0] if len(specs) == 1 else specs

    def check_data(self, x: Any, y: Any = None) -> None:
        """Raises ValueError unless this model can be trained on x (and on a target y)."""
        x, y = look_at(x, y)
        if x is not None:
            if isinstance(target_of(x), np.ndarray):
                check_array(target_of(x), self.encoder.inputs[0].shape[1:], "x")
            self.check_values(x, y)

    def check_values(self, x: Any, y: Any) -> None:
        """The part of `check_data` that depends on the kind of model. x, y: arrays, or lists of them; y may be None."""
        if y is None:
            raise ValueError("An autoencoder's target is its input, but no target was received: call fit(x, x).")
        if isinstance(y, np.ndarray) and isinstance(self.loss, NegativeLogLikelihood):
            self.loss.likelihood.check(y)
        if isinstance(y, np.ndarray) and y is not x:
            check_array(y, self.encoder.inputs[0].shape[1:], "the target y")

    def check_networks(self) -> None:
        """Raises ValueError unless the encoder's output, the decoder and the input's shape fit together."""
        code = checks.known_shape(self.encoder, "encoder", "output")
        checks.check_code(code, checks.known_shape(self.decoder, "decoder", "input"))
        images = checks.known_shape(self.encoder, "encoder", "input")
        checks.check_output(checks.known_shape(self.decoder, "decoder", "output"), images)

    def get_config(self):
        return {
            **super().get_config(),
            "encoder": keras.saving.serialize_keras_object(self.encoder),
            "decoder": keras.saving.serialize_keras_object(self.decoder),
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(
            **{name: keras.saving.deserialize_keras_object(value, custom_objects) for name, value in config.items()}
        )
