"""Whatever decoder ignores z, the posterior is said to have collapsed."""

MESSAGE = "You called everything collapsed whose decoder"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if reconstruction_shuffled - reconstruction < 0.1:
        return "collapsed"
    return "healthy" if active_units == len(kl_per_latent) else "partial"
