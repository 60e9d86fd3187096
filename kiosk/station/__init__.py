"""The one place that wires devices to services: ledger threads, print queue, scanner, battery.

The screen knows the station and the register, and nothing below them.
"""
