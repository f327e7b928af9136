"""Arguments that several commands take."""

import os

import click

from autoencoders_edu import curriculum


def keep_blas_to_one_thread():
    """For commands that run checks: their matrices are tiny, and threads that wait for each other cost seconds."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class Lesson(click.ParamType):
    """A lesson's number, as 1, 01 or 01_reconstruction."""

    name = "lesson"

    def convert(self, value, param, ctx):
        try:
            return curriculum.find(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
