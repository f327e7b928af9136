"""Checks of lesson 10, Asking for what you want."""
