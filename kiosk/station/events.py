"""What a station tells its subscribers, in any thread, as frozen values. Device events pass unchanged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """The print queue grew, shrank, or holds something a person must look at."""

    waiting: int
    """Jobs that will be printed by themselves as soon as the printer can."""
    doubtful: int
    """Jobs cut off in the middle: printed again whole, or given up, by a person."""


@dataclass(frozen=True, slots=True)
class DrawerStuck:
    """The drawer could not be told to open. It is never tried again by itself."""

    reason: str
