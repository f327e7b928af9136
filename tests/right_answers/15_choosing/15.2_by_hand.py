"""The larger of 0 and a taken out of the logarithm, in a loop."""


def gan_losses(real_logits, fake_logits):
    import math

    def mean_softplus(numbers):
        costs = [max(a, 0.0) + math.log1p(math.exp(-abs(a))) for a in np.ravel(numbers).tolist()]
        return sum(costs) / len(costs)

    generator = mean_softplus(-fake_logits)
    return np.array([mean_softplus(-real_logits) + mean_softplus(fake_logits), generator])
