"""Barrow's product: the till, its books and its screen.

Nothing is imported here: start-up is budgeted, and every part is imported where it is used.
"""
