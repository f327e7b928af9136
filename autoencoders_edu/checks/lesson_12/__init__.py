"""Checks of lesson 12, Is it any good?"""
