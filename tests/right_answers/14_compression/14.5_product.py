"""sigmoid(b) - sigmoid(a) = sigmoid(b) sigmoid(-a) (1 - exp(a - b)), column by column."""


def bits_under_mixture(z, weights, means, scales):
    ops, columns = keras.ops, []
    for j in range(z.shape[1]):
        distance = ops.abs(z[:, j, None] - means[j])
        rest = 1 - ops.exp(-1 / scales[j])
        upper = ops.sigmoid((0.5 - distance) / scales[j])
        mass = upper * rest * ops.sigmoid((0.5 + distance) / scales[j])
        columns.append(-ops.log(ops.sum(weights[j] * mass, axis=1)) / 0.6931471805599453)
    return ops.stack(columns, axis=1)
