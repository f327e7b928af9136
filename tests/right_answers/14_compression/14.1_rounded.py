"""To the nearest ten, in another order of the keys."""

predict_bytes = {"on noise": "worse", "reaches the KL": "bits-back", "header": 350}
predict_bytes["wrong model"] = np.float32(3.5)
predict_bytes["error factor"] = 1 / 4
predict_bytes["more bits"] = 1.0
