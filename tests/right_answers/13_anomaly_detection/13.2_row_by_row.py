"""scikit-learn's PCA, row by row, in double precision; a list of scores."""


def fit_watch(x_train, x_held_out, components, quantile):
    x_train = np.array(x_train, dtype=np.float64)
    centre, spread = x_train.mean(axis=0), x_train.std(axis=0)
    spread[spread == 0] = 1
    pca = PCA(n_components=components, svd_solver="full").fit((x_train - centre) / spread)

    def score_of(row):
        z = (row - centre) / spread
        return np.square(z - pca.inverse_transform(pca.transform(z[None]))[0]).mean()

    def score(rows):
        return [score_of(row) for row in np.asarray(rows)]

    held_out = score(x_held_out)
    return score, np.quantile(held_out, quantile)
