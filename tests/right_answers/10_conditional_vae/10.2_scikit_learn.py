"""scikit-learn's encoder, told the categories."""


def one_hot_names(names, class_names):
    from sklearn.preprocessing import OneHotEncoder

    encoder = OneHotEncoder(categories=[class_names], sparse_output=False, dtype="float32")
    return encoder.fit_transform(np.array(names, object).reshape(-1, 1))
