"""Measures instead of predicting: close to whole numbers, not equal to them."""

from sklearn.decomposition import PCA


def error(images):
    pca = PCA(8, svd_solver="full").fit(images[:200])
    return np.mean((images[200:] - pca.inverse_transform(pca.transform(images[200:]))) ** 2)


images = np.random.default_rng(0).uniform(size=(300, 12)).astype("float32")
before = error(images)
predict_rescaling = {
    "shuffled": error(images[:, ::-1]) / before,
    "negative": error(1 - images) / before,
    "doubled": error(2 * images) / before,
}
