"""One-hot bins and one-hot values: all tables are one product. Dead latents are left out."""


def information_gap(codes, factors, bins=10):
    codes = codes[:, np.var(codes, axis=0) > 0.01].astype(float)
    if codes.shape[1] == 0:
        return 0.0
    place = (codes - codes.min(axis=0)) / (codes.max(axis=0) - codes.min(axis=0)) * bins
    in_bin = np.clip(place.astype(int), 0, bins - 1)[:, :, None] == np.arange(bins)
    scores = []
    for v in factors.T:
        has_value = v[:, None] == np.unique(v)
        p_v = has_value.mean(axis=0)
        if len(p_v) > 1:
            joint = np.tensordot(in_bin.astype(float), has_value.astype(float), (0, 0)) / len(v)
            p_z = in_bin.mean(axis=0)[:, :, None]
            logs = np.log(np.where(joint > 0, joint, 1)) - np.log(np.where(joint > 0, p_z * p_v, 1))
            known = np.sort(np.append(np.sum(joint * logs, axis=(1, 2)), 0.0))
            scores.append((known[-1] - known[-2]) / -np.sum(p_v * np.log(p_v)))
    return np.mean(scores)
