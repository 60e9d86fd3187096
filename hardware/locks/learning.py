"""Setting a cabinet up with a person: which lock is behind which door, and what its contacts mean.

Nothing is believed that was not seen: where a contact does not change when its door opens, or a lock opens
nothing, the person mends it and that lock is tried again; otherwise there is no map at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from hardware.locks.board import Levels, OpenAnswer, Status
from hardware.locks.boxes import Box, BoxMap
from hardware.locks.bus import Bus, Heard
from hardware.locks.cabinet import OPEN_S, STATUS_S
from hardware.locks.pulses import COOL_S, GAP_S, MOST

Place = tuple[int, int]
"""Board and channel."""
SHUT_LOOKS = 240
"""Looks at a door until somebody has shut it: a quarter of a second each, a minute in all."""


class Unlearned(RuntimeError):
    """What was seen makes no map; the message says which lock and what to look at. Nothing was written."""


class Helper(Protocol):
    """The person at the doors."""

    def shut_all(self) -> None:
        """Have every door shut and every box empty."""
        ...

    def which_opened(self, place: Place) -> int:
        """The number on the door that just opened; 0 when none did."""
        ...

    def fill(self, number: int) -> None:
        """Have something put into an open box."""
        ...

    def empty(self, number: int) -> None:
        """Have it taken out again and the door shut."""
        ...

    def again(self, place: Place, reason: str) -> bool:
        """Say why a lock was not learned, have every door shut, and ask whether to try it again."""
        ...


def learn(bus: Bus, places: Sequence[Place], helper: Helper) -> BoxMap:
    """Go through the locks one by one. Unlearned, or ``OSError`` when the bus is lost."""
    if not bus.codec.capabilities.door_sensor:
        raise Unlearned(f"a {bus.codec.kind} board tells nothing of its doors: no opening could be confirmed")
    helper.shut_all()
    shut = levels(bus, places)
    bus.rest(COOL_S)  # who knows what was pulsed before
    found: dict[int, Box] = {}
    for place in places:
        box = _patiently(bus, place, shut, found, helper)
        found[box.number] = box
    return BoxMap(dict(sorted(found.items())))


def levels(bus: Bus, places: Sequence[Place]) -> dict[Place, Levels]:
    """Every contact's level now; Unlearned when a board does not answer."""
    seen: dict[Place, Levels] = {}
    for board in sorted({board for board, _channel in places}):
        channels = [channel for of, channel in places if of == board]
        for question in bus.codec.questions(board, channels):
            exchange = bus.ask(question, lambda r, b=board: isinstance(r, Status) and r.board == b, STATUS_S)  # type: ignore[misc]
            if exchange.heard is not Heard.ANSWER:
                raise Unlearned(
                    f"board {board} does not answer ({exchange.heard}): look at address and cable"
                )
            for reply in exchange.replies:
                if isinstance(reply, Status) and reply.board == board:
                    seen |= {(board, channel): one for channel, one in reply.levels.items()}
    if missing := [place for place in places if place not in seen]:
        raise Unlearned(f"board {missing[0][0]} tells nothing of lock {missing[0][1]}")
    return seen


def _patiently(
    bus: Bus, place: Place, shut: dict[Place, Levels], found: dict[int, Box], helper: Helper
) -> Box:
    """Learn one lock, and try it again when the person has mended something: `MOST` pulses in all."""
    tried = 1
    while True:
        try:
            return _learn_one(bus, place, shut, found, helper)
        except Unlearned as why:
            if tried == MOST or not helper.again(place, str(why)):
                raise
        tried += 1
        bus.rest(COOL_S)


def _learn_one(
    bus: Bus, place: Place, shut: dict[Place, Levels], found: dict[int, Box], helper: Helper
) -> Box:
    """Open one lock: the number on its door, and its item sensor's level when full."""
    board, channel = place
    if ajar := _moved(bus, shut):
        raise Unlearned(f"not every door is shut: lock {ajar[0][1]} of board {ajar[0][0]} is not as it was")
    bus.rest(GAP_S)
    order = bus.codec.open(board, channel)
    bus.ask(order, lambda reply: isinstance(reply, OpenAnswer) and reply.channel == channel, OPEN_S)
    number = helper.which_opened(place)
    if number < 1:
        raise Unlearned(f"lock {channel} of board {board} opened no door: look at its plug")
    if number in found:
        raise Unlearned(f"door {number} opened twice: by lock {found[number].channel} and by {channel}")
    moved = _moved(bus, shut)
    if moved != [place]:
        told = ", ".join(f"{b}/{c}" for b, c in moved) or "none"
        raise Unlearned(
            f"door {number} is open, and the contacts that changed are: {told}; only {board}/{channel} should"
        )
    item_level = _learn_item(bus, place, number, helper)
    for _look in range(SHUT_LOOKS):
        if levels(bus, [place])[place].lock == shut[place].lock:
            return Box(number, *place, locked_level=shut[place].lock, item_level=item_level)
        bus.rest(0.25)
    raise Unlearned(f"door {number} was not seen shut: look at its contact")


def _learn_item(bus: Bus, place: Place, number: int, helper: Helper) -> bool | None:
    """Have an open box filled and emptied: its sensor's level when full; None where it does not change."""
    item_level, empty = None, levels(bus, [place])[place].item
    if empty is not None:
        helper.fill(number)
        full = levels(bus, [place])[place].item
        item_level = full if full != empty else None
    helper.empty(number)
    return item_level


def _moved(bus: Bus, shut: dict[Place, Levels]) -> list[Place]:
    """The locks whose contact is not as it was when every door was shut."""
    now = levels(bus, list(shut))
    return [place for place in shut if now[place].lock != shut[place].lock]
