"""01.1 predict_rescaling: by what factor three changes of the images multiply PCA's error."""

import numpy as np

from autoencoders_edu.checks.shared.digits import digits
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_number
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "01.1",
    "predict_rescaling",
    points=1,
    minutes=4,
    why="Errors are compared across papers and data sets; one has to know which changes of the data move them.",
    hints=(
        "Take one pixel x and its drawing x'. What becomes of the difference x - x' when the images change?",
        "If PCA could draw the old images that well, how well can it draw the new ones? It is fitted anew, remember.",
        "Where in PCA's formulas does it say which pixels are neighbours?",
    ),
    on_success="The task stayed as hard as it was, yet one of the errors moved: never give an error without its scale.",
)
def check_predict_rescaling(probe):
    answer, measured = probe.get("predict_rescaling"), _measured_factors(probe.rng)
    if not isinstance(answer, dict) or set(answer) != set(measured):
        raise Failed(
            f"predict_rescaling should be a dict with the keys {', '.join(measured)}. Received: {brief(answer)}."
        )
    wrong = []
    for change, truth in measured.items():
        factor = expect_number(answer[change], f'predict_rescaling["{change}"]')
        if abs(factor - truth) > 0.02:
            direction = "larger" if factor < truth else "smaller"
            wrong.append(f'"{change}": you predicted {factor:g}; the factor measured on digits is {direction}. ')
            wrong[-1] += _misreading(change, factor, truth)
    expect(
        not wrong, "\n".join([*wrong, "The error is the mean of (x - x')^2, and the factor the new one / the old one."])
    )


def _measured_factors(rng):
    """What the test error of PCA with 8 numbers is multiplied by: measured, on digits drawn anew."""
    x = digits().x_train
    images = x[rng.choice(len(x), 300, replace=False)].reshape(300, -1).astype(float)
    order = rng.permutation(images.shape[1])
    changed = {"negative": 1 - images, "doubled": 2 * images, "shuffled": images[:, order]}
    return {change: _pca_error(x) / _pca_error(images) for change, x in changed.items()}


def _pca_error(images):
    from sklearn.decomposition import PCA

    train, test = images[:200], images[200:]
    pca = PCA(8, svd_solver="covariance_eigh").fit(train)
    return np.mean((test - pca.inverse_transform(pca.transform(test))) ** 2)


def _misreading(change, factor, truth):
    """The misconception behind a wrong factor, in a sentence or two."""
    if factor < 0:
        return "A mean of squares is never negative, so no factor between two of them can be."
    if change == "negative":
        return "Whether a picture is bright or dark is not what counts: what becomes of the 1 in (1 - x) - (1 - x')?"
    if change == "shuffled":
        return (
            "To PCA an image is a list of numbers. It never learns which pixels are neighbours, so it cannot miss them."
        )
    if factor < 0.9:
        return "That is the old error divided by the new one, or you expect larger numbers to be drawn more exactly."
    if abs(factor - 1) < 0.1:
        return "PCA adapts to brighter images, but its error is no percentage: it is measured in units of the pixels."
    if abs(factor - np.sqrt(truth)) < 0.1:
        return "The differences grow by this factor, but the error is made of their squares."
    return "The difference x - x' doubles. What does squaring make of that?"
