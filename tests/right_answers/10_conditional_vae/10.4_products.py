"""Distances from scalar products, in single precision, and nanmean for the classes without a pair."""


def agreement_and_diversity(images, asked, judged):
    flat = images.reshape(len(images), -1).astype("float32")
    squares = (flat**2).sum(axis=1)
    table = squares[:, None] + squares[None] - 2 * flat @ flat.T
    np.fill_diagonal(table, np.nan)
    within = []
    for c in np.unique(asked):
        of_class = table[np.ix_(asked == c, asked == c)]
        within.append(np.nanmean(of_class) if len(of_class) > 1 else np.nan)
    return np.mean(asked == judged), np.nanmean(within)
