"""What a button on the counter does: the first of these commands that the screen in front has and can do.

A button means one thing to a hand that does not look: PAY goes on towards the money, VOID takes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

BUTTONS: Final[Mapping[tuple[str, bool], tuple[str, ...]]] = {
    ("pay", False): ("finish", "cash", "card", "qr", "other", "next"),
    ("pay", True): ("card", "qr", "other"),
    ("plus", False): ("another",),
    ("plus", True): ("times",),
    ("void", False): ("void",),
    ("void", True): ("void_sale",),
    ("help", False): ("help",),
    ("help", True): ("lock",),
    ("page", False): ("next_list",),
    ("page", True): ("last_list",),
}
"""By the button's role, and whether it was held."""
