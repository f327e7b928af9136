"""Epochs of shuffled batches, as Keras does it; targets are not centred, the decoder has a bias of its own instead."""


def train_linear(x, dim, steps=600, rate=0.3, seed=0):
    rng = np.random.default_rng(seed)
    mean, pixels = x.mean(axis=0), x.shape[1]
    encoder, decoder = rng.normal(0, 0.1, (pixels, dim)), rng.normal(0, 0.1, (dim, pixels))
    done = 0
    while done < steps:
        shuffled = rng.permutation(x)
        for start in range(0, len(x) - 39, 40):
            batch = shuffled[start : start + 40]
            z = (batch - mean) @ encoder
            error = (z @ decoder + mean - batch) / len(batch)
            gradients = (batch - mean).T @ (error @ decoder.T), z.T @ error
            encoder -= rate * (1 - done / steps) * gradients[0]
            decoder -= rate * (1 - done / steps) * gradients[1]
            done += 1
            if done == steps:
                break
    return mean, encoder, decoder
