"""scikit-learn's scaler and PCA in a pipeline."""

from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def fit_watch(x_train, x_held_out, components, quantile):
    scaler, pca = make_pipeline(StandardScaler(), PCA(components)).fit(x_train)

    def score(rows):
        z = scaler.transform(rows)
        return ((z - pca.inverse_transform(pca.transform(z))) ** 2).mean(axis=1)

    return score, np.quantile(score(x_held_out), quantile)
