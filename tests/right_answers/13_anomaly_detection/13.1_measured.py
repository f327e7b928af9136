"""Measured with NumPy."""

labels = np.arange(1000) < 20
predict_watching = dict.fromkeys(["false pages", "frozen metrics"])
predict_watching["false pages"] = np.array("more")
predict_watching["frozen metrics"] = "lower"
predict_watching["accuracy of silence"] = np.mean(labels == np.zeros(1000, bool)).astype("float32")
predict_watching["random score, adjusted"] = "far above it"
predict_watching["network against PCA"] = "level"
