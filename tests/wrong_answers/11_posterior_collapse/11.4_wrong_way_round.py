"""The cost of shuffling is computed with the wrong sign."""

MESSAGE = "You subtracted the other way round"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if active_units == 0:
        return "collapsed"
    if reconstruction - reconstruction_shuffled < 0.1:
        return "unheard"
    return "healthy" if active_units == len(kl_per_latent) else "partial"
