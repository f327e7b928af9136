"""Active latents are taken for proof that the decoder listens."""

MESSAGE = "You never looked at what shuffling z does"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if active_units == 0:
        return "collapsed"
    return "healthy" if active_units == len(kl_per_latent) else "partial"
