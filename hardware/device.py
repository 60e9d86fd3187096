"""What every device has in common: a state, events, and three methods a supervisor can call.

A driver is a pure codec, a thin transport and this contract. It runs in a thread of its own and hands frozen
events to one callable; whoever owns the screen moves them to its own thread. Nothing here knows what a device
is for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class State(StrEnum):
    """How a device is, in the words the status line shows."""

    ABSENT = "absent"
    """Not plugged in, or nobody listens at its address. Tried again by itself."""
    OPENING = "opening"
    """The first attempt is under way."""
    READY = "ready"
    """Opened and working."""
    DEGRADED = "degraded"
    """Opened, but something about it is unknown or needs a person: no answer, paper out, cover open."""
    FAULT = "fault"
    """Found but not usable, with the reason. Tried again by itself."""
    CLOSED = "closed"
    """Stopped on purpose; its thread has ended."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something a device noticed. Families add their own events by inheriting from this one."""

    device: str
    """The device's name in the settings."""


@dataclass(frozen=True, slots=True)
class StateChanged(Event):
    """A device came, went, or stopped being whole. Sent once per change, never once per attempt."""

    state: State
    reason: str = ""
    """Plain English for the log and the doctor; empty when all is well."""


@dataclass(frozen=True, slots=True)
class CodeScanned(Event):
    """A scanner read one whole code. What it means is the shop's business."""

    raw: str
    """The text as sent, without its line end; GS (0x1D) is kept, every other control character is gone."""
    at_ms: int
    """Monotonic milliseconds at which its last byte arrived."""


@dataclass(frozen=True, slots=True)
class ScanLost(Event):
    """Part of a code arrived and the rest did not: the screen says "scan again"."""

    reason: str
    at_ms: int
    """Monotonic milliseconds."""


Report = Callable[[Event], None]
"""Takes an event on the device's own thread; must return quickly and not raise."""


class Device(Protocol):
    """One thing on a wire, as its supervisor sees it."""

    @property
    def name(self) -> str:
        """Its name in the settings, unique in the shop."""
        ...

    def open(self) -> None:
        """Take hold of the device within two seconds; raise ``OSError`` when that fails."""
        ...

    def run(self, report: Report) -> None:
        """Work until `close` is called, reporting events; raise ``OSError`` when the device is lost."""
        ...

    def close(self) -> None:
        """Let go of the device and make `run` return. May be called twice, from any thread, half-opened."""
        ...
