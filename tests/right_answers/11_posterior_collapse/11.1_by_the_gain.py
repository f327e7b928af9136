"""What a latent gains at its best, 1/2 (r - 1 - log r) with r = variance / noise, where r > 1; floats, an extra key."""


def active(stddev, beta=1.0):
    ratios = [variance / (beta * stddev**2) for variance in (16, 4, 0.5, 0.1)]
    return float(sum(r > 1 and 0.5 * (r - 1 - np.log(r)) > 0 for r in ratios))


predict_active = {f"stddev {stddev:g}": active(stddev) for stddev in (0.2, 1, 3, 5)}
predict_active |= {"stddev 1, beta 6": active(1, 6), "stddev 1, 10 latents": active(1), "note": 0.0}
