"""From a probe to an outcome: the same in a notebook and in the grader."""

import secrets
import zlib

from autoencoders_edu.exercises.expect import Failed, LearnerError, NotAttempted, ProbeLost, in_full
from autoencoders_edu.exercises.outcome import ERROR, FAILED, NOT_ATTEMPTED, PASSED, Outcome

ROUNDS = 3  # each with inputs of its own: one draw may be lucky
MOST_TEXT = 20_000  # characters of a message


def new_seed() -> int:
    """A seed that cannot be found by trying all: with 32 bits, two numbers of an input are enough for that."""
    return secrets.randbits(128)


def judge(exercise, make_probe, seed, rounds=ROUNDS, thorough=True) -> Outcome:
    """Runs a check several times, with new inputs each time, until it fails or all rounds are done.

    Args:
        exercise: an `Exercise`.
        make_probe: function from a seed to a `Probe`.
        seed: integer.
        rounds: how many times the check runs.
        thorough: whether the slow last part of a check, if it has one, is judged as well.

    Raises:
        ProbeLost: when the learner's process is gone; whoever made the probe knows why.
    """
    status, message = PASSED, exercise.on_success
    for round_ in range(rounds):
        try:
            slow_part = exercise.judge(make_probe([seed, zlib.crc32(exercise.name.encode()), round_]))
            if slow_part and thorough:
                slow_part()
        except Failed as failed:
            status, message = FAILED, str(failed)
        except NotAttempted as nothing:
            status, message = NOT_ATTEMPTED, str(nothing)
        except LearnerError as error:
            status, message = ERROR, in_full(error)
        except ProbeLost:
            raise
        except Exception as error:  # an answer that no expectation foresaw earns no points
            why = f"{type(error).__name__}: {error}"
            status, message = FAILED, f"The check could not make sense of your answer ({why})."
        if status != PASSED:
            break
    points = exercise.points if status == PASSED else 0
    return Outcome(exercise.id, exercise.name, status, message[:MOST_TEXT], points, exercise.points)
