"""A small reconstruction term is taken for a healthy model."""

MESSAGE = "a small reconstruction term for a healthy model"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if reconstruction < 10:
        return "healthy"
    if active_units == 0:
        return "collapsed"
    if reconstruction_shuffled - reconstruction < 0.1:
        return "unheard"
    return "healthy" if active_units == len(kl_per_latent) else "partial"
