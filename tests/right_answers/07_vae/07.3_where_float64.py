"""White and black pixels apart, image by image, as float64 and as a list."""


def negative_elbo(x, logits, mean, log_variance):
    x, logits, mean, log_variance = (np.array(a, dtype="float64") for a in (x, logits, mean, log_variance))
    losses = []
    for image, l, m, lv in zip(x, logits, mean, log_variance, strict=True):
        cost = np.logaddexp(0, -l[image == 1]).sum() + np.logaddexp(0, l[image == 0]).sum()
        losses.append(cost - 0.5 * (1 + lv - m * m - np.exp(lv)).sum())
    return losses
