"""Checks of lesson 9, Turning the KL dial."""
