"""The boxes of a cabinet at work: intents and pulses on disk first, then the wire, then what contacts say.

One thread decides; everything it writes goes through the ledger's writer, and nothing on the screen waits for
it. It never pulses by itself: at the start every box is unknown until its contacts have spoken, and an order
that was under way when the power went is concluded, not repeated.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import Future
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from hardware.locks.boxes import BoxState
from hardware.locks.events import BoxesSeen
from kiosk.pickup import boxes, contacts, deposit, openings
from kiosk.pickup.compartment import (
    OPEN_ABANDONED_S,
    OPEN_ALARM_S,
    OPEN_REMIND_S,
    SHUT_S,
    Compartment,
    State,
)
from kiosk.pickup.compartment import Event as BoxEvent
from kiosk.station.attempts import Attempts
from kiosk.station.errands import TROUBLE

if TYPE_CHECKING:
    from kiosk.checkout.rights import Person
    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.compartment import Purpose

log = logging.getLogger(__name__)

SILENT_S = 60.0
"""Whoever shut a door and says nothing for so long has gone."""
Sizes = tuple[tuple[int, str, bool], ...]


class Lockers(Attempts):
    """Opens boxes and keeps their records. Every public method may be called from any thread."""

    doors: Mapping[int, BoxState] = MappingProxyType({})
    """What the contacts said last, by box; replaced as a whole."""

    def start(self, sizes: Sizes = ()) -> None:
        """Take what is known for unknown, and begin. `sizes` are the boxes the shop's settings name."""
        self._inbox.put(partial(self._begin, sizes))
        self._thread.start()

    def heard(self, event: object) -> None:
        """Take a device's event."""
        if isinstance(event, BoxesSeen):
            self._inbox.put(partial(self._seen, event.boxes))

    def open(
        self, box: int, purpose: Purpose, order: str = "", actor: str = "", by: Person | None = None
    ) -> Future[Compartment]:
        """Have a box opened; what becomes of it is told by `BoxNews`.

        The future has the box once the intent is written down, or tells why it may not be opened. `by` is
        who works at the cabinet, and is asked for their right; None for customers, and for whoever holds the
        ledger's file.
        """
        answer: Future[Compartment] = Future()
        self._inbox.put(partial(self._open, answer, (box, purpose, order, actor), by))
        return answer

    def say(self, box: int, what: BoxEvent, actor: str) -> Future[Compartment]:
        """Write down what a person says of a box that was just shut; NotNow when nobody asked them."""
        future: Future[Compartment] = self._submit(openings.said, box, what, actor)
        future.add_done_callback(lambda done: None if done.exception() else self._news(done.result(), "seen"))
        return future

    def _begin(self, sizes: Sizes) -> None:
        """At the start nothing is known of any box, whatever the settings say of them now."""
        for step, *args in ((openings.lost,), (_name_boxes, sizes)):
            try:
                self._submit(step, *args).result()
            except TROUBLE as error:
                log.error("the boxes could not be prepared: %s", error)

    # -- what contacts say ---------------------------------------------------------------------------------

    def _seen(self, seen: Mapping[int, BoxState]) -> None:
        changed = [number for number, state in seen.items() if self.doors.get(number) != state]
        self.doors = dict(seen)
        for number in changed:
            self._meet(number)

    def _again_due(self, number: int) -> None:
        self._meet(number)

    def _meet(self, number: int) -> None:
        state = self.doors.get(number, BoxState())
        box = self._write(number, contacts.meet, number, state.door.value, state.item.value)
        if box is None:
            return
        if box.state is State.OPEN and self._tries.pop(number, None) is not None:
            self._forget(number, "pulse", "look")
            self._news(box, "open")
        elif box.state is State.UNKNOWN and self._tries.pop(number, None) is not None:
            self._forget(number, "pulse", "look")
            self._news(box, "lost", reason="the board fell silent")
        else:
            self._news(box, "open" if box.state is State.OPEN and state.door == "open" else "seen")

    def _set_timers(self, box: Compartment) -> None:
        """Count how long a door stands open, and how long it is shut."""
        door = self.doors.get(box.number, BoxState()).door
        if box.state is State.OPEN:
            for name, seconds in (
                ("remind", OPEN_REMIND_S),
                ("alarm", OPEN_ALARM_S),
                ("abandon", OPEN_ABANDONED_S),
            ):
                self._after(seconds, name, box.number)
        else:
            self._forget(box.number, "remind", "alarm", "abandon")
        if box.state is State.CLOSING:
            self._after(SILENT_S, "silent", box.number)
        else:
            self._forget(box.number, "silent")
        if door == "locked" and box.state in contacts.AWAITS_SHUT:
            self._after(SHUT_S, "shut", box.number)
        else:
            self._forget(box.number, "shut")

    def _shut_due(self, number: int) -> None:
        item = self.doors.get(number, BoxState()).item
        if (box := self._write(number, contacts.settle_shut, number, item.value)) is not None:
            if box.state is State.OCCUPIED:
                self._after(0, "inside", number)
            self._news(box, "shut")

    def _inside_due(self, _number: int) -> None:
        """A sensor says that a deposit is inside: its code counts from now on."""
        try:
            self._submit(deposit.announce_inside).result()
        except TROUBLE as error:
            log.error("orders inside are not announced yet: %s", error)

    def _silent_due(self, number: int) -> None:
        if (box := self._write(number, contacts.settle_silence, number)) is not None:
            self._news(box, "seen")

    def _remind_due(self, number: int) -> None:
        self._tell_of(number, "remind")

    def _alarm_due(self, number: int) -> None:
        self._tell_of(number, "alarm")

    def _abandon_due(self, number: int) -> None:
        if (box := self._write(number, openings.abandoned, number)) is not None:
            self._news(box, "left")


def _name_boxes(ledger: Ledger, sizes: Sizes) -> None:
    """Have the ledger know the boxes of the settings; InUse where one that is gone may not go."""
    known = {(box.number, box.size, box.low) for box in boxes.boxes(ledger)}
    if sizes and set(sizes) != known:
        boxes.set_up(ledger, sizes)
