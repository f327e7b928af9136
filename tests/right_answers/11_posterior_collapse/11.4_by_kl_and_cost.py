"""A silent encoder is told by the KLs, and the words are looked up."""


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if np.max(kl_per_latent) < 0.02 and not active_units:
        return "collapsed"
    listens = reconstruction + 0.1 <= reconstruction_shuffled
    return {(True, True): "healthy", (True, False): "partial"}.get(
        (listens, active_units >= len(kl_per_latent)), "unheard"
    )
