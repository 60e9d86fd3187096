"""Gives the demo shop sixteen boxes, a counter to collect at, and a screen that is the locker's."""

from __future__ import annotations

from kiosk.ledger.clock import Clock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes
from kiosk.pickup.codes import make_secret
from kiosk.pickup.compartment import State
from kiosk.settings import FILE, Settings, load

PICKUP = """
[pickup]
hub = 7
boxes = { S = "1-8", M = "9-14", L = "15,16" }
low_boxes = "5-8"
locker_mode = true

[pickup.points.locker]
title = "Locker at pitch 3"
kind = "locker"
preparation_min = 30

[pickup.points.stall]
title = "Willow & Clay, pitch 3"
kind = "counter"
hours = "09:00-18:00"
preparation_min = 15
"""


def add_locker(settings: Settings, *, clock: Clock | None = None) -> Settings:
    """Write `[pickup]` into a demo shop that has none; its boxes are closed and empty."""
    with (settings.folder / FILE).open("a", encoding="utf-8") as file:
        file.write(PICKUP)
    new = load(settings.folder)
    make_secret(settings.folder)
    sizes = new.pickup.boxes if new.pickup is not None else ()
    with Ledger.open(new.ledger, clock=clock) as ledger:
        boxes.set_up(ledger, sizes)
        with ledger.transaction():
            for number, _size, _low in sizes:
                boxes.settle(ledger, number, State.FREE)
    return new
