"""Squared distances by matrix products; the query comes last by its place; equal labels are read from a table."""


def precision_at_k(codes, labels, k):
    centred = codes - codes.mean(axis=0)
    centred = centred / np.abs(centred).max()
    gram = centred @ centred.T
    square = np.diag(gram)[:, None] + np.diag(gram)[None] - 2 * gram + 100 * np.eye(len(codes))
    same = labels[:, None] == labels[None]
    return np.take_along_axis(same, square.argsort(axis=1)[:, :k], axis=1).mean()
