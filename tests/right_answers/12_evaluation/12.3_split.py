"""np.split into groups; an array of two numbers."""


def bound_with_error(log_weights, k):
    log_weights = np.asarray(log_weights, "float64")
    parts = np.split(log_weights, log_weights.shape[1] // k, axis=1)
    means = sum(np.logaddexp.reduce(part, axis=1) - np.log(k) for part in parts) / len(parts)
    return np.array([np.mean(means), np.sqrt(np.var(means, ddof=1) / np.size(means))])
