"""Computed where there is something to compute."""

header, image = np.linalg.solve([[1, 1], [1, 100]], [522, 17771])
predict_bytes = {
    "more bits": np.log2(2),
    "error factor": (1 / 2) ** 2,
    "wrong model": 3 + 0.5,
    "header": header,
    "reaches the KL": "bits-back",
    "on noise": "worse",
}
