"""One module of checks a lesson, called lesson_NN. They judge behaviour, through a probe, and nothing else."""
