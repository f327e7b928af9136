"""Checks of lesson 6, A map of the data."""
