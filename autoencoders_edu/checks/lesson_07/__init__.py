"""Checks of lesson 7, From points to distributions."""
