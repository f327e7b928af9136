"""Row by row, then stacked: the arguments have a length, and their rows can be stacked."""


def reparameterize(mean, log_variance, epsilon):
    rows = []
    for i in range(len(mean)):
        rows.append(mean[i] + ops.exp(0.5 * log_variance[i]) * epsilon[i])
    return ops.stack(rows, axis=0)
