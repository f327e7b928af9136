"""By the hidden stddev of the code, in single numbers of NumPy."""


def hidden_beta(shape, latent_dim, stddev, reconstruction_weight=1.0, kl_weight=1.0, kl_reduction="mean"):
    pixels = 1
    for size in shape:
        pixels *= size
    own_variance = pixels / (2 * reconstruction_weight)  # with it, the code's reconstruction is -log p
    beta = np.float64(kl_weight)
    if kl_reduction != "sum":
        beta = beta / latent_dim
    return np.array([beta * own_variance / stddev**2])
