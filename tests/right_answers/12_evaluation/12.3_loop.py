"""Image by image and group by group, with the largest weight taken out."""


def bound_with_error(log_weights, k):
    means = []
    for row in log_weights:
        estimates = []
        for start in range(0, len(row), k):
            group = row[start : start + k]
            top = max(group)
            estimates.append(top + np.log(np.mean(np.exp(group - top))))
        means.append(np.mean(estimates))
    n, middle = len(means), sum(means) / len(means)
    variance = sum((m - middle) ** 2 for m in means) / (n - 1)
    return middle, (variance / n) ** 0.5
