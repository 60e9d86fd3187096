"""The part of the station that knows of its power: what is left, what may be switched, how it ends."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from kiosk.station.books import Books

if TYPE_CHECKING:
    from hardware.power.outlets.reading import OutletReading
    from hardware.power.reading import PowerRead
    from kiosk.power.thrift import Level
    from kiosk.power.view import PowerView
    from kiosk.power.whatif import WhatIf
    from kiosk.station.equipment import Equipment
    from kiosk.station.lastgasp import LastGasp


class Powered(Books):
    """A station's power; nothing of it is known while the devices are not made yet."""

    _equipment: Equipment | None = None
    _gasp: LastGasp | None = None
    _watching: tuple[Callable[[], None], ...] = ()

    taking_money = False
    """Whether the till is in the middle of taking money, which the end waits for; the screen says so."""

    def subscribe(self, callback: Callable[[object], None]) -> Callable[[], None]:
        """Have every event delivered to `callback`, in any thread; returns how to stop that."""
        raise NotImplementedError

    def _tell(self, event: object) -> None:
        """Deliver an event to everybody."""

    def _watch_power(self, equipment: Equipment) -> None:
        """Shed in the last minutes, and switch the box off at the very end."""
        power, gauge = self.settings.power, equipment.gauge
        if power is None or gauge is None:
            return
        from kiosk.station.cuts import cuts
        from kiosk.station.lastgasp import LastGasp
        from kiosk.station.shortage import LastMinutes

        shedding = self.subscribe(LastMinutes(self.switch, gauge.memory.shed).heard)
        self._gasp = LastGasp(
            self.submit,
            cuts(power, equipment.devices.values()),
            self._tell,
            lambda: self.taking_money or equipment.is_moving(),
        )
        self._watching = (shedding, self.subscribe(self._gasp.heard))

    def _watch_no_longer(self) -> None:
        """The till is being closed: nothing is switched any more."""
        for stop in self._watching:
            stop()

    @property
    def power(self) -> PowerRead | None:
        """The newest power reading; None while there never was one."""
        return self._equipment.power if self._equipment is not None else None

    @property
    def headroom(self) -> PowerView | None:
        """What is foreseen of the power; None where the shop does not tell of its battery, and at first."""
        return self._equipment.view if self._equipment is not None else None

    @property
    def thrift(self) -> Level:
        """How sparing the till must be now."""
        from kiosk.power.thrift import Level

        return self._equipment.thrift if self._equipment is not None else Level.PLENTY

    def switch(self, outlet: str, on: bool, who: str | None) -> Future[OutletReading]:
        """Switch an outlet: journalled before and after; done when it was seen to have switched."""
        from kiosk.station.switching import switched

        device = self._equipment.outlet(outlet) if self._equipment is not None else None
        return switched(self.submit, device, outlet, on, who)

    def shed(self, outlet: str, who: str) -> Future[OutletReading]:
        """Switch an outlet off to save power, so that it is offered again when there is enough.

        The future raises `Moving` while a receipt prints or a door opens, and what `switch` raises.
        """
        from kiosk.station.switching import Moving

        equipment = self._equipment
        if equipment is not None and equipment.is_moving():
            refused: Future[OutletReading] = Future()
            refused.set_exception(Moving(outlet))
            return refused
        switched = self.switch(outlet, False, who)
        if equipment is not None and equipment.gauge is not None:
            note = equipment.gauge.memory.shed
            switched.add_done_callback(lambda done: None if done.exception() else note(outlet))
        return switched

    def what_if(self, question: WhatIf) -> Future[PowerView]:
        """What would be? The future raises NothingKnown where nothing is foreseen."""
        from kiosk.station.questions import NothingKnown

        gauge = self._equipment.gauge if self._equipment is not None else None
        if gauge is None:
            refused: Future[PowerView] = Future()
            refused.set_exception(NothingKnown())
            return refused
        return gauge.ask(question)

    def stay_on(self, who: str) -> None:
        """A person knows better than the gauge: nothing is switched off for the next ten minutes."""
        if self._gasp is not None:
            self._gasp.stay_on(who)
