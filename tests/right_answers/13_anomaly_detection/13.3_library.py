"""The library's alerts; a missing score gets the threshold, which is not above it."""


def pages(scores, threshold, minutes):
    scores = np.where(np.isnan(scores), threshold, scores)
    return [alert.page for alert in ae.anomaly.find_alerts(scores, threshold, consecutive=minutes)]
