"""A plain loop over the latents, with the variance written out."""


def count_active_units(mean, log_variance):
    active = 0
    for column in np.asarray(mean, float).T:
        active += ((column - column.mean()) ** 2).mean() > 0.01
    return active
