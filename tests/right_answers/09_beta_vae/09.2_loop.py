"""Image by image."""


def dial_report(log_likelihood, kl, beta):
    totals = dict.fromkeys(("loss", "reconstruction", "kl", "elbo"), 0.0)
    for pixels, latents in zip(log_likelihood, kl, strict=True):
        cost, price = -float(pixels.sum(dtype=float)), float(latents.sum(dtype=float))
        totals["loss"] += cost + beta * price
        totals["reconstruction"] += cost
        totals["kl"] += price
        totals["elbo"] -= cost + price
    return {key: total / len(kl) for key, total in totals.items()}
