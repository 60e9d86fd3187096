"""The devices of one till: each under its supervisor, the printer behind its queue, what is known of them.

Imported by the station when it starts, after the screen's first frame: device drivers are nobody's wait.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from hardware.device import CodeScanned, Event, ScanLost, StateChanged
from hardware.hotplug import HotPlug
from hardware.inputs.reader import InputReader
from hardware.power.poller import Poller
from hardware.power.reading import JUMP_W, PowerRead
from hardware.printer.printer import Printer
from hardware.printer.status import UNKNOWN, PrinterReported
from hardware.supervisor import Supervisor
from kiosk import i18n
from kiosk.i18n import _
from kiosk.power.thrift import Level
from kiosk.station import lamps
from kiosk.station.counter import Counter
from kiosk.station.events import DrawerPulsed, DrawerStuck, HeadroomChanged, QueueChanged
from kiosk.station.gauging import gauge_of
from kiosk.station.pace import EVEN, Pace
from kiosk.station.press import Press
from kiosk.station.spooler import Spooler
from kiosk.station.thrifty import by_meter
from kiosk.station.unusable import make_or_stand_in

if TYPE_CHECKING:
    from hardware.locks.cabinet import Cabinet
    from hardware.power.outlets.outlet import SmartOutlet
    from kiosk.ledger.connection import Ledger
    from kiosk.power.view import PowerView
    from kiosk.settings import DeviceSettings, Settings
    from kiosk.station.lamps import Lamp
    from kiosk.station.showing import Showing

log = logging.getLogger(__name__)

ROLES = ("printer", "scanner", "touch", "battery")
"""What the status line tells of, one device each."""
REST_LOOK_S = 60.0
"""Between two looks at the printer while nobody sells: a till at rest sleeps."""
LOOK_S = 5.0
"""While somebody does: no paper is on the screen before the next customer pays."""
SWITCH_S = 0.001
"""How long a thread may keep another waiting where keys are read: a fast scanner fills the kernel's buffer in
20 ms, and at Python's own 5 ms a busy screen keeps a reader waiting for up to 30 (measured; 13 at this)."""


