"""The KL is averaged over the latents."""

MESSAGE = "You averaged the KL"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if np.mean(kl_per_latent) < 0.1:
        return "collapsed"
    if reconstruction_shuffled - reconstruction < 0.1:
        return "unheard"
    return "healthy" if active_units == len(kl_per_latent) else "partial"
