"""Finds biases by asking PCA itself: the code of a black image, and the drawing of a code of zeros; in float32."""

from sklearn.decomposition import PCA


def pca_as_layers(mean, components):
    pca = PCA(len(components))
    pca.mean_, pca.components_, pca.whiten = mean, components, False
    pca.explained_variance_ = np.ones(len(components))
    encoder_bias = pca.transform(np.zeros((1, len(mean))))[0]
    decoder_bias = pca.inverse_transform(np.zeros((1, len(components))))[0]
    return [np.float32(weight) for weight in (np.linalg.pinv(components), encoder_bias, components, decoder_bias)]
