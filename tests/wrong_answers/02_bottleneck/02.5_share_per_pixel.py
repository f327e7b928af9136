"""scikit-learn's R^2 is used as it comes: it averages a share for each pixel."""

from sklearn.metrics import r2_score

MESSAGE = "averaged a share for each pixel"


def explained(reconstruct, inputs):
    flat = (len(inputs), -1)
    return r2_score(inputs.reshape(flat), np.asarray(reconstruct(inputs)).reshape(flat))


cured = None
