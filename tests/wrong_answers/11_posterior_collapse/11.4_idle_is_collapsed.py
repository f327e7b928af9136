"""One idle latent is taken for a collapse."""

MESSAGE = "because some of its latents are idle"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if active_units < len(kl_per_latent) and (active_units == 0 or reconstruction_shuffled - reconstruction > 0.1):
        return "collapsed"
    return "unheard" if reconstruction_shuffled - reconstruction < 0.1 else "healthy"
