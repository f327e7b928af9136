"""Both losses of an image with errors of 1 and a KL of 1 per latent, and the beta that makes them proportional."""


def hidden_beta(shape, latent_dim, stddev, reconstruction_weight=1.0, kl_weight=1.0, kl_reduction="mean"):
    errors, kl = np.ones(shape), np.ones(latent_dim)
    code_error = reconstruction_weight * errors.mean()
    code_kl = kl_weight * getattr(kl, kl_reduction)()
    vae_error, vae_kl = errors.sum() / (2 * stddev**2), kl.sum()
    return (code_kl / code_error) * (vae_error / vae_kl)
