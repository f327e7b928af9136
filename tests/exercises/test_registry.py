"""The register: every exercise complete, and found by what a learner would call it."""

import ast
import re
from pathlib import Path

import pytest

from autoencoders_edu import checks
from autoencoders_edu.course import curriculum
from autoencoders_edu.exercises import registry

EVERYTHING = registry.everything()


@pytest.fixture(params=EVERYTHING, ids=lambda exercise: f"{exercise.id} {exercise.name}")
def exercise(request):
    return request.param


def register(id, name):
    options = {"points": 1, "minutes": 1, "why": "w", "hints": ("a", "b"), "on_success": "s"}
    return registry.exercise(id, name, **options)(lambda probe: None)


@pytest.fixture
def register_of_ones_own(monkeypatch):
    monkeypatch.setattr(registry, "_exercises", dict(registry._exercises))


def test_there_are_exercises():
    assert EVERYTHING


def test_exercises_come_in_the_order_of_the_lessons():
    ids = [exercise.id for exercise in EVERYTHING]
    assert ids == sorted(ids)


def test_ids_are_unique():
    ids = [exercise.id for exercise in EVERYTHING]
    assert len(set(ids)) == len(ids)


def test_ids_count_from_one_in_each_lesson():
    for lesson in curriculum.LESSONS:
        exercises = registry.of_lesson(lesson.number)
        assert [e.id for e in exercises] == [f"{lesson.number}.{i}" for i in range(1, len(exercises) + 1)]


@pytest.mark.usefixtures("register_of_ones_own")
@pytest.mark.parametrize("taken", ["name", "id"])
def test_a_name_or_id_that_is_taken_is_refused(taken):
    first = EVERYTHING[0]
    with pytest.raises(ValueError, match=f"takes the name or the id of {first.id} {first.name}"):
        register("15.9", first.name) if taken == "name" else register(first.id, "something_new")


@pytest.mark.usefixtures("register_of_ones_own")
def test_an_exercise_may_be_registered_again_when_its_module_is_reloaded():
    first = EVERYTHING[0]
    judge = register(first.id, first.name)
    assert registry.find(first.name).judge is judge


def test_an_exercise_is_found_by_name_and_by_id(exercise):
    assert registry.find(exercise.name) is registry.find(exercise.id) is exercise


def test_an_unknown_name_suggests_what_comes_close():
    with pytest.raises(ValueError, match=r"no exercise 'reconstuction_los'\. Did you mean reconstruction_loss"):
        registry.find("reconstuction_los")


def test_a_name_like_no_other_lists_all():
    with pytest.raises(ValueError, match=f"{EVERYTHING[0].name}.*{EVERYTHING[-1].name}"):
        registry.find("???")


@pytest.mark.parametrize("number", ["99", "01.99"])
def test_an_unknown_number_is_answered_with_those_that_there_are(number):
    with pytest.raises(ValueError, match=rf"no exercise {number}\. There are 01\.1 to 01\.\d, .*{EVERYTHING[-1].id}"):
        registry.find(number)


def test_a_lesson_without_checks_has_no_exercises(monkeypatch):
    monkeypatch.setattr(registry, "CHECKS", "autoencoders_edu.exercises")
    assert registry.of_lesson("01") == []


def test_a_lesson_may_be_called_by_its_folder():
    assert registry.of_lesson("01_reconstruction") == registry.of_lesson("1") != []


def test_exercise_knows_its_lesson(exercise):
    assert exercise in registry.of_lesson(exercise.lesson.number)


def test_name_is_valid_for_python_and_nbgrader(exercise):
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", exercise.name)


def test_points_are_one_to_four(exercise):
    assert type(exercise.points) is int
    assert 1 <= exercise.points <= 4


def test_minutes_are_told(exercise):
    assert 1 <= exercise.minutes <= 60


def test_hints_are_two_or_three_and_differ(exercise):
    assert len(set(exercise.hints)) == len(exercise.hints)
    assert 2 <= len(exercise.hints) <= 3


def test_texts_are_sentences(exercise):
    for text in (exercise.why, exercise.on_success, *exercise.hints):
        assert re.search(r"^\S.*[.?!]$", text), text


@pytest.mark.parametrize("path", sorted(Path(checks.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_checks_judge_behaviour_with_numpy_alone(path):
    """They run in the grader's process, without Keras, and a learner's text or frames are none of their business."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    packages = {name.split(".")[0] for name in imported}
    assert not packages & {"IPython", "ast", "dis", "gc", "inspect", "jax", "keras", "sys", "tensorflow"}
