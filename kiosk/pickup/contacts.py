"""What the contacts of a box say, brought together with its records. The sensor wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.pickup import openings
from kiosk.pickup.boxes import box_of
from kiosk.pickup.compartment import TABLE, Compartment, Event, State
from kiosk.pickup.recovery import Door, Item

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

AWAITS_SHUT = frozenset({State.OPEN, State.LEFT_OPEN})
"""In these a door that was shut for a second changes something."""


def meet(ledger: Ledger, number: int, door: Door, item: Item) -> Compartment:
    """Write down what is new in what the contacts say, and return the box; NoSuchBox for a lock without one.

    The same contacts again change nothing. A door found shut is no news here: it must stay so for a second,
    see `settle_shut`.
    """
    box = box_of(ledger, number)
    if box.state is State.UNKNOWN:
        return openings.found(ledger, number, door, item)
    if door == "unknown" and box.state is not State.SERVICE:
        openings.lost(ledger, [number])
        return box_of(ledger, number)
    if door == "open" and (box.state, Event.SEEN_OPEN) in TABLE:
        return openings.seen_open(ledger, number)
    return box


def settle_shut(ledger: Ledger, number: int, item: Item) -> Compartment:
    """The door has been shut for a second: write it down where somebody waits for it."""
    box = box_of(ledger, number)
    return openings.seen_shut(ledger, number, item) if box.state in AWAITS_SHUT else box


def settle_silence(ledger: Ledger, number: int) -> Compartment:
    """Nobody has said what is inside, where somebody was to: they have gone."""
    box = box_of(ledger, number)
    return openings.said(ledger, number, Event.SILENT, "nobody") if box.state is State.CLOSING else box
