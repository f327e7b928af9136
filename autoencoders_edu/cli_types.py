"""Arguments that several commands take."""

import click

from autoencoders_edu import curriculum


class Lesson(click.ParamType):
    """A lesson's number, as 1, 01 or 01_reconstruction."""

    name = "lesson"

    def convert(self, value, param, ctx):
        try:
            return curriculum.find(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
