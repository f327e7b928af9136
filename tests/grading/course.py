"""Notebooks to grade: solved ones, and what can be wrong with a submission."""

import copy
import json

from autoencoders_edu.course import notebooks
from autoencoders_edu.exercises import registry

EMPTY = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}


def text(notebook):
    """What its file holds; a text is what the file holds."""
    return notebook if isinstance(notebook, str) else json.dumps(notebook)


def solved(lesson):
    """The notebook with solutions, as a dict."""
    return json.loads(notebooks.source(lesson).read_text(encoding="utf-8"))


def handed_out(lesson):
    """The notebook as learners get it, as a dict."""
    return json.loads(notebooks.learners(lesson).read_text(encoding="utf-8"))


def with_answer(notebook, name, source):
    """The notebook with another answer to one exercise."""
    notebook = copy.deepcopy(notebook)
    notebooks.cell_of(notebook, name).update(source=source)
    return notebook


def with_stub(notebook, name):
    return with_answer(notebook, name, notebooks.stub(name))


def with_cells(notebook, change):
    """The notebook with its list of cells changed by a function."""
    notebook = copy.deepcopy(notebook)
    notebook["cells"] = change(notebook["cells"])
    return notebook


def code(source):
    """A code cell."""
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source}


def points(lesson, without=()):
    """The score of a lesson, all exercises solved but those."""
    return sum(exercise.points for exercise in registry.of_lesson(lesson) if exercise.name not in without)
