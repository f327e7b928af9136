"""Masked arrays, and the larger side of the mean difference."""


def compare_settings(scores):
    masked = np.ma.masked_invalid(np.asarray(scores, float))
    difference = masked - masked[0]
    reach = 2 * difference.std(axis=1, ddof=1) / np.sqrt(difference.count(axis=1))
    middle = difference.mean(axis=1)
    return {
        "mean": masked.mean(axis=1).filled(),
        "stddev": masked.std(axis=1, ddof=1).filled(),
        "failed": np.ma.getmaskarray(masked).sum(axis=1),
        "differs": np.ma.filled((middle - reach > 0) | (middle + reach < 0), False),
    }
