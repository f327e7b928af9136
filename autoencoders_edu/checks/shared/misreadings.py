"""What misread batches of drawings point to, for 01.4."""

from itertools import pairwise

from autoencoders_edu.checks.shared.drawings import ANOTHER_DTYPE, CASES, MANY, NEARLY_BLACK, SAME

# For each trouble, what it shows when batches of these manners were misread: all of the first, none but the second.
# The first that fits; without manners, every function.
NEARLY = ("mean, nearly", "other, nearly", "both in 0..255, nearly")
EVERY_ORDER = tuple(manner for truth, manner in CASES if truth == "wrong order")
MISREAD = {
    "not scaled": (
        (
            NEARLY_BLACK,
            NEARLY_BLACK,
            "In nearly black images you do not notice the factor of 255: their mean stays below 1 in 0..255, too. "
            "Compare the ranges of the two arrays with each other, not with a fixed number.",
        ),
        (
            ("drawings in 0..255",),
            ("drawings in 0..255", NEARLY_BLACK[0]),
            "You notice unscaled images, but not unscaled drawings: the factor of 255 can be in either of the two.",
        ),
        (
            ("images in 0..255",),
            ("images in 0..255", NEARLY_BLACK[1]),
            "You notice drawings that are too large, but not those that are too small, where x is the one in 0..255. "
            "Your test of the scale looks one way only, or another test comes before it.",
        ),
        ((), None, "A factor of 255 between x and its drawings went unnoticed."),
    ),
    "good, read as same for all": (
        (
            ("two alike",),
            ("two alike",),
            "Two of the drawings are alike, as their images are, and you call it a fault. All drawings have to be the "
            "same for `same for all`, not any two.",
        ),
        (
            (),
            None,
            "You call good drawings the same that differ, though perhaps in a few pixels only. One pixel, such as a "
            "corner that is always black, or one average per drawing can be the same in all of them: take the largest "
            "variation over all pixels.",
        ),
    ),
    "good": (
        (
            ("both in 0..255",),
            ("both in 0..255",),
            "Good drawings in [0, 1] are good to you, and in 0..255 they are not. There all errors are larger, so an "
            "error compared with a fixed number says nothing: measure it against how much the images differ from each "
            "other.",
        ),
        (
            (),
            None,
            "You reject good drawings. They are not perfect copies: a few numbers cannot keep everything, so a good "
            "drawing only comes close.",
        ),
    ),
    "same for all": (
        (
            NEARLY[2:],
            NEARLY[2:],
            "In [0, 1] you notice drawings that are nearly the same, and in 0..255 you do not. There they may differ "
            "255 times as much: measure the variation from image to image against the range of the pixels.",
        ),
        (
            NEARLY,
            NEARLY,
            "You notice drawings only if they are exactly equal. A dead encoder's may differ by rounding, where no eye "
            "can see it.",
        ),
        (
            ("grey",),
            ("grey",),
            "Drawings of one and the same grey went unnoticed. Their own range is 0, or what rounding leaves of it: "
            "measure the variation from image to image against the range of x.",
        ),
        (
            ("other", "other, nearly", "grey"),
            ("other", "other, nearly", "grey"),
            "You notice a drawing that is the average of this batch, and no other. A dead encoder draws the same image "
            "each time, but any image.",
        ),
        (
            ("mean", "other", *NEARLY),
            ("mean", "other", *NEARLY),
            "You notice only drawings of a single grey. Any other drawing varies from pixel to pixel, even if all "
            "drawings are the same. What counts is the variation from image to image, along axis 0.",
        ),
        (
            (),
            None,
            "Drawings that are all the same went unnoticed. What counts is the variation from image to image, along "
            "axis 0.",
        ),
    ),
    "wrong order": (
        (
            MANY[:1],
            MANY[:1],
            "You notice that two drawings changed places if they are neighbours, but not if they stand farther apart. "
            "Compare each drawing with all the originals of the batch.",
        ),
        (
            MANY,
            MANY,
            "You do not notice that two of many drawings changed places. Judge each drawing on its own, and compare it "
            "with all the originals.",
        ),
        (
            EVERY_ORDER,
            EVERY_ORDER,
            "You notice no wrong order. Averages over the whole batch do not change with its order: every drawing is "
            "there, in another's place. Compare each drawing with all the originals.",
        ),
        (
            ("dim",),
            ("dim", *MANY),
            "In dim images you do not notice a wrong order. There all errors are small, even between different images. "
            "An error compared with a fixed number says nothing. Measure it against how much the images differ "
            "from each other.",
        ),
        (
            (),
            None,
            "A wrong order went unnoticed. Compare each drawing with all the originals of the batch: which of them "
            "does it resemble most?",
        ),
    ),
}
# The same if a wrong scale was never called good, but always this.
SCALE_READ_AS = {
    "same for all": "Where x is in 0..255 and the drawings are in [0, 1], you say `same for all`: on the scale of x, "
    "such drawings hardly vary. Ask for the scale first, in both directions, or keep to the thousandth of the range.",
    "wrong order": "At two different scales you say `wrong order`: there any image may be nearest to a drawing. "
    "Ask for the scale first, in both directions.",
}
# The same for a function whose only mistake is to say "not scaled" too often.
BY_DTYPE = (
    "You mistake a different dtype for a different scale: float32 images and float64 drawings are `not scaled` to you "
    "though both lie in [0, 1]. The scale is in the values."
)
WRONGLY_NOT_SCALED = (
    ((ANOTHER_DTYPE,), (ANOTHER_DTYPE,), BY_DTYPE),
    (
        ("a little above 1",),
        ("a little above 1",),
        "You take drawings for unscaled that go a little beyond 1. Models without a sigmoid overshoot, as PCA does: "
        "compare the ranges of the two, and look for a factor of 255.",
    ),
    (
        ("both in 0..255", "both in 0..255, nearly"),
        ("both in 0..255", "both in 0..255, nearly", "a little above 1"),
        "x and drawings that are both in 0..255 are on one scale, but you call them `not scaled`: compare the ranges "
        "of the two with each other, not with 1.",
    ),
    (
        (),
        None,
        "You see a wrong scale where there is none. Compare the range of x with that of the drawings: a "
        "factor of 255 is hard to mistake for anything else.",
    ),
)


