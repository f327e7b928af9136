"""Active latents are counted by their KL."""

MESSAGE = "You counted active latents by their KL"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    active = np.sum(kl_per_latent > 0.01)
    if active == 0:
        return "collapsed"
    if reconstruction_shuffled - reconstruction < 0.1:
        return "unheard"
    return "healthy" if active == len(kl_per_latent) else "partial"
