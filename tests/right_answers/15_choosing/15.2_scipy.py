"""SciPy's log of the logistic function."""


def gan_losses(real_logits, fake_logits):
    from scipy.special import log_expit

    return [
        -log_expit(real_logits).mean() - log_expit(-fake_logits).mean(),
        float(-log_expit(fake_logits).mean()),
    ]
