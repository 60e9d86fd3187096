"""Makes the stall's power gauge from the shop's settings and its register of parts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.ledger.errors import LedgerError

if TYPE_CHECKING:
    from kiosk.energy.components import Component
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings
    from kiosk.station.gauge import Gauge
    from kiosk.station.pace import Pace
    from kiosk.station.showing import Showing

log = logging.getLogger(__name__)


def gauge_of(
    settings: Settings,
    ledger: Ledger,
    tell: Callable[[object], None],
    showing: Showing,
    is_moving: Callable[[], bool],
    pace: Pace,
) -> Gauge | None:
    """Return what foresees the power, where the shop tells of its battery.

    `is_moving`: paper or a door moves, and nothing that they hang on may be switched off.
    """
    if settings.power is None:
        return None
    from kiosk.station.gauge import Gauge
    from kiosk.station.saving import kept_wh

    return Gauge(
        settings.power,
        settings.closing_time,
        settings.folder,
        ledger.clock,
        tell,
        kept_wh=kept_wh(settings),
        busy=is_moving,
        parts=Parts(ledger),
        idle=showing.idle,
        pace=pace,
    )


class Parts:
    """The parts in use by the register, read in the gauge's own thread."""

    def __init__(self, ledger: Ledger) -> None:
        """Read the ledger on a connection of its own."""
        self._ledger = ledger
        self._used: tuple[Component, ...] = ()

    def __call__(self) -> tuple[Component, ...]:
        """Return them; where they cannot be read now, those of before."""
        from kiosk.energy.components import in_use

        try:
            with self._ledger.sibling(readonly=True) as own:
                self._used = in_use(own)
        except LedgerError as error:
            log.warning("the register of parts was not read: %s", error)
        return self._used
