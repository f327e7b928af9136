"""Checks of lesson 2, How narrow?"""
