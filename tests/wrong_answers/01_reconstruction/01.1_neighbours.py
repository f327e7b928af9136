"""Shuffled pixels look like noise, so they must be harder to draw: PCA is believed to see shapes."""

MESSAGE = "which pixels are neighbours"

predict_rescaling = {"negative": 1.0, "doubled": 4.0, "shuffled": 3.0}
