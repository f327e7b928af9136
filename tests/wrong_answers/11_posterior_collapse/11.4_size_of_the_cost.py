"""The size of the difference is taken, whatever its sign."""

MESSAGE = "You took the size of the difference"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if active_units == 0:
        return "collapsed"
    if abs(reconstruction_shuffled - reconstruction) < 0.1:
        return "unheard"
    return "healthy" if active_units == len(kl_per_latent) else "partial"
