"""Dictionary learning in turns: for each example, pick k directions one after the other; then fit the directions."""


def recover_directions(x, units, k, rounds=30):
    rng = np.random.default_rng(0)
    rows = x[rng.choice(len(x), units, replace=False)] + 0.1 * rng.normal(size=(units, x.shape[1]))
    for _ in range(rounds):
        rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        rest, z = x.astype(float), np.zeros((len(x), units))
        for _ in range(k):
            fit = rest @ rows.T
            best = fit.argmax(axis=1)
            amount = np.maximum(fit[np.arange(len(x)), best], 0)
            z[np.arange(len(x)), best] += amount
            rest = rest - amount[:, None] * rows[best]
        rows = np.linalg.solve(z.T @ z + 1e-3 * np.eye(units), z.T @ x)
        weak = np.linalg.norm(rows, axis=1) < 1e-3
        rows[weak] = x[rng.integers(len(x), size=weak.sum())]
    return rows
