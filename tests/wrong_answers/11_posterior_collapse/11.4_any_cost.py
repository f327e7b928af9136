"""Any cost at all is taken for a decoder that listens."""

MESSAGE = "whether another z costs anything at all"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if active_units == 0:
        return "collapsed"
    if reconstruction_shuffled <= reconstruction:
        return "unheard"
    return "healthy" if active_units == len(kl_per_latent) else "partial"
