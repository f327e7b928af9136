"""Directions from scikit-learn's PCA, scores row by row; a list of them."""


def fit_watch(x_train, x_held_out, components, quantile):
    centre, spread = x_train.mean(axis=0), x_train.std(axis=0)
    spread[spread == 0] = 1
    vectors = PCA(n_components=components).fit((x_train - centre) / spread).components_

    def score_of(row):
        left = (row - centre) / spread
        for vector in vectors:
            left = left - (left @ vector) * vector
        return left @ left / len(left)

    def score(rows):
        return [score_of(row) for row in rows]

    held_out = score(x_held_out)
    return score, np.quantile(held_out, quantile)
