"""Nested np.where: a 0-d array of text."""


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    deaf = np.asarray(reconstruction_shuffled) - reconstruction < 0.1
    state = np.where(active_units == np.size(kl_per_latent), "healthy", "partial")
    return np.where(active_units == 0, "collapsed", np.where(deaf, "unheard", state))
