"""The library's score of latents that are alive; it refuses a single latent."""

MESSAGE = "with a single one your code raises"


def information_gap(codes, factors, bins=10):
    return ae.metrics.disentanglement.mig(np.where(codes.var(axis=0) > 0.01, codes, 0), factors, bins)
