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
    why="Errors are compared across papers and data sets; you have to know which changes to the data affect them.",
    hints=(
        "Take one pixel x and its drawing x'. What happens to the difference x - x' when the images change?",
        "PCA is fitted again to the new images. If it could draw the old ones that well, how well can it draw these?",
        "Where in PCA's formulas does it say which pixels are neighbours?",
    ),
    on_success="The task stayed as hard as it was, yet one of the errors moved: never give an error without its scale.",
)
def check_predict_rescaling(probe):
    answer, measured = probe.get("predict_rescaling"), _measured_factors(probe.rng)
    expect(
        answer is not None,
        "predict_rescaling is None, which is what `print`, for example, returns. Set it to the dict itself.",
    )
    if not isinstance(answer, dict) or set(answer) != set(measured):
        raise Failed(
            f"predict_rescaling should be a dict with the keys {', '.join(measured)}. Received: {brief(answer)}."
        )
    factors = {change: expect_number(answer[change], f'predict_rescaling["{change}"]') for change in measured}
    for message, rule in ALL_THREE.items():
        expect(any(abs(factors[change] - rule(truth)) > 0.02 for change, truth in measured.items()), message)
    wrong = []
    for change, truth in measured.items():
        factor = factors[change]
        if abs(factor - truth) > 0.02:
            direction = "larger" if factor < truth else "smaller"
            wrong.append(f'"{change}": you predicted {factor:g}; the factor measured on digits is {direction}. ')
            wrong[-1] += _misreading(change, factor, truth)
    expect(
        not wrong, "\n".join([*wrong, "The error is the mean of (x - x')^2, the factor the new error / the old one."])
    )


# Messages, with what their misconception makes of each of the three factors.
ALL_THREE = {
    "You gave percentages. A factor is the new error divided by the old one, 1 if it stays the same.": lambda f: (
        100 * f
    ),
    "You gave the increase, the new error less the old one, divided by the old one. The factor is the new error "
    "divided by the old one, 1 if it stays the same.": lambda f: f - 1,
    "You gave the increase in per cent. The factor is the new error divided by the old one, 1 if it stays the same.": (
        lambda f: 100 * (f - 1)
    ),
    "You gave the logarithms of the factors: 0 where nothing changes. A factor is then 1.": np.log,
    "The differences grow by this factor, but the error is made of their squares: you gave the factor of its root.": (
        np.sqrt
    ),
    "You gave the old error divided by the new one: the factor is the new error divided by the old one.": lambda f: (
        1 / f
    ),
}


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
        return "A mean of squares is never negative, so a factor between two of them cannot be negative."
    if change == "negative":
        return "Whether a picture is bright or dark is not what counts: what happens to the 1 in (1 - x) - (1 - x')?"
    if change == "shuffled":
        return (
            "To PCA an image is a list of numbers. It never learns which pixels are neighbours, so it cannot miss them."
        )
    if factor < 0.9:
        return "Larger numbers are not drawn more exactly for being larger: the differences x - x' grow with them."
    if abs(factor - 1) < 0.1:
        return "PCA adapts to brighter images, but its error is no percentage: it is measured in units of the pixels."
    return "The difference x - x' doubles. What does squaring make of that?"
