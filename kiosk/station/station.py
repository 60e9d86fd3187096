"""The station: one till on one ledger with its devices. Everything slow happens in its threads.

Threads: one writes the ledger, one reads it for look-ups, one talks to card readers, one empties the print
queue, one per device. They share nothing but the SQLite file and frozen values.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from hardware.device import Event, StateChanged
from hardware.hotplug import HotPlug
from hardware.power.reading import PowerRead
from hardware.printer.status import UNKNOWN, PrinterReported
from hardware.supervisor import Supervisor
from kiosk.catalogue.products import Offer
from kiosk.catalogue.resolve import Found, resolve
from kiosk.catalogue.search import search
from kiosk.checkout import printqueue
from kiosk.checkout.payments.registry import methods
from kiosk.checkout.register import Register
from kiosk.station import lamps
from kiosk.station.events import QueueChanged
from kiosk.station.rendering import render
from kiosk.station.spooler import Spooler
from kiosk.station.wiring import device

if TYPE_CHECKING:
    from hardware.device import Device
    from hardware.printer.printer import Printer
    from kiosk.ledger.clock import Clock
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import DeviceSettings, Settings

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

ROLES = ("printer", "scanner", "battery")
"""What the status line tells of, one device each."""


class Station:
    """What the screen and the headless till stand on. Use as a context manager, or `start` and `close`."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        """Take the shop's settings and its open ledger, which belongs to the station from here on."""
        self.settings = settings
        self.clock: Clock = ledger.clock
        self.register = Register(settings.pricing)
        self._ledger = ledger
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="ledger-writer")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="ledger-reader")
        self._outside = ThreadPoolExecutor(1, thread_name_prefix="payments")
        self._reading: Ledger | None = None
        self._subscribers: tuple[Callable[[object], None], ...] = ()
        self._states: dict[str, StateChanged] = {}
        self._printer_status = UNKNOWN
        self._queue = QueueChanged(0, 0)
        self._power: PowerRead | None = None
        self._supervisors: tuple[Supervisor, ...] = ()
        self._spooler: Spooler | None = None
        self.methods, self.method_problems = methods(settings.methods, settings.payments)
        self._lock = threading.Lock()

    def start(self) -> None:
        """Put the print queue right after a restart and open every configured device. Returns at once."""
        self.submit(printqueue.after_boot)
        self._writer.submit(self._open_devices)

    def close(self) -> None:
        """Finish what is being written, let go of every device, close the ledger."""
        self._writer.shutdown(wait=True)  # the devices may still be opening in it
        if self._spooler is not None:
            self._spooler.stop(0)
        for supervisor in self._supervisors:
            supervisor.stop()
        if self._spooler is not None:
            self._spooler.stop()
        self._outside.shutdown(wait=True, cancel_futures=True)
        self._reader.shutdown(wait=True)
        if self._reading is not None:
            self._reading.close()
        self._ledger.close()

    def __enter__(self) -> Station:
        self.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    # -- the ledger ------------------------------------------------------------------------------------------

    def submit(
        self, function: Callable[Concatenate[Ledger, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run `function(ledger, ...)` in the writer's thread, in the order asked; then wake the spooler."""
        future = self._writer.submit(function, self._ledger, *args, **kwargs)
        future.add_done_callback(self._wrote)
        return future

    def find(self, raw: str) -> Future[Found]:
        """What a scanned or typed code stands for; the future raises BadCode for one that cannot be right."""
        return self._reader.submit(lambda: resolve(self._readonly(), raw, self.settings.scan.patterns))

    def search(self, text: str, limit: int = 20) -> Future[Sequence[Offer]]:
        """The products that match what was typed so far, best first."""
        return self._reader.submit(lambda: search(self._readonly(), text, limit))

    def read(
        self, function: Callable[Concatenate[Ledger, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run a query on the reader's own connection, which sees what is committed and blocks no sale."""
        return self._reader.submit(lambda: function(self._readonly(), *args, **kwargs))

    def aside(
        self, function: Callable[Concatenate[Ledger, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run `function(ledger, ...)`, which may wait for the outside world, on a connection of its own.

        A card reader that takes a minute to answer holds up neither sales nor look-ups.
        """

        def run() -> T:
            ledger = self._ledger.sibling()
            try:
                return function(ledger, *args, **kwargs)
            finally:
                ledger.close()

        return self._outside.submit(run)

    def _readonly(self) -> Ledger:
        """The reader's connection, opened in its thread at the first look-up."""
        if self._reading is None:
            self._reading = self._ledger.sibling(readonly=True)
        return self._reading

    def _wrote(self, _future: Future[T]) -> None:
        if self._spooler is not None:
            self._spooler.wake()

    # -- the devices -----------------------------------------------------------------------------------------

    def _open_devices(self) -> None:
        """Start a supervisor for each device and the spooler for the printer."""
        printer = self.settings.device("printer")
        self._supervisors = tuple(self._supervise(chosen) for chosen in self.settings.devices)
        if printer is not None:
            from hardware.printer.printer import Printer

            held = next(s.device for s in self._supervisors if s.device.name == printer.name)
            if isinstance(held, Printer):
                self._spooler = Spooler(held, self._bytes_of(held), self._said, printer.drawer_pin)
                self._spooler.start(self._ledger)
        watch = Supervisor(HotPlug(self._plugged), self._said)
        self._supervisors = (*self._supervisors, watch)
        for supervisor in self._supervisors:
            supervisor.start()

    def _plugged(self) -> None:
        """Something was plugged in: every device that waits tries again now."""
        for supervisor in self._supervisors:
            supervisor.poke()

    def _supervise(self, chosen: DeviceSettings) -> Supervisor:
        """A device whose settings its driver refuses is a faulty device, not a reason to sell nothing."""
        try:
            made: Device = device(self.settings, chosen)
        except ValueError as error:
            log.warning("device %s: %s", chosen.name, error)
            made = Unusable(chosen.name, str(error))
        return Supervisor(made, self._said)

    def _bytes_of(self, printer: Printer) -> Callable[[Ledger, printqueue.Job], bytes]:
        """Render jobs for one printer's paper."""
        from hardware.printer.encoder import encode

        profile = printer.profile
        return lambda ledger, job: encode(render(ledger, job, self.settings), profile)

    def _said(self, event: Event | object) -> None:
        """Any thread: keep what the lamps need, wake the spooler for news of its printer, tell everybody."""
        if isinstance(event, StateChanged):
            self._states[event.device] = event
        elif isinstance(event, PrinterReported):
            self._printer_status = event.status
        elif isinstance(event, PowerRead):
            self._power = event
        elif isinstance(event, QueueChanged):
            self._queue = event
        if isinstance(event, StateChanged | PrinterReported) and self._spooler is not None:
            self._spooler.wake()
        for callback in self._subscribers:
            callback(event)

    def subscribe(self, callback: Callable[[object], None]) -> Callable[[], None]:
        """Have every event delivered to `callback`, in any thread; returns how to stop that."""
        with self._lock:
            self._subscribers = (*self._subscribers, callback)

        def stop() -> None:
            with self._lock:
                self._subscribers = tuple(one for one in self._subscribers if one is not callback)

        return stop

    @property
    def power(self) -> PowerRead | None:
        """The newest power reading; None while there never was one."""
        return self._power

    @property
    def lamps(self) -> tuple[lamps.Lamp, ...]:
        """The status line's items now, most important first. Cheap: only what is known already."""
        names = {role: found.name if (found := self.settings.device(role)) else None for role in ROLES}
        now_ms = time.monotonic_ns() // 1_000_000
        shown = (
            lamps.printer_lamp(lamps.newest(self._states, names["printer"]), self._printer_status),
            lamps.queue_lamp(self._queue),
            lamps.scanner_lamp(lamps.newest(self._states, names["scanner"])),
            lamps.power_lamp(names["battery"] is not None, self._power, now_ms),
        )
        return tuple(lamp for lamp in shown if lamp is not None)


class Unusable:
    """A configured device that its driver refuses: it says why and stays faulty, and the till sells on."""

    def __init__(self, name: str, reason: str) -> None:
        """Remember the reason, for the status line and the doctor."""
        self.name = name
        self._reason = reason

    def open(self) -> None:
        """Fail with the reason."""
        raise OSError(self._reason)

    def run(self, report: Callable[[Event], None]) -> None:
        """Never reached: it cannot be opened."""

    def close(self) -> None:
        """Nothing is held."""
