"""What shuffling costs is judged as a share of the reconstruction."""

MESSAGE = "as a share of the reconstruction"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if active_units == 0:
        return "collapsed"
    if reconstruction_shuffled - reconstruction < 0.01 * abs(reconstruction):
        return "unheard"
    return "healthy" if active_units == len(kl_per_latent) else "partial"
