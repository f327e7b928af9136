"""Everything cut by zip, row by row; the library through `ae`."""


def fair_distances(models, train, validation, test):
    rows = list(zip(*models.values(), validation, test, strict=False))
    *of_models, real, reference = (np.stack(each) for each in zip(*rows, strict=True))
    found = [ae.metrics.generation.frechet_distance(each, reference) for each in [*of_models, real]]
    return dict(zip([*models, "floor"], found, strict=True))
