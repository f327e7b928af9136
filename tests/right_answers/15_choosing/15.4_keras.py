"""The backend's tensors, with an index."""


def sample(v, x_T, times, betas):
    from keras import ops

    alpha_bar = np.insert(np.cumprod(1 - np.asarray(betas, "float64")), 0, 1.0)
    x = ops.cast(x_T, "float32")
    for i in range(len(times) - 1):
        predicted = ops.cast(v(ops.convert_to_numpy(x), int(times[i])), "float32")
        (a, b), (c, d) = ((float(np.sqrt(alpha_bar[k])), float(np.sqrt(1 - alpha_bar[k]))) for k in times[i : i + 2])
        x = c * (a * x - b * predicted) + d * (b * x + a * predicted)
    return x
