"""A model is believed to work when any latent does."""

MESSAGE = "You never said"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if active_units == 0:
        return "collapsed"
    return "unheard" if reconstruction_shuffled - reconstruction < 0.1 else "healthy"
