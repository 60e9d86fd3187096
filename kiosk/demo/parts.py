"""The demo stall's parts by their ids: a pack that serves, one found worn, an inverter, three outlets."""

from __future__ import annotations

from kiosk.checkout.people import person_named
from kiosk.demo.morning import KIT
from kiosk.demo.shop import SELLER, SUPERVISOR
from kiosk.energy import components
from kiosk.energy.components import Component, Measured
from kiosk.i18n import _
from kiosk.ledger.clock import Clock
from kiosk.ledger.connection import Ledger
from kiosk.settings import Settings

PARTS = (
    Component("PACK-1", "pack", "used", "", 48_000, 614_000, None, 20_000),
    Component("PACK-2", "pack", "spare", "", 48_000, 614_000, None, 20_000),
    Component("INVERTER-1", "inverter", "used", "", None, None, 200_000),
    *(Component(f"PLUG-{number}", "outlet", "used", name) for number, name in enumerate(KIT.outlets, 1)),
)


def register_parts(settings: Settings, clock: Clock) -> None:
    """Put the parts into a demo shop's register, unless some are in it."""
    with Ledger.open(settings.ledger, clock=clock) as ledger:
        if components.every(ledger):
            return
        sam, mia = (person_named(ledger, person.name) for person in (SUPERVISOR, SELLER))
        for part in PARTS:
            components.add(ledger, part, sam)
        worn = Measured(mwh=431_000, mah=34_000, uohm=44_000, cycles=1180)
        components.test(ledger, "PACK-2", worn, mia, _("at the hub"))
        components.test(ledger, "INVERTER-1", Measured(idle_mw=6000), mia)
