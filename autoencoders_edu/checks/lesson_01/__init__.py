"""Checks of lesson 1, Copying through a bottleneck."""
