"""Checks of lesson 4, Repairing what was broken."""
