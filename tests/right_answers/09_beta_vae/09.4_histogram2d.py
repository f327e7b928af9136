"""np.histogram2d with the values' numbers, and scipy's KL divergence of the joint shares from the product."""

from scipy.stats import entropy


def information_gap(codes, factors, bins=10):
    total = changing = 0
    for v in factors.T:
        values, numbers = np.unique(v, return_inverse=True)
        if len(values) == 1:
            continue
        known = [0.0]
        for z in codes.T:
            if z.std() > 0.1:
                joint = np.histogram2d(z, numbers, (bins, len(values)))[0] / len(v)
                apart = np.outer(joint.sum(axis=1), joint.sum(axis=0))
                there = apart > 0
                known.append(entropy(joint[there], apart[there]))
            else:
                known.append(0.0)
        known.sort(reverse=True)
        total += (known[0] - known[1]) / entropy(np.bincount(numbers))
        changing += 1
    return np.float32(total / changing)
