"""Active latents are counted by a KL above a tenth of a nat."""

MESSAGE = "An active latent can cost 0.02 nats"


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    active = sum(kl > 0.1 for kl in kl_per_latent)
    if active == 0:
        return "collapsed"
    if reconstruction_shuffled - reconstruction < 0.1:
        return "unheard"
    return "healthy" if active == len(kl_per_latent) else "partial"
