"""A plain loop over the queries, with a gallery of the others made for each."""


def precision_at_k(codes, labels, k):
    shares = []
    for i, code in enumerate(codes):
        others, names = np.delete(codes, i, axis=0), np.delete(labels, i)
        nearest = np.argsort(((others - code) ** 2).sum(axis=1))[:k]
        shares.append(sum(names[nearest] == labels[i]) / k)
    return sum(shares) / len(shares)
