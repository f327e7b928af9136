"""Checks of lesson 3, Match the loss to the data."""
