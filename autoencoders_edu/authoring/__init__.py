"""For those who write the course: learners' notebooks made from their source, and the proof of every exercise."""
