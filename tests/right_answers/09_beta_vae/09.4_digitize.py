"""np.digitize, counts added up one by one, and SciPy's KL divergence of the joint shares from the product."""

from scipy.stats import entropy


def information_gap(codes, factors, bins=10):
    total = changing = 0
    for v in factors.T:
        values, numbers = np.unique(v, return_inverse=True)
        if len(values) == 1:
            continue
        known = [0.0]
        for z in codes.T:
            joint = np.zeros((bins, len(values)))
            moves = z.std() > 0.1
            place = np.digitize(z, np.linspace(z.min(), z.max(), bins + 1)[1:-1]) if moves else np.zeros(len(z), int)
            np.add.at(joint, (place, numbers), 1 / len(v))
            apart = np.outer(joint.sum(axis=1), joint.sum(axis=0))
            known.append(entropy(joint.ravel(), apart.ravel()))
        known.sort(reverse=True)
        total += (known[0] - known[1]) / entropy(np.bincount(numbers))
        changing += 1
    return np.float32(total / changing)
