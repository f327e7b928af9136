"""The batch moved to the last axis, where NumPy broadcasts; alpha_bar by index t - 1, with time 0 apart."""


def add_noise(x, t, epsilon, betas):
    alpha_bar = np.where(t == 0, 1.0, np.cumprod(1.0 - betas)[t - 1])
    a, b = np.sqrt(alpha_bar), np.sqrt(1 - alpha_bar)
    x, epsilon = np.moveaxis(x, 0, -1), np.moveaxis(epsilon, 0, -1)
    return tuple(np.moveaxis(each, -1, 0) for each in (a * x + b * epsilon, a * epsilon - b * x))
