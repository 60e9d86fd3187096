"""The one place that wires devices to services: the writer's thread, the print queue, the scanner, the battery.

The screen knows the station and the register, and nothing below them.
"""
