"""Arguments that several commands take."""

import os

import click

from autoencoders_edu._shard import Shard
from autoencoders_edu.course import curriculum, folders


def keep_blas_to_one_thread():
    """For commands that run checks: their matrices are tiny, and threads that wait for each other cost seconds."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def say_where():
    """For commands that read or write a learner's notebooks: a course that is not the one around here is named."""
    if folders.is_elsewhere():
        click.echo(f"There are no lessons in this folder or above it; using the course in {folders.root()}.", err=True)


class Lesson(click.ParamType):
    """A lesson's number, as 1, 01 or 01_reconstruction."""

    name = "lesson"

    def convert(self, value, param, ctx):
        try:
            return curriculum.find(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class ShardOf(click.ParamType):
    """K/N: the K-th of N parts of the work."""

    name = "K/N"

    def convert(self, value, param, ctx):
        if isinstance(value, Shard):
            return value
        try:
            return Shard.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
