"""NaN is left out of the sum: it stands where 0 log 0 does."""


def binarisation_nats(grey, logits):
    def cost(pixels):
        return np.sum(np.maximum(logits, 0) - pixels * logits + np.log1p(np.exp(-np.abs(logits))), axis=(1, 2, 3))

    with np.errstate(divide="ignore", invalid="ignore"):
        entropy = np.nansum(-grey * np.log(grey) - (1 - grey) * np.log(1 - grey), axis=(1, 2, 3))
    return {"threshold": cost(grey >= 0.5), "dynamic": cost(grey), "floor": entropy}
