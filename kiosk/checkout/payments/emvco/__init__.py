"""Merchant-presented payment codes as EMVCo defines them, and the national schemes built on them.

Source of every tag, length and rule: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode,
version 1.1, November 2020 (EMVCo), chapters 3 and 4.
"""
