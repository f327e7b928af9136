"""A Sequential model draws well, but it keeps its code to itself."""

MESSAGE = "has no method `encode`"


def explained(reconstruct, inputs):
    return 1 - np.mean((inputs - reconstruct(inputs)) ** 2) / np.mean((inputs - inputs.mean(axis=0)) ** 2)


cured = keras.Sequential(
    [
        keras.Input((8, 8, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(256),
        keras.layers.Dense(64),
        keras.layers.Reshape((8, 8, 1)),
    ]
)