def misconception(readings):
    """What the misread ones among the readings point to: a message, and one reading as an example."""
    wrong = [reading for reading in readings if reading.answer != reading.truth]
    for diagnosis in (_same_word, _error_alone, _scale, _order, _order_before_same):
        if found := diagnosis(readings, wrong):
            return found
    truth = next(truth for truth in MISREAD if any(reading.truth == truth for reading in wrong))
    wrong = [reading for reading in wrong if reading.truth == truth]
    if truth == "not scaled" and len(said := {reading.answer for reading in wrong}) == 1 and said <= {*SCALE_READ_AS}:
        return SCALE_READ_AS[said.pop()], wrong[0]
    if truth == "good" and {reading.answer for reading in wrong} == {"same for all"}:
        truth = "good, read as same for all"
    return _first_fitting(MISREAD[truth], wrong), wrong[0]


# Each of these returns a message and an example for one kind of misconception, or None.


def _same_word(readings, wrong):
    if len({reading.answer for reading in readings}) > 1:
        return None
    return "You return the same word for every batch.", wrong[0]


def _error_alone(readings, wrong):
    said = [reading.answer for reading in sorted(readings, key=lambda reading: reading.mse)]
    blocks = 1 + sum(one != next_one for one, next_one in pairwise(said))
    if len(wrong) < 3 or not 2 < len(set(said)) == blocks:
        return None
    return (
        "You go by the size of the error alone: sorted by it, your words form blocks. But a dead encoder and a "
        "shuffled batch can have the same error. Look at what the drawings have in common.",
        wrong[0],
    )


def _scale(_, wrong):
    if {reading.answer for reading in wrong} == {"not scaled"}:
        return _first_fitting(WRONGLY_NOT_SCALED, wrong), wrong[0]
    unscaled = [reading for reading in wrong if reading.answer == "not scaled"]
    return (BY_DTYPE, unscaled[0]) if {reading.manner for reading in unscaled} == {ANOTHER_DTYPE} else None


def _order(readings, wrong):
    in_question = [reading for reading in readings if reading.truth in ("good", "wrong order")]
    missed = [reading for reading in in_question if reading in wrong]
    if not {reading.manner for reading in missed} - {"dim", *MANY}:  # these may be missed for other reasons
        return None
    for message in in_question[0].by_mistaken_order:
        words = zip(*(reading.by_mistaken_order[message] for reading in in_question), strict=True)
        if [reading.answer for reading in in_question] in map(list, words):
            return message, missed[0]
    return None


def _order_before_same(_, wrong):
    same = [reading for reading in wrong if reading.truth == "same for all"]
    unsorted = [reading for reading in same if reading.answer == "wrong order"]  # in a pair, either order may fit best
    if len(same) < len(wrong) or len(unsorted) < SAME - 1 or all(reading.manner != "grey" for reading in unsorted):
        return None
    return (
        "All drawings of a batch are equal, and you call them out of order. Equal drawings all resemble the same image "
        "most, so they are never in order. Whether the drawings (not x) are the same for all has to be asked first.",
        wrong[0],
    )


def _first_fitting(messages, wrong):
    manners = {reading.manner for reading in wrong}
    return next(text for must, may, text in messages if may is None or set(must) <= manners <= set(may))
