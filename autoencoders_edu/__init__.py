"""Autoencoders, from a linear bottleneck to conditional variational models, written to be read.

    import autoencoders_edu as ae

    data = ae.data.load("fashion_mnist")
    model = ae.Autoencoder(ae.networks.dense_encoder((28, 28, 1), 8), ae.networks.dense_decoder(8, (28, 28, 1)))
    model.compile("adam", "mse")
    model.fit(data.x_train, data.x_train, epochs=5)

Importing the package costs almost nothing: Keras and its backend are imported with the first name that needs them.
"""

import ast
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from autoencoders_edu import _imports

__version__ = "0.1.0"

if TYPE_CHECKING:  # The table of public names. Type checkers and editors read it, and so does `__getattr__` below.
    from autoencoders_edu import anomaly as anomaly
    from autoencoders_edu import callbacks as callbacks
    from autoencoders_edu import corruption as corruption
    from autoencoders_edu import data as data
    from autoencoders_edu import diagnostics as diagnostics
    from autoencoders_edu import distributions as distributions
    from autoencoders_edu import metrics as metrics
    from autoencoders_edu import networks as networks
    from autoencoders_edu import plotting as plotting
    from autoencoders_edu import sparsity as sparsity
    from autoencoders_edu.anomaly.detector import AnomalyDetector as AnomalyDetector
    from autoencoders_edu.anomaly.drift import DriftMonitor as DriftMonitor
    from autoencoders_edu.models.autoencoder import Autoencoder as Autoencoder
    from autoencoders_edu.models.autoregressive import AutoregressiveVAE as AutoregressiveVAE
    from autoencoders_edu.models.beta_vae import BetaVAE as BetaVAE
    from autoencoders_edu.models.conditional_vae import ConditionalVAE as ConditionalVAE
    from autoencoders_edu.models.denoising import DenoisingAutoencoder as DenoisingAutoencoder
    from autoencoders_edu.models.free_bits import FreeBitsVAE as FreeBitsVAE
    from autoencoders_edu.models.loading import load_model as load_model
    from autoencoders_edu.models.sparse import SparseAutoencoder as SparseAutoencoder
    from autoencoders_edu.models.vae import VAE as VAE


def _read_table():
    """The names that the table above imports, and the module of each: {"VAE": "autoencoders_edu.models.vae", ...}."""
    table = next(node for node in ast.parse(Path(__file__).read_text("utf-8")).body if isinstance(node, ast.If))
    lines = [node for node in table.body if isinstance(node, ast.ImportFrom)]
    return {alias.name: str(line.module) for line in lines for alias in line.names}


_SOURCES = _read_table()
__all__ = [*_SOURCES]  # pyright: ignore[reportUnsupportedDunderAll]  # the table has them
# The modules whose classes are stored in a saved model, and have to be known to Keras when it is loaded.
SERIALIZABLE = [f"{__name__}.{name}" for name in ("corruption", "distributions", "sparsity")]
SERIALIZABLE += [module for module in _SOURCES.values() if ".models." in module]


if not TYPE_CHECKING:  # to a type checker, any other name is an error

    def __getattr__(name):
        if name not in _SOURCES:
            raise AttributeError(
                f"module {__name__!r} has no attribute {name!r}; it offers {', '.join(sorted(__all__))}."
            )
        is_module = _SOURCES[name] == __name__
        module = importlib.import_module(f"{__name__}.{name}" if is_module else _SOURCES[name])
        if "keras" in sys.modules:
            _imports.register_classes()
        return module if is_module else getattr(module, name)


def __dir__():
    return sorted([*globals(), *__all__])


_imports.install()
