"""A loop over the models, the floor apart."""


def fair_distances(models, train, validation, test):
    n = min(len(validation), len(test))
    for features in models.values():
        n = min(n, features.shape[0])
    result = {"floor": frechet_distance(validation[:n], test[:n])}
    for name in models:
        result[name] = frechet_distance(test[:n], models[name][:n])
    return result
