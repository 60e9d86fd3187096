"""Buttons that nobody wired: they press the mock pins of this process, bouncing as cheap contacts do."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from hardware.panel.events import DRAWER, ROLES
from hardware.panel.pins import mock_factory

PINS: Mapping[str, int] = {
    "pay": 17, "plus": 27, "void": 22, "help": 23, "page": 24, DRAWER: 25,
    "light_ok": 5, "light_attention": 6, "buzzer": 13,
}  # fmt: skip
"""Where everything hangs, as a real panel could be wired on a Pi's header."""
TAP_S, HOLD_S = 0.12, 1.0
"""How long a finger stays: a firm push, and more than the 0.8 s of a long press."""
BOUNCES = 4
"""A contact closes and opens so often before it rests."""


class SimulatedPanel:
    """Fingers and eyes for a panel with ``pins = "mock"`` in this process; imports gpiozero when touched."""

    def __init__(self) -> None:
        """Nobody has touched anything, and the drawer is shut."""
        self.drawer_open = False

    async def press(self, role: str, *, long: bool = False) -> bool:
        """Press a button and let go; whether anybody listens to it."""
        pin = _pin(role)
        _settle(pin, False)
        await asyncio.sleep(HOLD_S if long else TAP_S)
        _settle(pin, True)
        return pin.when_changed is not None

    def drawer(self, is_open: bool) -> None:
        """The drawer jumps open, or somebody pushes it in."""
        if is_open != self.drawer_open:
            self.drawer_open = is_open
            _drive(_pin(DRAWER), not is_open)

    def storm(self, role: str, times: int) -> None:
        """A broken wire flutters."""
        for _ in range(times):
            _drive(_pin(role), False)
            _drive(_pin(role), True)

    def lit(self) -> dict[str, object]:
        """What the lights and the buzzer do now, for whoever has a panel open."""
        return {name: bool(_pin(name).state) for name in PINS if name not in (*ROLES, DRAWER)}


def _pin(role: str) -> Any:
    """One pin of the mock header."""
    return mock_factory().pin(PINS[role])


def _drive(pin: Any, high: bool) -> None:
    """Bring a pin to a level; one that a till uses as an output is left alone."""
    if pin.function == "input":
        (pin.drive_high if high else pin.drive_low)()


def _settle(pin: Any, high: bool) -> None:
    """Bring a pin to a level the way a contact does, all of it within the time that is waited for."""
    for _ in range(BOUNCES):
        _drive(pin, high)
        _drive(pin, not high)
    _drive(pin, high)
