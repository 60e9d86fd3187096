"""What a box is after a power cut or a silent board: its records, and what the contacts say now. Pure.

The sensor wins over the records, a start never pulses, and what neither can tell is CHECK. Only when two
polls in a row agree is anything concluded at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.pickup.compartment import Compartment, Purpose, State
from kiosk.pickup.order import Step

Door = Literal["locked", "open", "unknown"]
Item = Literal["yes", "no", "unknown"]

_UNDER_WAY = frozenset({State.OPENING, State.OPEN, State.CLOSING})
_PROMISED_EMPTY = frozenset({State.FREE, State.HELD})
_PROMISED_FULL = frozenset({State.OCCUPIED, State.OVERDUE})


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is concluded of a box, and the step its order takes."""

    state: State
    step: Step | None = None


def conclude(box: Compartment, door: Door, item: Item) -> Conclusion:
    """What an UNKNOWN box is; it stays UNKNOWN while the door is."""
    was = box.was or State.CHECK
    if door == "unknown":
        return Conclusion(State.UNKNOWN)
    if door == "open":
        return Conclusion(State.OPEN if was in _UNDER_WAY else State.LEFT_OPEN)
    if was in _UNDER_WAY:
        return _interrupted(was, box.purpose, item)
    if (was in _PROMISED_EMPTY and item == "yes") or (was in _PROMISED_FULL and item == "no"):
        return Conclusion(State.CHECK)
    return Conclusion(State.CHECK if was in {State.LEFT_OPEN, State.UNKNOWN} else was)


def _interrupted(was: State, purpose: Purpose | None, item: Item) -> Conclusion:
    """An opening that the cut interrupted, found shut."""
    if purpose is Purpose.PICKUP:
        return _pickup(was, item)
    if purpose is Purpose.DEPOSIT:
        # Seen open, it may hold anything. Never seen open, it is empty only where a sensor says so.
        untouched = was is State.OPENING and item == "no"
        return Conclusion(
            State.HELD if untouched else State.CHECK, Step.DEPOSIT_FAILED if untouched else None
        )
    untouched = was is State.OPENING or purpose is Purpose.AGAIN
    if purpose in {Purpose.RETURN, Purpose.AGAIN} and untouched and item == "no":
        return Conclusion(State.FREE)
    return Conclusion(State.CHECK)


def _pickup(was: State, item: Item) -> Conclusion:
    """Somebody was collecting: gone, still there, or nobody knows."""
    if item == "yes":
        return Conclusion(State.OCCUPIED, Step.PICKUP_FAILED)
    if item == "no":
        return Conclusion(State.FREE, Step.FOUND_GONE)
    # Without a sensor: a door that was seen open was open for somebody with the right code.
    if was is State.OPENING:
        return Conclusion(State.CHECK, Step.PICKUP_FAILED)
    return Conclusion(State.CHECK, Step.FOUND_GONE)
