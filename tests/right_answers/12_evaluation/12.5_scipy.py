"""SciPy's xlogy and log_expit, image by image."""


def binarisation_nats(grey, logits):
    from scipy.special import log_expit, xlogy

    static, dynamic, floor = [], [], []
    for g, l in zip(grey.astype(float), logits.astype(float), strict=True):
        black_and_white = np.floor(g + 0.5)
        static.append(-np.sum(black_and_white * log_expit(l) + (1 - black_and_white) * log_expit(-l)))
        dynamic.append(-np.sum(g * log_expit(l) + (1 - g) * log_expit(-l)))
        floor.append(-np.sum(xlogy(g, g) + xlogy(1 - g, 1 - g)))
    return {"static": static, "dynamic": dynamic, "floor": floor}
