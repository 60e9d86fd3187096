"""A till that went off in the middle of a demonstration closes it at its next start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk import demo
from kiosk.checkout.people import person_named
from kiosk.energy import demos
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.station.station import Station
from tests.station.stand import done

HOWS = "SELECT sku, how FROM demo ORDER BY id"


def test_what_was_shown_when_the_till_went_off_is_closed_and_a_new_one_runs(tmp_path: Path) -> None:
    settings = replace(demo.build(tmp_path / "shop", clock=FakeClock()), devices=())
    ledger = Ledger.open(settings.ledger, clock=FakeClock())
    demos.begin(ledger, "DUKKAH", person_named(ledger, "Mia"))
    with Station.on(settings, ledger) as station:
        done(station.submit(lambda _ledger: None))
        assert station.showing is not None
        mia = done(station.read(person_named, "Mia"))
        assert done(station.read(lambda own: own.rows(HOWS))) == [("DUKKAH", "cut")]
        done(station.showing.begin("MUG-BLUE", mia))
        done(station.showing.begin("DUKKAH", mia))
        done(station.showing.end("DUKKAH", mia))
    with Ledger.open(settings.ledger, readonly=True) as after:
        assert after.rows(HOWS) == [("DUKKAH", "cut"), ("MUG-BLUE", "cut"), ("DUKKAH", "hand")]
