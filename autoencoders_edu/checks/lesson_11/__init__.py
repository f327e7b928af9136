"""Checks of lesson 11, When the decoder stops listening."""
