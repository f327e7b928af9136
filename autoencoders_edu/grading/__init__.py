"""Grades notebooks: the learner's code runs in a sandbox, the checks outside it, and they talk in plain data.

    grader            `aedu grade`: batch, runner, client. Has the checks, the seed and the results.
      |
      |  Limits, with one end of each of two sockets            Started
      v                                                            ^
    server            Has Keras imported, and nothing secret. Forks a keeper for each notebook, and again when a worker
      |               was lost.
      |  fork
      v
    keeper            Watches memory, ends everything that the worker started, tells the grader: Ended. It is told by
      |               the end of its socket that the worker is no longer wanted.
      |  fork
      v
    worker            In the sandbox. Runs the learner's cells (Run; Running, Ran, Ready), then answers the checks
                      (Ask; Value, Raised, CallBack) over the other socket, which joins it to the grader.

The messages are in `protocol`, those of a check in `exercises.messages`.
"""

# From strong to weak; `sandbox` says what each keeps in.
NAMESPACES, USER, LIMITS = LEVELS = ("namespaces", "user", "limits")
