"""A pandas series for each model."""


def fair_table(runs, validation, test, distance):
    def row(settings):
        best = pd.Series({name: distance(tuning, validation) for name, (tuning, *_) in settings.items()}).idxmin()
        _, *final = settings[best]
        distances = pd.Series([distance(samples, test) for samples in final])
        return {"setting": best, "mean": distances.mean(), "stddev": distances.std()}

    return {model: row(settings) for model, settings in runs.items()} | {"floor": distance(validation, test)}
