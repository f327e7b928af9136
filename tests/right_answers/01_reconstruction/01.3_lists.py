"""Plain Python lists, and the signs of all code numbers turned round."""


def pca_as_layers(mean, components):
    kernel = [[-row[i] for row in components.tolist()] for i in range(len(mean))]
    bias = [sum(m * c for m, c in zip(mean, row, strict=True)) for row in components]
    return tuple(np.array(part, dtype="float32") for part in (kernel, bias, -components, mean))
