"""Autoencoders, from a linear bottleneck to conditional variational models, written to be read.

    import autoencoders_edu as ae

    data = ae.data.load("fashion_mnist")
    model = ae.Autoencoder(ae.networks.dense_encoder((28, 28, 1), 8), ae.networks.dense_decoder(8, (28, 28, 1)))
    model.compile("adam", "mse")
    model.fit(data.x_train, data.x_train, epochs=5)

Importing the package costs almost nothing: Keras and its backend are imported when a name first needs them.
"""

import importlib
import sys

from autoencoders_edu import _imports

__version__ = "0.1.0"

_MODULES = (
    "anomaly",
    "callbacks",
    "corruption",
    "data",
    "diagnostics",
    "distributions",
    "metrics",
    "networks",
    "plotting",
    "sparsity",
)
# Everything else, and the module that it comes from.
_NAMES = {
    "Autoencoder": "models.autoencoder",
    "DenoisingAutoencoder": "models.denoising",
    "SparseAutoencoder": "models.sparse",
    "VAE": "models.vae",
    "BetaVAE": "models.beta_vae",
    "ConditionalVAE": "models.conditional_vae",
    "FreeBitsVAE": "models.free_bits",
    "AutoregressiveVAE": "models.autoregressive",
    "load_model": "models.loading",
    "AnomalyDetector": "anomaly.detector",
    "DriftMonitor": "anomaly.drift",
}
# Whose classes are stored in a saved model and have to be known to Keras when it is loaded.
SERIALIZABLE = (
    "corruption",
    "distributions",
    "sparsity",
    *(module for module in _NAMES.values() if module.startswith("models.")),
)

__all__ = [*_MODULES, *_NAMES]  # pyright: ignore[reportUnsupportedDunderAll]  # one list, said once


def __getattr__(name):
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it offers {', '.join(sorted(__all__))}.")
    module = importlib.import_module(f"{__name__}.{_NAMES.get(name, name)}")
    if "keras" in sys.modules:
        _imports.register_classes()
    return getattr(module, name) if name in _NAMES else module


def __dir__():
    return sorted([*globals(), *__all__])


_imports.install()
