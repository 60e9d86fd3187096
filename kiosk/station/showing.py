"""Demonstrations under way: begun and ended by hand or by the outlet's own switch, and metered meanwhile.

What an outlet says comes in its own thread; what must be written goes to the ledger's. A demonstration is in
the journal before anything of it is counted here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hardware.power.outlets.reading import OutletRead
from kiosk.energy import demos
from kiosk.energy.metering import GAP_S, Look, Meter, Standby
from kiosk.i18n import _
from kiosk.settings.power import OutletSettings
from kiosk.station.events import DemoChanged
from kiosk.station.pace import EVEN, Pace

if TYPE_CHECKING:
    from kiosk.checkout.rights import Approval, Person
    from kiosk.energy.demos import Demo, Figures, How

log = logging.getLogger(__name__)

NOTE_S = 30.0
"""How often its figures are written down while one runs: what a power cut costs at most."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One demonstration under way."""

    demo: Demo
    began_s: float  # monotonic
    switched: bool  # by its outlet
    meter: Meter
    noted_s: float


class Showing:
    """The demonstrations of one till; every method may be called in any thread."""

    def __init__(
        self,
        submit: Callable[..., Future[Any]],
        outlets: Mapping[str, OutletSettings],
        price: int | None,
        tell: Callable[[object], None],
        *,
        pace: Pace = EVEN,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`price` is of a kWh, millionths of the currency's unit; `tell` hears `DemoChanged`.

        In here all time is the stall's; `pace` is how it passes against `monotonic`.
        """
        self._submit = submit
        self._outlets = outlets
        self._price = price
        self._tell = tell
        self._pace = pace
        self._real = monotonic
        self._lock = threading.Lock()
        self._closed = False
        self._shown: dict[str, Shown] = {}  # by SKU
        self._standby: dict[str, Standby] = {}  # by outlet

    def begin(self, sku: str, person: Person, approvals: Iterable[Approval] = ()) -> Future[Demo]:
        """Begin to show a product by hand."""
        order = self._submit(demos.begin, sku, person, self._price, approvals=tuple(approvals))
        return self._adopted(order, switched=False)

    def end(self, sku: str, person: Person, approvals: Iterable[Approval] = ()) -> Future[None]:
        """End what is shown; the future raises NothingToShow where it is not, or NotAllowed."""
        with self._lock:
            shown = self._shown.get(sku)
        if shown is None:
            nothing: Future[None] = Future()
            words = _("{sku} is not being shown; nothing was ended")
            nothing.set_exception(demos.NothingToShow(words.format(sku=sku)))
            return nothing
        return self._end(shown, "hand", person, approvals)

    def close(self) -> None:
        """The till goes off, and with it what it can see: end everything as it was last seen; safe twice."""
        with self._lock:
            left = () if self._closed else tuple(self._shown.values())
            self._closed = True
        for shown in left:
            self._end(shown, "cut")

    def idle(self) -> dict[str, tuple[float | None, int]]:
        """Return what each outlet was seen to take idle, in watts, and how often it went on."""
        with self._lock:
            return {name: (one.idle_w, one.switchings) for name, one in self._standby.items()}

    def _monotonic(self) -> float:
        return self._pace.at(self._real())

    def heard(self, event: object) -> None:
        """Count what an outlet says, and begin or end with its switch."""
        if isinstance(event, OutletRead) and not self._closed:
            self._looked(event)

    def _looked(self, read: OutletRead) -> None:
        name, reading = read.device, read.reading
        look = Look(self._pace.at(read.at_ms / 1000), reading.on, reading.watts)
        gap_s = GAP_S * self._pace.speed
        with self._lock:
            before = self._standby.get(name, Standby())
            shown = next((one for one in self._shown.values() if one.demo.outlet == name), None)
            self._standby[name] = before.looked(look, showing=shown is not None, gap_s=gap_s)
            if shown is not None:
                shown = self._metered(shown, look, gap_s)
        if shown is not None and look.on is False and before.on is not False and not self._by_hand(name):
            self._end(shown, "switch")
        elif shown is None and look.on and not before.on and not self._by_hand(name):
            self._adopted(self._submit(demos.switched_on, name), switched=True)

    def _metered(self, shown: Shown, look: Look, gap_s: float) -> Shown:
        """Meter one look, and write it down when it is time; the lock is held."""
        shown = replace(shown, meter=shown.meter.looked(look, gap_s))
        if look.at_s - shown.noted_s >= NOTE_S:
            shown = replace(shown, noted_s=look.at_s)
            noted = self._submit(demos.note, shown.demo.id, self._figures(shown))
            noted.add_done_callback(lambda done: _say(done, "how far a demonstration has come"))
        self._shown[shown.demo.sku] = shown
        return shown

    def _adopted(self, order: Future[Demo | None], *, switched: bool) -> Future[Any]:
        """Count from now on what was begun."""
        began_s = self._monotonic()

        def begun(done: Future[Demo | None]) -> None:
            _say(done, "the beginning of a demonstration")
            demo = None if done.exception() else done.result()
            if demo is None:
                return
            with self._lock:
                standby = self._standby.get(demo.outlet, Standby())
                if demo.sku not in self._shown:
                    for sku in [one for one, shown in self._shown.items() if _same(shown.demo, demo)]:
                        del self._shown[sku]
                    meter = Meter(last=standby.last)
                    self._shown[demo.sku] = Shown(demo, began_s, switched, meter, began_s)
                shown = self._shown[demo.sku]
            self._tell(DemoChanged())
            if switched and standby.on is False:
                self._end(shown, "switch")  # it went off again meanwhile

        order.add_done_callback(begun)
        return order

    def _end(
        self, shown: Shown, how: How, person: Person | None = None, approvals: Iterable[Approval] = ()
    ) -> Future[None]:
        """Write down that it ended."""
        with self._lock:
            shown = self._shown.get(shown.demo.sku, shown)
            told = (shown.demo.id, how, self._figures(shown), self._price, person)
        ended: Future[None] = self._submit(demos.end, *told, approvals=tuple(approvals))

        def over(done: Future[None]) -> None:
            _say(done, "the end of a demonstration")
            if done.exception() is None:
                with self._lock:
                    self._shown.pop(shown.demo.sku, None)
                self._tell(DemoChanged())

        ended.add_done_callback(over)
        return ended

    def _figures(self, shown: Shown) -> Figures:
        """What was seen of it up to now."""
        idle_w = self._outlets.get(shown.demo.outlet, OutletSettings()).idle_w
        standby = self._standby.get(shown.demo.outlet)
        if idle_w is None and standby is not None:
            idle_w = standby.idle_w
        if idle_w is None and shown.switched:
            idle_w = 0.0  # without the demonstration it would be off
        return demos.Figures(
            max(0, round(self._monotonic() - shown.began_s)),
            round(shown.meter.seconds),
            shown.meter.net_mwh(idle_w),
            None if idle_w is None else round(idle_w * 1000),
        )

    def _by_hand(self, outlet: str) -> bool:
        return self._outlets.get(outlet, OutletSettings()).by_hand


def _same(one: Demo, other: Demo) -> bool:
    """Tell whether two demonstrations are shown with the same appliance."""
    return one.outlet == other.outlet != ""


def _say(done: Future[Any], what: str) -> None:
    """Log what could not be written down; the till goes on."""
    if (error := done.exception()) is not None:
        log.warning("%s was not written down: %s", what, error)
