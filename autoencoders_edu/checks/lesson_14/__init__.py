"""Checks of lesson 14, Fewer bits."""
