"""256 units of which eight may be active at a time; scikit-learn's R^2, weighted by variance, as the measure."""

from sklearn.metrics import r2_score


def explained(reconstruct, inputs):
    flat, drawn = (np.asarray(a).reshape(len(inputs), -1) for a in (inputs, reconstruct(inputs)))
    return r2_score(flat, drawn, multioutput="variance_weighted")


keras.utils.set_random_seed(1)
cured = ae.SparseAutoencoder(
    ae.networks.dense_encoder((8, 8, 1), 256, hidden=(256,), output_activation="relu"),
    ae.networks.dense_decoder(256, (8, 8, 1), hidden=(256,)),
    ae.sparsity.TopK(8),
)
cured.compile(keras.optimizers.Adam(2e-3), "mse", steps_per_execution=8)
_ = cured.fit(digits.x_train, digits.x_train, epochs=20, batch_size=64, verbose=0)
