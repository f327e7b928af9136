"""The mean squared distance between two samples is twice the unbiased variance, summed over the numbers."""


def agreement_and_diversity(images, asked, judged):
    found = []
    for c in np.unique(asked):
        members = images[asked == c].astype("float64")
        if len(members) > 1:
            found.append(2 * members.var(axis=0, ddof=1).sum())
    return float(np.mean(judged == asked)), float(np.mean(found))
