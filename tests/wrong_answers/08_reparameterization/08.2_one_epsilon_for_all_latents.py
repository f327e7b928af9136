"""Each example gets one random number, which all of its latents share."""

MESSAGE = "All latents of an example get the same noise"


def reparameterize(mean, log_variance, epsilon):
    return mean + ops.exp(log_variance / 2) * epsilon[:, :1]
