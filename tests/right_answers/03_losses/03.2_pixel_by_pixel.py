"""A loop over the pixels, with an `if` for each, in plain Python."""

import math


def log_z(logit):
    if abs(logit) < 1e-4:
        return logit / 2 + logit * logit / 24
    if logit < 0:
        return math.log(math.expm1(logit) / logit)
    return logit + math.log(-math.expm1(-logit) / logit)


def grey_nll(x, logits):
    values = np.array([log_z(logit) for logit in logits.ravel().tolist()]).reshape(logits.shape)
    return np.einsum("nhwc->n", values - logits * x)
