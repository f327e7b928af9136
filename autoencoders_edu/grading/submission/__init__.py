"""What learners hand in: finding it, choosing what counts, and reading it as what it is, files from strangers."""

from autoencoders_edu.grading.submission.candidate import Submission
from autoencoders_edu.grading.submission.finding import Search, find
from autoencoders_edu.grading.submission.notebook import Notebook, Unreadable, lesson_of, lesson_of_folder

__all__ = ["Notebook", "Search", "Submission", "Unreadable", "find", "lesson_of", "lesson_of_folder"]
