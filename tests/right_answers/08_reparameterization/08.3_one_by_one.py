"""A loop over the draws, one call of the cost for each."""


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    total = np.zeros(2)
    for e in epsilon:
        price = float(cost(np.array([mean + stddev * e]))[0]) - baseline
        total += price / stddev * np.array([e, e * e - 1])
    return total / len(epsilon)
