"""As a rotation: alpha_bar is the square of a cosine."""


def sample(v, x_T, times, betas):
    def angle(t):
        return np.arccos(np.sqrt(np.prod(1 - betas[:t])))

    x = np.array(x_T)
    for t, s in pairwise(times):
        turn = angle(t) - angle(s)
        x = np.cos(turn) * x - np.sin(turn) * v(x, t)
    return x
