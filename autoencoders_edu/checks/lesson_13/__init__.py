"""Checks of lesson 13, Watching servers."""
