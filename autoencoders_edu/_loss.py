"""A likelihood as the loss of a Keras model."""

from typing import Any

from autoencoders_edu._backend import keras, ops


@keras.saving.register_keras_serializable("autoencoders_edu")
class NegativeLogLikelihood(keras.losses.Loss):
    """-log p(x|z), summed over each example and averaged over the batch: nats per example.

    A likelihood's weights (a learned stddev) are fitted and saved with an `ae.Autoencoder` that is compiled with this.

    Args:
        likelihood: a `Likelihood` of `ae.distributions`, to which the decoder's outputs are the parameters.
    """

    def __init__(self, likelihood: Any, name: str = "negative_log_likelihood", **kwargs):
        super().__init__(name=name, **kwargs)
        self.likelihood = likelihood

    def call(self, y_true, y_pred):
        return -self.likelihood.distribution(y_pred).log_prob(ops.cast(y_true, "float32"))

    def get_config(self):
        return {**super().get_config(), "likelihood": keras.saving.serialize_keras_object(self.likelihood)}

    @classmethod
    def from_config(cls, config):
        return cls(**{**config, "likelihood": keras.saving.deserialize_keras_object(config["likelihood"])})
