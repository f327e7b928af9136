"""Computed from a code as it is described."""

base = np.zeros((8, 4))
for unit in range(4):
    base[[2 * unit, 2 * unit + 1], unit] = 0.8


def penalties(z):
    rates = np.clip(z.mean(axis=0), 1e-7, 1)
    kl = 0.1 * np.log(0.1 / rates) + 0.9 * np.log(0.9 / (1 - rates))
    return np.abs(z).sum(axis=1).mean(), kl.sum()


def falls(z):
    (l1, kl), (l1_before, kl_before) = penalties(z), penalties(base)
    less_l1, less_kl = l1 < l1_before - 1e-9, kl < kl_before - 1e-9
    if less_l1 and less_kl:
        return "both"
    return "L1" if less_l1 else "KL" if less_kl else "neither"


predict_penalties = {
    "divided": falls(base / 10),
    "halved": falls(base / 2),
    "constant": falls(0 * base + 0.2),
    "split": falls(np.hstack([base, base]) / 2),
    "added": falls(np.hstack([base, np.zeros((8, 1))])),
    "silenced": falls(base * [1, 1, 0, 0]),
}
