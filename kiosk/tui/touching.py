"""A finger on the panel as the mouse that every screen understands: a press, and a release where it began."""

from __future__ import annotations

from typing import Literal, Protocol, TypeVar

from textual.events import MouseDown, MouseUp
from textual.message import Message

E = TypeVar("E", MouseDown, MouseUp)

NOWHERE = -1
"""A cell outside of the screen: a release there presses nothing."""


class Touch(Protocol):
    """What a touch panel tells (`hardware.panel.touch.Touched`)."""

    @property
    def phase(self) -> Literal["down", "up", "away"]:
        """Came down, lifted after a tap, or slid away."""
        ...

    @property
    def x(self) -> float:
        """Part of the screen's width, from 0 to just below 1."""
        ...

    @property
    def y(self) -> float:
        """The same of its height."""
        ...


class FingerSlid(Message):
    """The finger slid off what it had touched: that must let go of it and do nothing."""


def message_of(touch: Touch, columns: int, rows: int) -> MouseDown | MouseUp | FingerSlid:
    """What a touch is on a screen of so many cells."""
    if touch.phase == "away":
        return FingerSlid()
    x, y = int(touch.x * columns), int(touch.y * rows)
    if touch.phase == "down":
        return _mouse(MouseDown, x, y)
    return _mouse(MouseUp, x, y)


def release_nowhere() -> MouseUp:
    """A release that presses nothing."""
    return _mouse(MouseUp, NOWHERE, NOWHERE)


def _mouse(kind: type[E], x: int, y: int) -> E:
    return kind(None, x, y, 0, 0, button=1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
