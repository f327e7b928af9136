"""The library's distributions."""


def negative_elbo(x, logits, mean, log_variance):
    likelihood = ae.distributions.Bernoulli().distribution(logits)
    posterior = ae.distributions.diagonal_normal(np.concatenate([mean, log_variance], axis=1))
    prior = ae.distributions.standard_normal(mean.shape[1])
    return ae.distributions.tfd.kl_divergence(posterior, prior) - likelihood.log_prob(x)
