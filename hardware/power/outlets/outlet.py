"""A smart outlet as a device: read every few seconds, switched when told to, and believed only when seen.

Switching with a dead man's hand: the outlet switches back by itself after so many seconds, and this driver
renews that as long as it lives. A till that crashes so gives power back to what it had shed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Protocol

from hardware.power.outlets.energy import Energy
from hardware.power.outlets.orders import Order, Orders, checked_dead_man
from hardware.power.outlets.reading import OutletRead, OutletReading, together
from hardware.power.poller import EVERY_S, Poller
from hardware.power.refused import Refused

MOST_W = 3680
"""What a European wall outlet is built for: 16 A at 230 V."""


class Talker(Protocol):
    """One outlet on the wire; every call ends within a few seconds."""

    def look(self) -> tuple[OutletReading, ...]:
        """How it is; several answers are one look."""
        ...

    def switch(self, on: bool, back_after_s: int | None) -> None:
        """Tell it to switch."""
        ...

    def protect(self, watts: int) -> float | None:
        """Set its limit; return what it says it is, or ``None`` when it does not say."""
        ...

    def hang_up(self) -> None:
        """Let go of what is held between two looks; any thread, safe twice."""
        ...


class SmartOutlet(Poller):
    """One outlet under its supervisor; `switch` may be called from any thread."""

    def __init__(
        self,
        name: str,
        talker: Talker,
        every_s: float = EVERY_S,
        *,
        limit_w: int = 0,
        most_w: int = MOST_W,
        dead_man_s: int = 0,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        """`limit_w` is set in the outlet (0: left as it is); `most_w` is what the outlet is built for.

        With `dead_man_s` what is switched off comes on again so long after this driver died.
        """
        super().__init__(name, every_s, clock=clock, wait=wait)
        self._talker = talker
        self.dead_man_s = dead_man_s
        self._limit_w = limit_w
        self._takes_limit = True
        self._orders = Orders()
        self._standing: Order | None = None
        """What must be renewed."""
        self._energy = Energy(most_w)

    def switch(self, on: bool, dead_man_s: int | None = None) -> Future[OutletReading]:
        """Switch it; the future brings the reading in which it was seen to have switched.

        With `dead_man_s` (20 to 3600) it switches back by itself unless this driver renews that; off without
        one takes the outlet's own. The future raises `NotSwitched`; ``ValueError`` for a time out of bounds.
        """
        if dead_man_s is None and not on and self.dead_man_s:
            dead_man_s = self.dead_man_s
        order = Order(on, checked_dead_man(dead_man_s))
        self._orders.add(order)
        if self._closed:
            self._orders.give_up("the outlet is not there")
        self._nudge.set()
        return order.seen

    def close(self) -> None:
        """Let go at once; what waits is not carried out later."""
        self._closed = True
        self._nudge.set()
        self._talker.hang_up()
        self._orders.give_up("the outlet is not there")

    def _connect(self) -> None:
        """Find it, and set its limit. What it was to keep doing meanwhile may have lapsed."""
        if self._standing is not None and self._standing.has_lapsed(self._clock()):
            self._standing = None
        try:
            self._talker.look()
        except Refused as error:
            raise OSError(str(error)) from error
        if self._limit_w:
            try:
                self._takes_limit = self._talker.protect(self._limit_w) == self._limit_w
            except Refused:
                self._takes_limit = False

    def _disconnect(self) -> None:
        """Let go of what its talker holds."""
        self._talker.hang_up()

    def _look(self) -> OutletRead:
        """Carry out what was ordered, renew what must be, and see how it is.

        What fails gives up the orders that waited when it began. One that came meanwhile has not been tried.
        """
        order = self._orders.take()
        older = len(self._orders)
        try:
            self._send(order)
            reading = self._seen()
        except (OSError, Refused) as error:
            reason = f"the outlet does not answer: {getattr(error, 'strerror', None) or error}"
            if order is not None:
                order.fail(reason)
            self._orders.give_up(reason, older)
            if isinstance(error, Refused):
                raise
            raise TimeoutError(error.errno, reason) from error
        self._settle(order, reading)
        if self._orders:
            self._nudge.set()
        at_s = self._clock()
        own_wh = self._energy.feed(at_s, reading.watts, reading.wh)
        return OutletRead(self.name, reading, own_wh, int(at_s * 1000))

    def _send(self, order: Order | None) -> None:
        """Send a new order, or the standing one when it must be renewed."""
        if order is None and self._standing is not None and self._standing.is_due(self._clock()):
            order = self._standing
        if order is not None:
            self._talker.switch(order.on, order.dead_man_s)
            order.sent_s = self._clock()
            self._standing = order if order.dead_man_s is not None else None

    def _seen(self) -> OutletReading:
        """How it is now."""
        reading = together(self._talker.look())
        if not self._limit_w:
            return reading
        if self._takes_limit:
            return replace(reading, limit_w=float(self._limit_w))
        return replace(reading, alarms=(*reading.alarms, "does not take its power limit"))

    def _settle(self, order: Order | None, reading: OutletReading) -> None:
        """Tell whoever ordered what was seen; an outlet that somebody switched by hand is left to them."""
        if order is None:
            if self._standing is not None and reading.on is (not self._standing.on):
                self._standing = None
        elif reading.on is order.on:
            order.fulfil(reading)
        else:
            self._standing = None
            how = {True: "still on", False: "still off", None: "not known to be on or off"}[reading.on]
            order.fail(f"the outlet took the order and is {how}")
