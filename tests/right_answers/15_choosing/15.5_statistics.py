"""The standard library's statistics, from sorted settings."""


def fair_table(runs, validation, test, distance):
    import statistics

    table = {"floor": float(distance(validation, test))}
    for model, settings in runs.items():
        best = sorted(settings, key=lambda name: distance(settings[name][0], validation))[0]
        distances = [float(distance(samples, test)) for samples in settings[best][1:]]
        table |= {model: {"setting": best, "mean": statistics.fmean(distances), "stddev": statistics.stdev(distances)}}
    return table
