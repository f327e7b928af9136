"""From the rates: the share of examples in which each unit is active."""


def activity_report(z, threshold):
    rates = np.mean(z > threshold, axis=0)
    return [rates.sum(), np.count_nonzero(rates == 0), np.count_nonzero(rates == 1)]
