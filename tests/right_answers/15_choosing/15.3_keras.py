"""The backend's tensors; v from x_t."""


def add_noise(x, t, epsilon, betas):
    from keras import ops

    x, epsilon = (ops.cast(array, "float32") for array in (x, epsilon))
    alpha_bar = ops.take(np.append(1.0, np.exp(np.cumsum(np.log1p(-betas)))).astype("float32"), t)
    alpha_bar = ops.reshape(alpha_bar, (len(t),) + (1,) * (len(x.shape) - 1))
    signal, noise = ops.sqrt(alpha_bar), ops.sqrt(1 - alpha_bar)
    x_t = signal * x + noise * epsilon
    return x_t, signal * epsilon - noise * x
