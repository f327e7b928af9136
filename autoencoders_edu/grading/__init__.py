"""Grades notebooks in a sandbox: the learner's code in one process, the checks in another."""
