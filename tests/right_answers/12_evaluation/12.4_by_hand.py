"""The distance by its formula, with SciPy's matrix root."""


def fair_distances(models, train, validation, test):
    from scipy.linalg import sqrtm

    def distance(one, other):
        one, other = one.astype(float), other.astype(float)
        first, second = np.cov(one.T), np.cov(other.T)
        root = np.real(sqrtm(first @ second))
        return np.sum((one.mean(0) - other.mean(0)) ** 2) + np.trace(first + second - 2 * root)

    n = np.min([len(each) for each in [*models.values(), validation, test]])
    names = [*models, "floor"]
    sets = [*models.values(), validation]
    return dict(zip(names, [distance(each[:n], test[:n]) for each in sets], strict=True))
