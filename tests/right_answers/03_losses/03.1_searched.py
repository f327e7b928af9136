"""Found by trying all constants on a column of numbers, and naming the statistic that lies closest."""

column = np.repeat([0.1, 0.2, 0.3, 0.6, 0.9], [40, 25, 20, 15, 11])
tried = np.linspace(0.02, 0.98, 961)
pairs = column[:, None], tried[None]
costs = {
    "squared": np.square(pairs[0] - pairs[1]),
    "absolute": np.abs(pairs[0] - pairs[1]),
    "zero_one": np.abs(pairs[0] - pairs[1]) > 1e-6,
    "cross_entropy": -pairs[0] * np.log(pairs[1]) - (1 - pairs[0]) * np.log1p(-pairs[1]),
    "logs": np.square(np.log(pairs[0] / pairs[1])),
}
found = {
    "mean": column.mean(),
    "median": np.median(column),
    "mode": 0.1,
    "geometric mean": np.exp(np.log(column).mean()),
}
predict_minimiser = {
    loss: min(found, key=lambda word, cost=cost: abs(found[word] - tried[cost.mean(axis=0).argmin()]))
    for loss, cost in costs.items()
}
