"""Whether a folder with `lessons` in it is one learner's copy of the course, or a class's, one of whom is called so."""

from autoencoders_edu.course import curriculum
from autoencoders_edu.grading.submission import choosing, files
from autoencoders_edu.grading.submission.candidate import Submission
from autoencoders_edu.grading.submission.leftovers import copies, is_untitled
from autoencoders_edu.grading.submission.notebook import Unreadable, lesson_of_cells
from autoencoders_edu.grading.words import some

LESSON_FOLDERS = {lesson.folder for lesson in curriculum.LESSONS}
OURS = LESSON_FOLDERS | choosing.OF_THE_COURSE | {"lessons", choosing.EXERCISES, choosing.LESSON}
# Beside `lessons`, these or a repository tell that somebody works in a copy of the course; the package, that it is one.
MARKS, PACKAGE = {"constraints.txt", "pyproject.toml"}, "autoencoders_edu"
MOST_READ = 100  # notebooks


def is_copy(whole, tree, depth):
    """Whether the files are those of one learner, who handed in `lessons`.

    Args:
        whole: an `Owner`.
        tree: dict from each name in its folder to the files there or below.
        depth: of those names in the files' paths.

    Raises:
        ValueError: if they may as well be those of a class.
    """
    if "lessons" not in tree or not (_holds_lessons(tree, depth) or tree["lessons"][0].problem == files.LINK):
        return False
    others = _others(tree, depth)
    if PACKAGE in tree and len(tree[PACKAGE][0].parts) > depth + 1:
        others = _with_exercises(whole, others)
        alone = len(others) < 2  # one such folder may be a copy of their own; its notebooks are named in a note
    elif MARKS & tree.keys() or (whole.root() / ".git").exists():
        others = _with_exercises(whole, others)
        alone = not others
    else:
        alone = not others
    if alone:
        return True
    if _holds_lessons(tree, depth):
        raise ValueError(_either(whole.root(), sorted(others)))
    return False


def of_no_interest(tree, depth):
    """Names in a copy of the course of folders and files that hold nobody's notebooks, and are not the course's."""
    if PACKAGE in tree or MARKS & tree.keys():
        return []
    return sorted(tree.keys() - OURS - _others(tree, depth).keys())


def _holds_lessons(tree, depth):
    """Whether there is a folder `lessons` with a lesson in it, as in a course."""
    return any(
        len(file.parts) > depth + 2 and file.parts[depth + 1] in LESSON_FOLDERS for file in tree.get("lessons", ())
    )


def _others(tree, depth):
    """Dict from the names that may be a learner's each to what they may have handed in."""
    loose = [name for name, below in tree.items() if len(below[0].parts) == depth + 1]
    copied = copies(loose)
    found = {}
    for name in tree.keys() - OURS - copied.keys():
        handed_in = [file for file in tree[name] if _may_be_theirs(file)]
        if handed_in and not (name in loose and is_untitled(name)):
            found[name] = handed_in
    return found


def _may_be_theirs(file):
    is_data = file.name.lower().endswith(".gz") and not file.name.lower().endswith(".tar.gz")
    return (file.may_be_submission() and not is_data) or file.problem not in ("", choosing.EMPTY)


def _with_exercises(whole, others):
    """Those of the others that hold exercises of this course, as far as can be told: a zip may, whatever is in it."""
    left = MOST_READ
    found = {}
    for name, handed_in in others.items():
        for file in handed_in:
            left -= 1
            if left < 0 or file.problem or not file.is_notebook() or _holds_exercises(whole, file):
                found[name] = handed_in
                break
    return found


def _holds_exercises(whole, file):
    try:
        notebook = Submission(whole.student, file.path, folder=whole.folder, inside=file.inside).read()
    except Unreadable:
        return True
    return lesson_of_cells(notebook) is not None


def _either(place, others):
    return (
        f"{place} could be one learner's copy of the course, since it has `lessons`, or a class's folder, since there "
        f"are notebooks in {some(others)} as well. Name the learners' folders one by one, or move the other notebooks."
    )
