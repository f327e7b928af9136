"""scikit-learn's LabelBinarizer, fitted to the classes, which it sorts."""

MESSAGE = "Your columns are in alphabetical order, as np.unique and sorted have it"


def one_hot_names(names, class_names):
    from sklearn.preprocessing import LabelBinarizer

    return LabelBinarizer().fit(class_names).transform(names).astype("float32")
