"""The idle latents are counted, and the words read from the last question to the first."""


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    idle = len(kl_per_latent) - active_units
    word = "partial" if idle else "healthy"
    if reconstruction_shuffled < reconstruction + 0.1:
        word = "unheard"
    return "collapsed" if idle == len(kl_per_latent) else word
