"""Measured on random vectors, in another order of the keys."""

generator = np.random.default_rng(1)
real, more = generator.normal(size=(2, 1000, 10))
few, many = frechet_distance(real[:100], more[:100]), frechet_distance(real, more)
copied = precision_recall(real, real)
predict_evaluation = {"better model": "cannot tell", "looks better": "A"}
predict_evaluation["fewer images"] = "up" if few > many else "down"
predict_evaluation["copier's recall"] = copied.recall
predict_evaluation["copier's distance"] = "smaller" if frechet_distance(real, real) < many else "larger"
predict_evaluation["coins"] = np.float32(0.99)
predict_evaluation["nats lost"] = np.round(np.log(100), 1)
