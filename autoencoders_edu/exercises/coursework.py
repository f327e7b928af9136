"""Where a learner stands: which exercises are done, which is next, and the notebook that holds it."""

import datetime
import json

from autoencoders_edu.course import curriculum, files, notebooks, progress
from autoencoders_edu.exercises import registry


def is_passed(exercise) -> bool:
    """Whether a check of this exercise ever passed."""
    return progress.status(exercise.name) == progress.PASSED


def next_exercise():
    """The first exercise not passed, in a lesson whose prerequisites are done; None when there is none left."""
    for lesson in curriculum.LESSONS:
        before = [exercise for number in lesson.needs for exercise in registry.of_lesson(number)]
        if all(map(is_passed, before)):
            for exercise in registry.of_lesson(lesson.number):
                if not is_passed(exercise):
                    return exercise
    return None


def next_notebook():
    """The exercise notebook of the next exercise; before the first of its lesson has been tried, the lesson itself."""
    exercise = next_exercise()
    if exercise is None:
        return curriculum.LESSONS[0].path() / "lesson.ipynb"
    lesson = exercise.lesson
    return notebooks.learners(lesson.number) if is_begun(lesson) else lesson.path() / "lesson.ipynb"


def is_begun(lesson) -> bool:
    """Whether any exercise of this lesson was ever checked."""
    return any(progress.status(exercise.name) for exercise in registry.of_lesson(lesson.number))


def skipped(lesson):
    """The lessons right before this one that have no exercises here: `next_exercise` goes past them."""
    found = []
    for earlier in curriculum.LESSONS[: curriculum.LESSONS.index(lesson)]:
        found = [] if registry.of_lesson(earlier.number) else [*found, earlier]
    return found


def reset(exercise):
    """Puts an exercise's stub back into the learner's notebook.

    Returns:
        The file in which the old answer was saved, or None if the cell held the stub already.

    Raises:
        ValueError: when there is no notebook, no cell for this exercise in it, or no place to save the old answer.
    """
    path = notebooks.existing(exercise.lesson.number)
    notebook = notebooks.read(path)
    cell = notebooks.cell_of(notebook, exercise.name)
    if cell is None:
        raise ValueError(
            f"{path} has no cell for {exercise.name} any more: its nbgrader id is gone. Answer in any code cell: it is "
            "found by the name."
        )
    old, stub = "".join(cell["source"]), notebooks.stub(exercise.name)
    if old == stub and cell["cell_type"] == "code":
        progress.forget(exercise.name)
        return None
    stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    kept = progress.path().parent / "answers" / f"{exercise.id}-{exercise.name}-{stamp}.py"
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(old + "\n", encoding="utf-8")
    except OSError as error:
        raise ValueError(f"Nothing was changed, because your answer could not be saved: {error}") from error
    cell.pop("attachments", None)  # it may have been turned into Markdown
    cell.update(cell_type="code", source=stub.splitlines(keepends=True), outputs=[], execution_count=None)
    text = json.dumps(notebook, indent=1, ensure_ascii=False).encode("utf-8", "backslashreplace")
    files.save(path, text.decode() + "\n")
    progress.forget(exercise.name)
    return kept
