"""02.4 is_copier: a test that tells models that copy from models that know their data."""

import numpy as np

from autoencoders_edu.checks.shared.copiers import draw_suspects
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "02.4",
    "is_copier",
    points=3,
    minutes=15,
    why="The loss cannot reveal a copier, so you need a test of your own, one that a small error does not impress.",
    hints=(
        "What does a copier do with an input that is not like its training data? And a model that knows its data?",
        "Make inputs that share nothing with the data except the values that each pixel may take.",
        "How much must come back? Measure the error against something: the variance of what you fed.",
    ),
    on_success="Your test unmasks clean copiers and sloppy ones, and lets a good model off although its error is tiny.",
)
def check_is_copier(probe):
    suspects, verdicts = draw_suspects(probe.rng), {}
    for suspect in suspects:
        verdict = _verdict(probe, suspect)
        if np.shape(verdict) != () or np.asarray(verdict).dtype.kind != "b":
            raise Failed(f"is_copier should return True or False. Received: {brief(verdict)}.")
        verdicts[suspect.kind] = bool(verdict)
    wrong = [s for s in suspects if verdicts[s.kind] != s.copies]
    if wrong:
        lines = [f"{verdicts[s.kind]} for {s.about}; expected {s.copies}." for s in sorted(wrong, key=lambda s: s.kind)]
        raise Failed("\n".join([misreading(suspects, verdicts), "Received:", *lines]))


def _verdict(probe, suspect):
    try:
        return probe.call("is_copier", suspect, suspect.x)
    except LearnerError as error:
        if not suspect.asked and not suspect.misfed and "'function'" in str(error):
            raise Failed(f"{UNCALLED}\n{error}") from None
        if not suspect.misfed:
            raise
        pixels = suspect.x.shape[1]
        reason = f"Take the number of pixels from x: here it is {pixels}, and it changes from model to model."
        if suspect.misfed == (pixels,):
            reason = f"A single image is a batch of one, of shape (1, {pixels})."
        raise Failed(
            f"Your test handed reconstruct an array of shape {suspect.misfed}; it takes images of shape (n, {pixels}). "
            f"{reason}\n{error}"
        ) from None


UNCALLED = "`reconstruct` is a function. Call it with images, as in reconstruct(x), to get their reconstructions."


def misreading(suspects, verdicts):
    """What fools a test with these verdicts (dict from kind to bool), in a sentence or two; "" when nothing does."""
    wrong = {s.kind: verdicts[s.kind] for s in suspects if verdicts[s.kind] != s.copies}
    if not wrong:
        return ""
    if len(wrong) == len(suspects):
        return "True and False are the wrong way round: every one of your verdicts is wrong. True is for copiers."
    if not any(s.asked for s in suspects):
        return "Your test never called the model, so it cannot know what the model does."
    if not any(s.foreign for s in suspects):
        return _fooled_by_x(wrong)
    return _fooled_by_foreign(suspects, wrong, any(s.outside for s in suspects))


ON_X = "Your test showed the models nothing but x. "
EXACT = (
    "A trained copier is never exact: it copies with flaws, and copies all the same. What share of the input has to "
    "come back for a copy? More than half is enough, of what is unlike x; a small error on x is not needed."
)


def _fooled_by_x(wrong):
    """The reason why a test that only fed x went wrong."""
    if wrong.get("identity") is False or set(wrong) == {"memoriser"}:
        return ON_X + (
            "There, the identity and a good model look alike. How many dimensions the outputs span, for example, says "
            "more about x than about the model: where the data vary in few directions, so does what the identity "
            "returns, and a model that returns stored images spans them all."
        )
    if set(wrong.values()) == {False}:
        return ON_X + EXACT
    return ON_X + (
        "A small error there is what copiers and good models have in common, so no threshold on it can tell them "
        "apart. Feed something that a good model should fail on."
    )


def _missed(suspects):
    """Why a test took these copiers for good models, by what it fed; the clearest case decides."""
    shares = {suspect.about: suspect.came_back for suspect in suspects if suspect.came_back is not None}
    about = max(shares, key=lambda about: shares[about], default="")
    if not shares:
        return ALIKE
    if shares[about] > 0.999:
        return (
            f"All that you fed came back from {about}, and your test says False. Is its measure nan? A pixel that is "
            "black in all of x never varies, so its variance is 0: divide once, total error by total variance."
        )
    if shares[about] > 0.5:
        return f"{shares[about]:.2f} of the variance of what you fed came back from {about}. {EXACT}"
    return (
        f"The share of your inputs' variance that came back is {shares[about]:.2f} for {about}: your inputs vary less "
        "than its flaws do. Feed noise in which every pixel varies, over the whole range that it has in the data."
    )


