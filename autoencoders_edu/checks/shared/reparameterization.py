"""What 08.2 and 08.4 say about z = mean + stddev * epsilon."""

EQUATION = "z = mean + stddev * epsilon, with stddev = exp(log_variance / 2)."
VARIANCE = "You took the variance, exp(log_variance), for the stddev, which is its root."
LOG_VARIANCE = "You took the log-variance itself for the stddev. It may be negative; exp(log_variance / 2) never is."
ROOT = "You took the root twice: exp(log_variance / 2) is the stddev already, not the variance."
ROOT_OF_LOG = (
    "Did you take the root (or the logarithm) of the log-variance? It is a logarithm already, and may be negative: its "
    "root is no stddev."
)
ONE_FOR_BATCH = "All examples of the batch get the same noise. Each needs an epsilon of its own."
ONE_FOR_LATENTS = (
    "All latents of an example get the same noise. The posterior's latents are independent, and the KL term counts "
    "them as such."
)
NO_NOISE = "There is no noise in your draw: z is the mean. That is an autoencoder that pays a VAE's KL term."
DETACHED = (
    "The sample is detached: its values are right, but no gradient comes back through it, so the encoder would learn "
    "nothing of what the decoder makes of z."
)
