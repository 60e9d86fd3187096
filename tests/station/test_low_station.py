"""A whole till whose power runs short: what its station does by itself, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import pytest

from hardware.power.outlets.reading import OutletReading
from kiosk.demo.morning import KIT
from kiosk.power.headroom import Headroom
from kiosk.power.thrift import Level, Thrift
from kiosk.power.view import PowerView
from kiosk.power.whatif import WhatIf
from kiosk.station.cuts import cuts
from kiosk.station.equipment import Equipment
from kiosk.station.events import HeadroomChanged
from kiosk.station.questions import NothingKnown
from kiosk.station.switching import Moving
from tests.station.stand import Stand, done


def equipment(stand: Stand) -> Equipment:
    found = stand.station._equipment
    assert found is not None
    return found


def says(stand: Stand, level: Level) -> None:
    """The gauge says how it is."""
    view = PowerView(Headroom("A", ""), 0, thrift=Thrift(level))
    equipment(stand)._said(HeadroomChanged(view))


def test_a_till_without_a_forecast_knows_of_no_want(stand: Stand) -> None:
    assert stand.station.thrift is Level.PLENTY
    with pytest.raises(NothingKnown):
        done(stand.station.what_if(WhatIf()))
    stand.station.stay_on("Mia")  # there is nothing that would end


def test_paper_is_spared_and_the_line_says_so_until_there_is_plenty(stand: Stand) -> None:
    press = equipment(stand)._press
    assert press is not None
    for level, words in (
        (Level.SPARING, ("warn", "saving power")),
        (Level.COLLECTING, ("warn", "low power: only collecting")),
        (Level.ENDING, ("bad", "power at its end")),
    ):
        says(stand, level)
        assert (press.sparing, stand.lamp("thrift"), stand.station.thrift) == (True, words, level)
    says(stand, Level.PLENTY)
    assert (press.sparing, stand.lamp("thrift")) == (False, ("", ""))


def test_nothing_is_shed_while_a_receipt_prints_or_a_door_opens(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders: list[tuple[str, bool]] = []

    def switch(outlet: str, on: bool, _who: str | None) -> Future[OutletReading]:
        orders.append((outlet, on))
        future: Future[OutletReading] = Future()
        future.set_result(OutletReading(on))
        return future

    monkeypatch.setattr(stand.station, "switch", switch)
    equipment(stand).a_door_moves = lambda: True
    with pytest.raises(Moving, match="a door opens"):
        done(stand.station.shed("lamp", "Mia"))
    equipment(stand).a_door_moves = lambda: False
    stand.sell()
    stand.printed()
    with pytest.raises(Moving):
        done(stand.station.shed("lamp", "Mia"))
    assert orders == []
    monkeypatch.setattr(equipment(stand)._spooler, "_moved_s", None)
    done(stand.station.shed("lamp", "Mia"))
    assert orders == [("lamp", False)]


def test_the_demo_can_switch_nothing_off(opening: Callable[..., Stand]) -> None:
    stand = opening(power=KIT)
    stand.until(lambda: stand.station._equipment)
    assert cuts(KIT, equipment(stand).devices.values()) == ()
