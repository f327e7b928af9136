"""The library's score, which knows no dead latents."""

MESSAGE = "You believe dead latents"


def information_gap(codes, factors, bins=10):
    return ae.metrics.disentanglement.mig(codes, factors, bins)
