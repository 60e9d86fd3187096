"""A shop to look around in: nothing in it is real, and every part of the till can be tried on it."""

from __future__ import annotations

from kiosk.demo.shop import SELLER, SUPERVISOR, build, demo_number, products

__all__ = ["SELLER", "SUPERVISOR", "build", "demo_number", "products"]
