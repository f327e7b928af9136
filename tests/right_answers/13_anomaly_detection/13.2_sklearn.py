"""scikit-learn's scaler and PCA in a pipeline."""

from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def fit_watch(x_train, x_held_out, components, quantile):
    scaler = StandardScaler()
    watch = make_pipeline(scaler, PCA(components)).fit(x_train)

    def score(rows):
        error = scaler.transform(rows) - scaler.transform(watch.inverse_transform(watch.transform(rows)))
        return (error**2).mean(axis=1)

    return score, np.quantile(score(x_held_out), quantile)
