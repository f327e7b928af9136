"""Pattern matching on two answers: which share is active, and does shuffling cost."""


def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    share = active_units / np.size(kl_per_latent)
    match share > 0, reconstruction_shuffled > reconstruction + 0.1:
        case False, _:
            word = "collapsed"
        case True, False:
            word = "unheard"
        case _:
            word = "partial" if share < 1 else "healthy"
    return word
