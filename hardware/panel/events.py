"""What buttons and the drawer's sensor tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from hardware.device import Event

Role = Literal["pay", "plus", "void", "help", "page"]
ROLES: tuple[Role, ...] = get_args(Role)
"""What a button can be for. What that means is the business of whatever screen is in front."""
Light = Literal["off", "ok", "attention"]
Beep = Literal["ok", "error"]
DRAWER = "drawer"


@dataclass(frozen=True, slots=True)
class ButtonPressed(Event):
    """A button was pressed and let go, or has been held for long enough."""

    role: Role
    long: bool
    """Held for 0.8 s. It is told at that moment, and the letting go is no press of its own."""
    at_ms: int
    """Monotonic milliseconds."""


@dataclass(frozen=True, slots=True)
class DrawerMoved(Event):
    """The cash drawer's own contact. Told at the start too, because a till may begin with an open drawer."""

    open: bool


@dataclass(frozen=True, slots=True)
class ContactWild(Event):
    """A contact was switched off for a minute: it moved more often than anybody can press."""

    contact: str
    """The button's role, or ``drawer``."""
