"""Keras's moments; the unbiased variance would do as well."""


def count_active_units(mean, log_variance):
    _, variance = keras.ops.moments(keras.ops.convert_to_tensor(mean), axes=[0])
    return keras.ops.convert_to_numpy(keras.ops.sum(keras.ops.cast(variance > 0.01, "int32")))