class Equipment:
    """Everything that hangs on the till."""

    def __init__(
        self,
        settings: Settings,
        ledger: Ledger,
        tell: Callable[[object], None],
        showing: Showing,
        pace: Pace = EVEN,
    ) -> None:
        """Make the configured devices; nothing is opened before `start`. `tell` takes every event."""
        self._settings = settings
        self._ledger = ledger
        self._tell = tell
        self._pace = pace
        self._states: dict[str, StateChanged] = {}
        self._printer_status = UNKNOWN
        self._queue = QueueChanged(0, 0)
        self.power: PowerRead | None = None
        """The newest power reading; None while there never was one."""
        self.devices = {chosen.name: make_or_stand_in(settings, chosen) for chosen in settings.devices}
        self.gauge = gauge_of(settings, ledger, self._said, showing, self.is_moving, pace)
        self.view: PowerView | None = None
        """The newest numbers of the stall's power; None before there are any."""
        self.counter = Counter(settings, self.devices)
        self._supervisors = [Supervisor(made, self._said) for made in self.devices.values()]
        self._supervisors.append(Supervisor(HotPlug(self._plugged), self._said))
        self._press: Press | None = None
        self._spooler = self._spooler_of(settings.device("printer"))
        self.a_door_moves: Callable[[], bool] = lambda: False
        """Whether the cabinet is opening a box; whoever works it says so."""

    def start(self) -> None:
        """Start the print queue and a thread for each device."""
        if any(isinstance(made, InputReader) for made in self.devices.values()):
            sys.setswitchinterval(SWITCH_S)
        self._spooler.start(self._ledger)
        if self.gauge is not None:
            self.gauge.start()
        for supervisor in self._supervisors:
            supervisor.start()

    def stop(self) -> None:
        """Let go of every device; a print job under way ends early and is in doubt."""
        self._spooler.stop(0)
        for supervisor in self._supervisors:
            supervisor.stop()
        if self.gauge is not None:
            self.gauge.stop()
        self._spooler.stop()

    def wake(self) -> None:
        """Something was written: there may be a job to print."""
        self._spooler.wake()

    def rest(self, resting: bool) -> None:
        """Look at the printer less often while nobody sells, and at once when somebody does again."""
        self.counter.rest(resting)
        for made in self.devices.values():
            if isinstance(made, Printer):
                made.look_s = REST_LOOK_S if resting else LOOK_S
        if not resting:
            self.look()

    @property
    def cabinet(self) -> Cabinet | None:
        """The cabinet of boxes, where one is configured and can be used."""
        if self._settings.device("locks") is None:
            return None
        from hardware.locks.cabinet import Cabinet

        return next((made for made in self.devices.values() if isinstance(made, Cabinet)), None)

    def look(self) -> None:
        """Look at the printers now: whoever takes money next wants to know whether there is paper."""
        for made in self.devices.values():
            if isinstance(made, Printer):
                made.look()

    def spare(self, sparing: bool) -> None:
        """Print without logo and blank paper while power is short; back to what the settings say."""
        if self._press is not None:
            self._press.sparing = sparing or self._settings.receipt.sparing

    def is_moving(self) -> bool:
        """Whether paper or a door moves: nothing that they hang on may be switched off meanwhile."""
        return self._spooler.is_printing or self.a_door_moves()

    @property
    def thrift(self) -> Level:
        """How sparing the till must be; without a forecast only a locker's last Wh are known by the meter."""
        if self.view is not None:
            return self.view.thrift.level
        return by_meter(self.power, self._settings.pickup)

    @property
    def lamps(self) -> tuple[lamps.Lamp, ...]:
        """The status line's items now, most important first. Cheap: only what is known already."""
        names = {role: found.name if (found := self._settings.device(role)) else None for role in ROLES}
        now_ms = time.monotonic_ns() // 1_000_000
        shown = (
            lamps.printer_lamp(lamps.newest(self._states, names["printer"]), self._printer_status),
            lamps.queue_lamp(self._queue),
            lamps.scanner_lamp(lamps.newest(self._states, names["scanner"])),
            lamps.touch_lamp(lamps.newest(self._states, names["touch"])),
            *self.counter.lamps(self._states),
            lamps.pace_lamp(self._pace.speed),
            self._power_lamp(names["battery"], now_ms),
            lamps.thrift_lamp(self.thrift),
        )
        return tuple(lamp for lamp in shown if lamp is not None)

    def _power_lamp(self, battery: str | None, now_ms: int) -> Lamp:
        """What is foreseen of the power where the shop tells of its battery; else what the meter says."""
        if self.gauge is None:
            return lamps.power_lamp(battery is not None, self.power, now_ms)
        at_ms = self._ledger.clock.now().wall_ms
        since_ms = now_ms - self.view.at_ms if self.view is not None else 0
        return lamps.headroom_lamp(
            self.view, now_ms, lambda seconds: i18n.time(at_ms - since_ms + int(seconds * 1000))
        )

    def outlet(self, name: str) -> SmartOutlet | None:
        """An outlet that can be switched, by its device's name."""
        from hardware.power.outlets.outlet import SmartOutlet

        made = self.devices.get(name)
        return made if isinstance(made, SmartOutlet) else None

    def _spooler_of(self, chosen: DeviceSettings | None) -> Spooler:
        """The print queue's thread; without a printer that can be used, one that only tells what waits."""
        printer = self.devices.get(chosen.name) if chosen is not None else None
        if chosen is None or not isinstance(printer, Printer):
            return Spooler(None, lambda _ledger, _job: b"", self._said, drawer_pin=0)
        self._press = Press(self._settings, printer.profile)
        return Spooler(printer, self._press.job, self._said, chosen.drawer_pin)

    def _plays(self, role: str, name: str) -> bool:
        """Whether a device is the one the status line tells of, not a second one of its kind."""
        chosen = self._settings.device(role)
        return chosen is not None and chosen.name == name

    def _ask_outlets(self, event: PowerRead) -> None:
        """The battery feels that something was switched: ask the outlets which of them it was."""
        before = None if self.power is None else self.power.reading.watts
        now = event.reading.watts
        jumped = before is not None and now is not None and abs(now - before) >= JUMP_W
        for made in self.devices.values():
            if isinstance(made, Poller):
                made.hurry = self._pace.speed
                if jumped:
                    made.look()

    def _plugged(self) -> None:
        """Something was plugged in: every device that waits tries again now."""
        for supervisor in self._supervisors:
            supervisor.poke()

    def _said(self, event: Event | object) -> None:
        """Any thread: keep what the lamps need, wake the spooler for news of its printer, tell everybody."""
        if isinstance(event, StateChanged):
            self._states[event.device] = event
        elif isinstance(event, PrinterReported) and self._plays("printer", event.device):
            self._printer_status = event.status
        elif isinstance(event, PowerRead) and self._plays("battery", event.device):
            self._ask_outlets(event)
            self.power = event
        elif isinstance(event, HeadroomChanged):
            self.view = event.view
            self.spare(bool(event.view.thrift.level))
        elif isinstance(event, ScanLost):
            log.info("%s: %s", event.device, event.reason)
        elif isinstance(event, QueueChanged):
            self._queue = event
        if isinstance(event, StateChanged | PrinterReported):
            self.wake()
        if isinstance(event, DrawerPulsed):
            self.counter.expect_drawer(lambda: self._tell(DrawerStuck(_("its own contact says: still shut"))))
        if self.gauge is not None:
            self.gauge.heard(event)
        self.counter.heard(event)
        self._tell(event)
        if not isinstance(event, CodeScanned):  # which changes no lamp, and is waited for
            self.counter.light(self.lamps)
