"""Checks of lesson 8, Gradients through randomness."""
