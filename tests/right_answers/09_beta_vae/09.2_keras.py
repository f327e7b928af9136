"""With Keras, returning tensors."""

from keras import ops


def dial_report(log_likelihood, kl, beta):
    log_likelihood = ops.convert_to_tensor(np.asarray(log_likelihood, "float32"))
    kl = ops.convert_to_tensor(np.asarray(kl, "float32"))
    reconstruction = ops.mean(ops.sum(-log_likelihood, axis=[-3, -2, -1]))
    rate = ops.mean(ops.sum(kl, axis=-1))
    return {
        "loss": reconstruction + float(beta) * rate,
        "reconstruction": reconstruction,
        "kl": rate,
        "elbo": -(reconstruction + rate),
        "beta": beta,
    }
