"""SciPy's log_expit and logsumexp, with 1/K as weights."""

from scipy.special import log_expit, logsumexp


def completion_log_likelihood(images, visible, logits):
    log_p = np.where(images == 1, log_expit(logits.astype(float)), log_expit(-logits.astype(float)))
    sums = np.where(visible[..., None], 0, log_p).sum(axis=(2, 3, 4))
    return logsumexp(sums, axis=0, b=1 / len(logits))
