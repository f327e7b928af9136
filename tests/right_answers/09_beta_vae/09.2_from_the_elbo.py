"""The loss is minus the ELBO, and beta - 1 times the KL; means first."""


def dial_report(log_likelihood, kl, beta):
    n = log_likelihood.shape[0]
    log_p, rate = np.reshape(log_likelihood, -1).sum() / n, np.reshape(kl, -1).sum() / n
    elbo = log_p - rate
    return {"elbo": elbo, "loss": -elbo + (beta - 1) * rate, "kl": rate, "reconstruction": -log_p}
