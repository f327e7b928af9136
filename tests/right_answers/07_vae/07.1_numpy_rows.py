"""Each value is a row of a NumPy array of text."""

_words = np.array([["rises", "falls"], ["falls", "rises"], ["rises", "falls"], ["stays", "stays"], ["falls", "rises"]])
predict_terms = dict(zip(["halved noise", "kl twice", "no kl", "idle latent", "pixel mean"], _words, strict=True))
