"""keras.ops, with as many axes of length 1 as the examples have further axes."""


def score_of_noisy(noisy, denoised, noise_stddev):
    stddev = ops.cast(noise_stddev, "float32")
    if len(ops.shape(stddev)) == 1:
        stddev = ops.reshape(stddev, (len(noisy),) + (1,) * len(noisy.shape[1:]))
    return ops.cast(denoised - noisy, "float32") / stddev / stddev
