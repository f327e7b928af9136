"""The square multiplied out, in float64: the mean of x^2 - 2 x x' + x'^2, by einsum."""


def reconstruction_loss(x, reconstruction):
    x, drawn = np.float64(x), np.float64(reconstruction)
    squares = [np.einsum("nhwc,nhwc->n", a, b) for a, b in ((x, x), (x, drawn), (drawn, drawn))]
    return (squares[0] - 2 * squares[1] + squares[2]) / np.prod(x.shape[1:])
