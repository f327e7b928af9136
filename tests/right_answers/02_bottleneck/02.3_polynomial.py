"""The straight line as a polynomial of degree 1 through the two ends; in float32, from lists."""


def find_knee(dims, train_mse, val_mse):
    sizes, errors = [np.asarray(values, "float32").tolist() for values in (dims, val_mse)]
    line = np.polynomial.Polynomial.fit(np.log10([sizes[0], sizes[-1]]), [errors[0], errors[-1]], 1)
    below = {size: line(np.log10(size)) - error for size, error in zip(sizes, errors, strict=True)}
    return max(below, key=below.get)
