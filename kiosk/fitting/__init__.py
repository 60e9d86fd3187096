"""Fits devices to the shop with the person who stands before them: each is found, tried, and written down.

A step tries one device, asks what no program can know, and changes the `draft` of the settings. Only the
draft: nothing is written before the walk is over, so it may be left at any time.
"""
