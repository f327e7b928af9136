"""A silent encoder is told by a KL of nearly nothing."""

MESSAGE = "can pay for saying the same of every x"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if np.sum(kl_per_latent) < 0.1:
        return "collapsed"
    if reconstruction_shuffled - reconstruction < 0.1:
        return "unheard"
    return "healthy" if active_units == len(kl_per_latent) else "partial"
