"""The k-sparse autoencoder in NumPy, with Adam; the encoder starts as the decoder's transpose."""


def recover_directions(x, units, k, steps=400, batch=256):
    rng = np.random.default_rng(0)
    decoder = rng.normal(size=(units, x.shape[1]))
    decoder /= np.linalg.norm(decoder, axis=1, keepdims=True)
    weights = [decoder.T.copy(), np.zeros(units), decoder]
    first, second = ([np.zeros_like(weight) for weight in weights] for _ in range(2))
    for step in range(1, steps + 1):
        some = x[rng.integers(len(x), size=batch)]
        encoder, bias, decoder = weights
        z = some @ encoder + bias
        kept = z >= np.partition(z, -k, axis=1)[:, -k, None]
        error = ((z * kept) @ decoder - some) / batch
        back = (error @ decoder.T) * kept
        slopes = some.T @ back, back.sum(axis=0), (z * kept).T @ error
        for weight, slope, one, two in zip(weights, slopes, first, second, strict=True):
            one += 0.1 * (slope - one)
            two += 0.001 * (slope**2 - two)
            weight -= 0.01 * (one / (1 - 0.9**step)) / (np.sqrt(two / (1 - 0.999**step)) + 1e-8)
    return weights[2]