ALIKE = (
    "Your test feeds images that are all alike. A model that happens to draw just that image then looks like a copier, "
    "such as one that draws nothing but white. Feed inputs that differ from one another."
)
GREY = (
    "Your test feeds images of one grey, and a good model of data that vary in brightness returns them. Feed inputs "
    "that have nothing in common with the data."
)
INK = (
    "Your test puts ink where x never has any. About those pixels even a copier has learnt nothing: it fails on "
    "them and spoils the rest. Keep each pixel within the range that it has in x."
)
# Why a test took this model for a copier, though it fed other things than x. The first that fits.
TAKEN_FOR_A_COPIER = {
    "average": (
        "Your test says True even for a model that draws the same image whatever it is shown. Compare its "
        "error with that of the best constant image, which is the variance of what you fed around its mean image."
    ),
    "uneven": (
        "Your test says True for a model that draws one and the same image, where some places are always bright and "
        "others dark. What all your inputs have in common must not count as returned: compare the error with their "
        "variance around their mean image, and the share with a fixed number (not with the share on x)."
    ),
    "white": "",
    "flat": (
        "What your test fed varies in the same directions as the data: negatives and mixtures of images do, and a "
        "model that knows those directions returns them. Feed something that has nothing in common with the data."
    ),
    "narrow": (
        "What your test fed is still too much like digits: turned or shifted ones consist of the same strokes, and "
        "narrow PCA returns a good part of them. Feed something that has nothing in common with the data, and ask for "
        "more than half of it back."
    ),
    "memoriser": (
        "Your test takes a model that returns stored images for a copier. They vary as much as what it is shown, but "
        "they are something else: compare each image with its own reconstruction."
    ),
}


def _taken_for_a_copier(suspect):
    """Why a test took this model for one, by what it fed."""
    if suspect.came_back is None:
        return ALIKE
    whatever = ", whatever its error on x is" if suspect.shown_x else ""
    if suspect.came_back < 0.4 and suspect.kind not in ("average", "uneven", "memoriser"):
        return (
            f"The share of your inputs' variance that came back is {suspect.came_back:.2f} for {suspect.about}: "
            f"that is not a copier{whatever}. Ask for more than half of the variance around the mean image. (A "
            "correlation of 0.5 is a quarter of it.)"
        )
    return GREY if suspect.grey else TAKEN_FOR_A_COPIER[suspect.kind]


def _fooled_by_foreign(suspects, wrong, outside):
    """The reason why a test that fed other things than x went wrong."""
    if wrong.get("identity") is False:
        return _missed_identity(next(suspect for suspect in suspects if suspect.kind == "identity"))
    if wrong.get("clipped") is False and outside:
        return (
            "Your test fed pixels outside the range of the data. Below 0 and above 1 a model has learnt nothing, and "
            "an output layer may not even reach there: failing on that does not mean it knows digits."
        )
    if set(wrong) == {"blind"} and any(suspect.inked for suspect in suspects if suspect.kind == "blind"):
        return INK
    by_kind = {suspect.kind: suspect for suspect in suspects if suspect.foreign}
    if set(wrong.values()) == {False}:
        return _missed([by_kind[kind] for kind in wrong if kind in by_kind])
    taken = next((kind for kind in TAKEN_FOR_A_COPIER if wrong.get(kind) and kind in by_kind), None)
    otherwise = "Ask how much of an input that is unlike the data comes back, as a share of that input's variance."
    return _taken_for_a_copier(by_kind[taken]) if taken else otherwise


def _missed_identity(suspect):
    """Why a test took the identity for a good model, by what it fed."""
    missed = (
        "Your test lets even the identity pass for a good model, though it returns every pixel of whatever you feed."
    )
    share = "Measure what comes back as a share of the variance that you fed."
    if suspect.came_back is None:
        one = "It feeds one image" if suspect.fed == 1 else "It feeds images that are all alike"
        return f"{missed} {one}, whose variance is 0: there is nothing of which a share could come back. Feed many."
    if suspect.shown_x:
        return f"{missed} Its error is 0 on x and 0 on everything else, so comparing the two says nothing. {share}"
    return f"{missed} {share}"
