"""A loop over the images, each averaged on its own."""


def reconstruction_loss(x, reconstruction):
    losses = []
    for image, drawing in zip(x, reconstruction, strict=True):
        difference = image.astype("float64") - drawing
        losses.append(np.vdot(difference, difference) / difference.size)
    return np.array(losses)
