"""Chooses what counts of one learner's files: one notebook for each lesson, by rules that reports state."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from autoencoders_edu.course import curriculum
from autoencoders_edu.grading.submission import files
from autoencoders_edu.grading.submission.leftovers import copies
from autoencoders_edu.grading.submission.notebook import Unreadable, lesson_of, lesson_of_cells, lesson_of_folder
from autoencoders_edu.grading.words import some

NEWEST, REFUSE = DUPLICATES = ("newest", "refuse")
EXERCISES, LESSON = "exercises.ipynb", "lesson.ipynb"
LESSON_FOLDERS = {lesson.folder for lesson in curriculum.LESSONS}
# What lies beside `lessons` in a copy of the course, and is nobody's submission.
OF_THE_COURSE = {"autoencoders_edu", "benchmarks", "build", "dist", "docs", "scripts", "solutions", "tests"}
MOST_BYTES = 5 * files.LARGEST  # of one learner's notebooks together: JSON takes long to read
MOST_NOTEBOOKS, MOST_RIVALS, MOST_ZIPS, ZIPS_IN_ZIPS = 100, 5, 20, 2
SAME_TIME = 2.0  # seconds, as fine as zips tell; a clone or a download makes all files at once
ONE = "remove all but the one that counts."
EMPTY = "This folder holds no exercise notebook."


def choose(found, lesson=None, duplicates=NEWEST):
    """The submissions of one learner: at least one, and at most one for each lesson.

    Args:
        found: list of `Submission`, one for each of their files.
        lesson: a `Lesson`, if notebooks of all others do not matter.
        duplicates: "newest" or "refuse".
    """
    notes = []
    found = _unzipped(found, notes)
    notebooks = _without_copies(_in_their_place([s for s in found if _may_count(s)], found, notes), notes)
    if len(notebooks) > MOST_NOTEBOOKS:
        notes.append(f"There are more than {MOST_NOTEBOOKS} notebooks. The rest was left out.")
    by_lesson = defaultdict(list)
    for submission in _with_lessons(notebooks[:MOST_NOTEBOOKS]):
        by_lesson[submission.lesson].append(submission)
    if not by_lesson:
        return [replace(found[0], problem=_nothing(found), lesson=lesson.folder if lesson else "")]
    for name in _of_no_interest(by_lesson, lesson):
        notes += map(_why_not, by_lesson.pop(name))
    notes += [f"{s.name}: {s.problem}" for s in found if s.problem and not _may_count(s) and s.problem != files.LINK]
    first, *others = (_one(rivals, duplicates) for _, rivals in sorted(by_lesson.items()))
    if lesson is not None:
        first = replace(first, lesson=lesson.folder)  # it may be of another one: that is then its problem
    return [replace(first, notes=(*notes, *first.notes)), *others]


def _parts(submission):
    return submission.name.split("/")


def _may_count(submission):
    """Whether it is a notebook by its name, or something in the place of some: a link, a folder that is closed."""
    name = _parts(submission)[-1]
    in_place = submission.problem not in ("", EMPTY) and name in LESSON_FOLDERS | {"lessons"}
    return in_place or (name.lower().endswith(".ipynb") and name != LESSON)


def _unzipped(found, notes):
    """The files, and if no notebook is among them those in zips, too."""
    for _ in range(ZIPS_IN_ZIPS):
        zips = [s for s in found if s.name.lower().endswith(".zip") and not s.problem]
        if any(map(_may_count, found)):
            notes += [f"{s.name} was not opened, since there are notebooks beside it." for s in zips]
            break
        found = [s for s in found if s not in zips] + [inner for s in zips[:MOST_ZIPS] for inner in _inside(s)]
    return found


def _inside(submission):
    zipped = files.File(tuple(_parts(submission)), submission.path, submission.inside, submission.modified)
    for file in files.inside(zipped, submission.folder):
        name = "/".join(file.parts)
        yield replace(submission, inside=file.inside, name=name, modified=file.modified, problem=file.problem)


def _in_their_place(notebooks, found, notes):
    """In a copy of the course the notebooks below `lessons`, if there are any; elsewhere all of them."""
    if not any(_below_lessons(submission) for submission in found):
        return notebooks
    theirs = [s for s in notebooks if _below_lessons(s) or not OF_THE_COURSE & set(_parts(s)[1:-1])]
    in_place = [s for s in theirs if _below_lessons(s)]
    if in_place and len(in_place) < len(theirs):
        notes.append(f"Left out, since only the notebooks in `lessons` count: {_listed(set(theirs) - set(in_place))}.")
    return in_place or theirs


def _below_lessons(submission):
    parts = _parts(submission)
    return any(one == "lessons" and other in LESSON_FOLDERS for one, other in pairwise(parts))


def _without_copies(notebooks, notes):
    """The notebooks without those that are a copy of another one beside them, by their names."""
    folders = defaultdict(list)
    for submission in notebooks:
        *folder, name = _parts(submission)
        folders[tuple(folder)].append(name)
    originals = {folder: copies(names) for folder, names in folders.items()}
    kept = []
    for submission in notebooks:
        *folder, name = _parts(submission)
        of = originals[tuple(folder)].get(name)
        if of is None:
            kept.append(submission)
        else:
            notes.append(f"{submission.name} was left out: by its name it is a copy of {of}.")
    return kept


def _with_lessons(notebooks):
    """Yields the notebooks with their lessons, as far as content or folder tell, and with why they cannot be read."""
    left = MOST_BYTES
    for submission in notebooks:
        problem, has_cells = submission.problem, False
        if problem in (files.LINK, files.HARD_LINK):
            problem = problem.replace("This", f"`{submission.name}`", 1)
        elif left < 0:
            problem = f"The notebooks have more than {MOST_BYTES // 2**20} MiB together. Remove all that do not count."
        try:
            notebook = replace(submission, problem=problem).read()
            left -= notebook.size
            lesson, has_cells = lesson_of(notebook, submission.place()), lesson_of_cells(notebook) is not None
        except Unreadable as error:
            problem, lesson = str(error), lesson_of_folder(submission.place())
        yield replace(submission, problem=problem, lesson=lesson.folder if lesson else "", has_cells=has_cells)


def _of_no_interest(by_lesson, wanted):
    """The lessons whose notebooks are left out: all but the one that is wanted; and no lesson, if there is one."""
    if wanted is not None:
        best = next(name for name in (wanted.folder, *sorted(by_lesson, reverse=True)) if name in by_lesson)
        return [name for name in by_lesson if name != best]
    return [""] if len(by_lesson) > 1 and "" in by_lesson else []


def _why_not(submission):
    number = submission.lesson[:2]
    of_lesson = f"It belongs to lesson {number}." if number else "It holds no exercise of this course."
    why = submission.problem or of_lesson
    return f"{submission.name} was left out: {why[0].lower()}{why[1:]}"


def _one(rivals, duplicates):
    """The one that counts of several notebooks of a lesson: the newest, unless duplicates are refused.

    One in which nothing but its folder or a definition tells of the lesson, such as for trying things out, is no rival
    of one that has the exercises' cells.
    """
    readable = [rival for rival in rivals if not rival.problem]
    candidates = [rival for rival in readable if rival.has_cells] or readable or rivals
    if len(rivals) == 1:
        return rivals[0]
    of = f"of lesson {rivals[0].lesson[:2]}" if rivals[0].lesson else "of no lesson"
    there = f"There are {len(rivals)} notebooks {of}: {_listed(rivals)}."
    if len(candidates) == 1:
        rule = "the only one with the exercises' cells" if candidates[0].has_cells else "the only one that can be read"
        return replace(candidates[0], notes=(f"{there} {candidates[0].name} counts: it is {rule}.",))
    if len(candidates) > MOST_RIVALS:
        problem = f"{there} If this folder is a class's, name it on the command line; otherwise {ONE}"
        return replace(rivals[0], problem=problem)
    if duplicates == REFUSE:
        return replace(rivals[0], problem=f"{there} R{ONE[1:]}")
    chosen, rule = _newest(candidates)
    return replace(chosen, notes=(f"{there} {chosen.name} counts: it is {rule}.",))


def _newest(candidates):
    latest = max(candidate.modified for candidate in candidates)
    recent = [candidate for candidate in candidates if latest - candidate.modified <= SAME_TIME]
    chosen = min(recent, key=lambda one: (_parts(one)[-2:] != [one.lesson, EXERCISES], one.name))
    return chosen, "the newest" if len(recent) == 1 else f"the first of {len(recent)} equally new ones"


def _nothing(found):
    """What a learner's files are, when no notebook is among them, and what to do."""
    if problem := next((submission.problem for submission in found if submission.problem), ""):
        return problem if len(found) == 1 or problem == EMPTY else f"{EMPTY} {_listed(found)}: {problem}"
    names = [_parts(submission)[-1] for submission in found]
    near = [name for name in names if ".ipynb" in name.lower()]
    if near:
        return f"A notebook's name ends in .ipynb, but this file is called {near[0]}. Rename it and submit it again."
    if packed := [name for name in names if name.lower().endswith(files.ARCHIVES)]:
        return f"{packed[0]} cannot be read, since it is not a zip. Unpack it and submit the notebook inside."
    return f"{EMPTY} There is only {_listed(found)}."


def _listed(submissions):
    return some(sorted(submission.name for submission in submissions))
