"""The course on this machine: its lessons and notebooks, where they lie, and how far a learner has come."""
