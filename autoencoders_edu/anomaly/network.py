"""Where a detector's model comes from: the course's default network, or one given by the user."""

from typing import Any

import numpy as np

from autoencoders_edu import networks
from autoencoders_edu._arguments import positive_integer
from autoencoders_edu._backend import keras
from autoencoders_edu.corruption import PixelDropout
from autoencoders_edu.models.denoising import DenoisingAutoencoder

CODE, HIDDEN, DROPOUT = 8, 64, 0.1
BATCH_SIZE, EPOCHS = 128, 15


def default_model(metrics: int, seed: int = 0) -> DenoisingAutoencoder:
    """A small denoising autoencoder, metrics-64-8-64-metrics, that drops a tenth of its inputs in training.

    Args:
        metrics: positive integer, the number of metrics. With fewer than 16, the code is half as wide.
        seed: integer, for the weights and the dropped inputs.
    """
    code = max(1, min(CODE, metrics // 2))
    encoder = networks.dense_encoder((metrics,), code, hidden=(HIDDEN,))
    decoder = networks.dense_decoder(code, (metrics,), hidden=(HIDDEN,))
    draw = keras.initializers.GlorotUniform(keras.random.SeedGenerator(seed))  # Keras's own weights are not seeded
    for kernel in [weight for weight in encoder.weights + decoder.weights if weight.name == "kernel"]:
        kernel.assign(draw(kernel.shape))
    return DenoisingAutoencoder(encoder, decoder, PixelDropout(DROPOUT, seed=seed))


def train_default(model: DenoisingAutoencoder, x: np.ndarray, epochs: int = EPOCHS, seed: int = 0) -> None:
    """Trains a `default_model` on scaled rows x with Adam and the mean squared error.

    Args:
        epochs: positive integer.
        seed: integer, for the order of the rows.
    """
    model.compile("adam", "mse")
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        rows = x[rng.permutation(len(x))]  # Keras's own shuffling would draw from the global random numbers
        model.fit(rows, rows, BATCH_SIZE, shuffle=False, verbose=0)


class DefaultModel:
    """The course's network, built anew for every training.

    Args:
        seed: integer, for the weights, the order of the rows and the dropped inputs.
    """

    starts_anew = True

    def __init__(self, seed: int):
        self.seed = seed

    def check_options(self, options: dict[str, Any]) -> None:
        """Raises ValueError for options of `fit` other than epochs."""
        if unknown := sorted(set(options) - {"epochs"}):
            raise ValueError(f"The default model's fit takes epochs alone. Received: {', '.join(unknown)}.")
        positive_integer("AnomalyDetector.fit", "epochs", options.get("epochs", EPOCHS))

    def model_for(self, metrics: int) -> Any:
        return default_model(metrics, self.seed)

    def train(self, model: Any, x: np.ndarray, **options) -> None:
        train_default(model, x, seed=self.seed, **options)


class GivenModel:
    """A model given by the user, trained once: by its own `fit`, or before it is given.

    Raises:
        ValueError: for what is neither a model that reconstructs nor a function.
    """

    starts_anew = False

    def __init__(self, model: Any):
        if hasattr(model, "predict") and not hasattr(model, "reconstruct") and not isinstance(model, type):
            raise ValueError(
                f"AnomalyDetector cannot tell what {model!r} predicts: a reconstruction or scores. Make it one of "
                "ae.Autoencoder(encoder, decoder), or give a function from rows to scores, such as "
                "lambda x: (x - model.predict(x)) ** 2."
            )
        if isinstance(model, type) or not (hasattr(model, "reconstruct") or callable(model)):
            raise ValueError(
                "AnomalyDetector expects model to have a method reconstruct, as ae.Autoencoder(encoder, decoder) does, "
                f"or to be a function from rows to scores. Received: {model!r}."
            )
        self.model = model

    def check_options(self, options: dict[str, Any]) -> None:
        """Raises ValueError for a model without `fit`, and for validation data, which nobody would scale."""
        if not hasattr(self.model, "fit"):
            raise ValueError(
                f"This detector's model, {self.model!r}, has no fit. Train it yourself, then say on which rows with "
                "fitted_on(x)."
            )
        if "validation_data" in options:
            raise ValueError("fit scales x alone, not validation_data. Let it split x: validation_split=0.1.")

    def model_for(self, metrics: int) -> Any:
        return self.model

    def train(self, model: Any, x: np.ndarray, **options) -> None:
        # Every autoencoder accepts its input as the target, even one that does not need to be told.
        model.fit(x, x, **{"batch_size": BATCH_SIZE, "verbose": 0, **options})
