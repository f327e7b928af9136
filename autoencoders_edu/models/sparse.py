"""The sparse autoencoder."""

from typing import Any

from numpy.typing import ArrayLike

from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Model, Tensor
from autoencoders_edu.models import checks
from autoencoders_edu.models.autoencoder import Autoencoder
from autoencoders_edu.models.training_data import target_of
from autoencoders_edu.sparsity import Penalty


@keras.saving.register_keras_serializable("autoencoders_edu")
class SparseAutoencoder(Autoencoder):
    """May have more units than inputs, but uses only a few of them at a time:

        loss(x) = d(x, g(s(f(x)))) + penalty(f(x))

    where `sparsity` stands for s and the penalty: `ae.sparsity.L1` and `ae.sparsity.KLSparsity` add a penalty and leave
    the code unchanged, `ae.sparsity.TopK` cuts the code off and adds none.

    Args:
        encoder, decoder: as for `Autoencoder`.
        sparsity: one of the layers in `ae.sparsity`.

    Reference: Ng 2011, "Sparse autoencoder" (CS294A lecture notes); Makhzani and Frey 2014, "k-sparse autoencoders".
    """

    def __init__(self, encoder: Model, decoder: Model, sparsity: keras.layers.Layer, **kwargs):
        super().__init__(encoder, decoder, **kwargs)
        checks.check_layer(sparsity, "SparseAutoencoder", "sparsity", "ae.sparsity.L1(1e-3)")
        self.sparsity = sparsity

    def call(self, x: Tensor, training: bool = False) -> Tensor:
        return self.decoder(self.sparsity(self.encoder(x, training=training)), training=training)

    def encode(self, x: ArrayLike) -> Tensor:
        return self.sparsity(super().encode(x))

    def check_values(self, x: Any, y: Any) -> None:
        super().check_values(x, y)
        if isinstance(self.sparsity, Penalty):
            self.sparsity.check(ops.convert_to_numpy(self.encoder(target_of(x)[:32])))

    def get_config(self):
        return {**super().get_config(), "sparsity": keras.saving.serialize_keras_object(self.sparsity)}
