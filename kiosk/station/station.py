"""The station: one till on one ledger with its devices. Everything slow happens in its threads.

Threads: those of the `Books`, one that empties the print queue, one per device. What the first frame does not
need is imported when it is first used.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import cached_property
from typing import TYPE_CHECKING, Self

from kiosk.station.powered import Powered

if TYPE_CHECKING:
    from kiosk.checkout.payments.method import PaymentMethod
    from kiosk.checkout.register import Register
    from kiosk.checkout.rights import Person
    from kiosk.ledger.clock import Clock
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings
    from kiosk.station.books import Shop
    from kiosk.station.counter import Counter
    from kiosk.station.lamps import Lamp
    from kiosk.station.lockers import Lockers
    from kiosk.station.pace import Pace
    from kiosk.station.promises import Promises
    from kiosk.station.showing import Showing

log = logging.getLogger(__name__)


class Station(Powered):
    """What the screen and the headless till stand on. Use as a context manager, or `start` and `close`."""

    def __init__(
        self, name: str, clock: Clock, open_shop: Callable[[], Shop], pace: Pace | None = None
    ) -> None:
        """Know the stall's name and the time; `start` opens the shop, in the ledger's thread.

        `pace` is that of `clock`, where it does not pass evenly.
        """
        super().__init__(open_shop)
        self.name = name
        self.clock = clock
        self._pace = pace
        self._subscribers: tuple[Callable[[object], None], ...] = ()
        self._subscribing = threading.Lock()
        self._promises: Promises | None = None
        self.lockers: Lockers | None = None
        """The cabinet's boxes at work; None without a cabinet, and until the devices are made."""
        self.showing: Showing | None = None
        """The demonstrations under way; None until the devices are made."""
        self._started = False

    @classmethod
    def on(cls, settings: Settings, ledger: Ledger, pace: Pace | None = None) -> Self:
        """A station on a shop that is open already; its ledger is the station's from here on."""
        station = cls(settings.name, ledger.clock, lambda: (settings, ledger), pace)
        station._open()
        return station

    def start(self) -> Future[Shop]:
        """Open the shop, put the print queue right after a restart, then open the devices.

        Returns at once what will say that the shop is open, or why it is not; safe twice.
        """
        if not self._started:
            self._started = True
            self._writer.submit(self._open)
            self._writer.submit(self._open_devices).add_done_callback(_raise_nothing_silently)
        return self._shop

    def close(self) -> None:
        """Finish what is being written, let go of every device, close the ledger."""
        self._watch_no_longer()
        if self.showing is not None:
            self.showing.close()
        if self.lockers is not None:
            self.lockers.stop()  # while what its contacts said last can still be written
        self._stop_promises()
        self._finish_writing()  # the devices may still be opening in the writer's thread
        self._stop_promises()
        if self.lockers is not None:
            self.lockers.stop()
        if self._equipment is not None:
            self._equipment.stop()
        self._close_books()

    def __enter__(self) -> Station:
        self.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _open_devices(self) -> None:
        if self._shop.exception():
            return
        from kiosk.checkout import printqueue
        from kiosk.ledger.errors import LedgerError
        from kiosk.power.thrift import Level
        from kiosk.station.equipment import Equipment
        from kiosk.station.pace import EVEN

        try:
            printqueue.after_boot(self._ledger)
        except LedgerError as error:  # on a full disk scans and lamps are still of use
            log.error("the print queue was left as it is: %s", error)
        showing = self._show()
        equipment = Equipment(self.settings, self._ledger, self._tell, showing, self._pace or EVEN)
        self._equipment = equipment
        if equipment.cabinet is not None and self.settings.pickup is not None:
            from kiosk.station.lockers import Lockers

            lockers = self.lockers = Lockers(equipment.cabinet, self.submit, self._tell)
            lockers.collection_only = lambda: equipment.thrift >= Level.COLLECTING
            equipment.a_door_moves = lambda: lockers.is_opening
            self.subscribe(lockers.heard)
            lockers.start(self.settings.pickup.boxes)
        self._watch_power(equipment)
        if self.settings.pickup is not None:
            from kiosk.station.promises import Promises

            self._promises = Promises(self.submit, self.read, self._tell)
            self._promises.start()
        equipment.start()

    def _stop_promises(self) -> None:
        """End it before the ledger's threads end, also where it was begun meanwhile."""
        if self._promises is not None:
            self._promises.stop()

    def _show(self) -> Showing:
        """Close what was being shown when the till went off, and begin anew."""
        from kiosk.energy.demos import close_cut
        from kiosk.ledger.errors import LedgerError
        from kiosk.station.pace import EVEN
        from kiosk.station.showing import Showing

        power = self.settings.power
        price = None if power is None else power.price
        try:
            close_cut(self._ledger, price)
        except LedgerError as error:
            log.error("the demonstrations were left as they are: %s", error)
        outlets = {} if power is None else power.outlets
        self.showing = Showing(self.submit, outlets, price, self._tell, pace=self._pace or EVEN)
        self.subscribe(self.showing.heard)
        return self.showing

    # -- the till in memory ----------------------------------------------------------------------------------

    @cached_property
    def register(self) -> Register:
        """The till in memory: touched on the screen's loop only, never does I/O."""
        from kiosk.checkout.register import Register

        return Register(self.settings.pricing)

    @property
    def person(self) -> Person | None:
        """Who is signed in; None before the register was ever needed."""
        return self.register.person if "register" in self.__dict__ else None

    @cached_property
    def methods(self) -> Mapping[str, PaymentMethod]:
        """The ways to pay this shop offers, by name, in the order of their keys."""
        return self._methods[0]

    @property
    def method_problems(self) -> Mapping[str, str]:
        """Ways to pay that the settings name and that cannot be used, with the reason."""
        return self._methods[1]

    @cached_property
    def _methods(self) -> tuple[dict[str, PaymentMethod], dict[str, str]]:
        from kiosk.checkout.payments.registry import methods

        return methods(self.settings.methods, self.settings.payments)

    # -- the devices -----------------------------------------------------------------------------------------

    def _wrote(self) -> None:
        """There may be something to print: wake the spooler."""
        if self._equipment is not None:
            self._equipment.wake()
        if self._promises is not None:
            self._promises.wake()

    def subscribe(self, callback: Callable[[object], None]) -> Callable[[], None]:
        """Have every event delivered to `callback`, in any thread; returns how to stop that."""
        with self._subscribing:
            self._subscribers = (*self._subscribers, callback)

        def stop() -> None:
            with self._subscribing:
                self._subscribers = tuple(one for one in self._subscribers if one is not callback)

        return stop

    def _tell(self, event: object) -> None:
        for callback in self._subscribers:
            try:
                callback(event)
            except Exception:  # logged with its trace; neither the next listener nor the device may miss it
                log.exception("nobody could take %s", event)

    def rest(self, resting: bool) -> None:
        """Nobody has touched the till for a while (or somebody has again): wake up less often.

        Going to rest is also the moment to fold the write-ahead log into the ledger, which no sale waits for.
        """
        if self._equipment is not None:
            self._equipment.rest(resting)
        if resting:
            self._writer.submit(lambda: self._ledger.checkpoint())  # noqa: PLW0108 - there may be no ledger yet

    def look(self) -> None:
        """Look at the printer now: money is about to be taken. Returns at once; the lamps tell the rest."""
        if self._equipment is not None:
            self._equipment.look()

    @cached_property
    def _bare(self) -> Counter:
        from kiosk.station.counter import Counter

        return Counter()

    @property
    def counter(self) -> Counter:
        """Scale, customer displays, buttons and lights; nothing of it while the devices are not made yet."""
        return self._equipment.counter if self._equipment is not None else self._bare

    @property
    def lamps(self) -> tuple[Lamp, ...]:
        """The status line's items now, most important first; none while the devices are not yet looked at."""
        orders = self._promises.lamps if self._promises is not None else ()
        return (*self._equipment.lamps, *orders) if self._equipment is not None else ()


def _raise_nothing_silently(future: Future[None]) -> None:
    """A mistake in making the devices goes to the log: nobody asks this future for its result."""
    error = future.exception()
    if error is not None:
        log.error("the devices could not be started", exc_info=error)
