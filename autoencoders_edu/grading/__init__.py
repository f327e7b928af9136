"""Grades notebooks: the learner's code runs in a sandbox, the checks outside it, and they talk in plain data.

    grader            `aedu grade`: batch, runner, session, client. Has the seed and the results.
      |
      |  Limits ->    server         Has Keras imported, and nothing secret. Forks a keeper for each notebook, and again
      |  <- Started     |            when a worker was lost.
      |                 |  fork
      |                 v
      |  <- Ended     keeper         Watches what the worker uses, and ends everything that it has started. The end of
      |                 |            the grader's socket tells it that the worker is no longer wanted.
      |                 |  fork
      |                 v
      |  Run ->       worker         In the sandbox. Runs the learner's cells, then answers a judge.
      |  <- Running, Ran, Ready
      |                 ^
      |                 |  Ask, Examine, Value, Refused ->  <- Value, Raised, CallBack
      |                 v
      |  <- Judged    judge          Runs one check, which questions the worker; its time and memory are limited.
      |     Unanswered  ^
      |                 |  fork
      |  Judge ->     judges         Has the checks imported. Forks a judge for each exercise.
      |  <- Started

With `Limits` and with `Judge` the grader passes on sockets: one end of each of the two that join it to worker and
keeper; the worker's and one more to the judge. The messages are in `protocol`, those between check and worker in
`exercises.messages`.
"""

# From strong to weak; `sandbox` says what each keeps in.
NAMESPACES, USER, LIMITS = LEVELS = ("namespaces", "user", "limits")
