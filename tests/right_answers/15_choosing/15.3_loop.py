"""Image by image, with a product of its own each time."""


def add_noise(x, t, epsilon, betas):
    noisy, target = [], []
    for image, time, noise in zip(x, t, epsilon, strict=True):
        a = np.prod(1 - betas[:time])
        noisy.append(a**0.5 * image + (1 - a) ** 0.5 * noise)
        target.append(a**0.5 * noise - (1 - a) ** 0.5 * image)
    return np.array(noisy), np.array(target)
