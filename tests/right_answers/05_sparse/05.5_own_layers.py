"""Plain Keras layers, with a ReLU before TopK, and directions of unit length returned as lists."""


def recover_directions(x, units, k):
    keras.utils.set_random_seed(1)
    dims = x.shape[1]
    z = keras.layers.Dense(units, activation="relu")(inputs := keras.Input((dims,)))
    outputs = (decode := keras.layers.Dense(dims, use_bias=False))(ae.sparsity.TopK(k)(z))
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "mse")
    model.fit(x, x, epochs=30, batch_size=200, verbose=0)
    kernel = ops.convert_to_numpy(decode.kernel)
    return (kernel / np.linalg.norm(kernel, axis=1, keepdims=True)).tolist()
