"""Row by row and metric by metric."""


def blame(x, components):
    metrics, k = components.shape
    blamed = []
    for row in x:
        residual = row - components @ (components.T @ row)
        best, largest = None, -1.0
        for j in range(metrics):
            c = 1.0 - sum(components[j, i] ** 2 for i in range(k))
            if c < 1e-9:
                continue
            if residual[j] ** 2 / c > largest:
                best, largest = j, residual[j] ** 2 / c
        blamed.append(best)
    return blamed
