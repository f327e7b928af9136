"""Image by image and draw by draw, with a running log-sum-exp."""


def completion_log_likelihood(images, visible, logits):
    result = []
    for i, image in enumerate(images):
        total = -np.inf
        for one in logits[:, i]:
            signed = (2.0 * image - 1) * one
            total = np.logaddexp(total, -np.logaddexp(0, -signed)[~visible].sum())
        result.append(total - np.log(len(logits)))
    return result
