"""Measured: requests and samples are simulated."""

rng = np.random.default_rng(1)
asked = np.arange(100_000) % 10
drawn = rng.integers(0, 10, len(asked))  # of whichever class z happens to be
far_apart = np.eye(10)  # p(x|c) of ten images, each of which one class alone draws
images = far_apart[asked]
predict_condition = {
    "encoder alone: agreement": np.mean(drawn == asked),
    "most nats saved": np.mean(np.log(far_apart[asked, asked] / far_apart.mean(axis=0)[asked])),
    "order changed everywhere: agreement": np.mean(((asked + 1) - 1) == asked),
    "order changed at sampling: agreement": np.mean((asked + 1) % 10 == asked),
    "class as one number": "halfway" if 5 * 0.3 == (4 * 0.3 + 6 * 0.3) / 2 else "anywhere",
    "decoder alone: class in z": "need not",
    "one image per class: agreement": np.mean(images.argmax(axis=1) == asked),
    "one image per class: diversity": np.sum((images[0] - images[10]) ** 2),
}
