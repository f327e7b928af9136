"""Checks of lesson 5, Few units at a time."""
