"""The words are looked up: does the decoder listen, are all latents active?"""


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    if not active_units:
        return "collapsed"
    listens = reconstruction + 0.1 <= reconstruction_shuffled
    return {(True, True): "healthy", (True, False): "partial"}.get(
        (listens, active_units >= len(kl_per_latent)), "unheard"
    )
