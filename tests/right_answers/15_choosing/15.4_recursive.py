"""One step, then the rest of the list; eps_hat from x_hat."""


def sample(v, x_T, times, betas):
    if len(times) == 1:
        return x_T
    a_t, a_s = ((np.cumprod(1 - betas)[time - 1] if time else 1.0) for time in times[:2])
    x_hat = a_t**0.5 * x_T - (1 - a_t) ** 0.5 * v(x_T, times[0])
    eps_hat = (x_T - a_t**0.5 * x_hat) / (1 - a_t) ** 0.5
    return sample(v, a_s**0.5 * x_hat + (1 - a_s) ** 0.5 * eps_hat, times[1:], betas)
