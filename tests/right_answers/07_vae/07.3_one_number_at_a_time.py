"""Loops over images, pixels and latents."""


def negative_elbo(x, logits, mean, log_variance):
    losses = []
    for image in range(len(x)):
        loss = 0.0
        for white, logit in zip(np.ravel(x[image]), np.ravel(logits[image]), strict=True):
            loss += np.logaddexp(0, -logit if white else logit)
        for m, v in zip(mean[image], log_variance[image], strict=True):
            loss += 0.5 * (m * m + np.exp(v) - v - 1)
        losses.append(loss)
    return losses
