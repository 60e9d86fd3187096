"""A whole till whose power runs short: what its station does by itself, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import pytest

from hardware.power.outlets.reading import OutletReading
from hardware.power.reading import PowerRead
from hardware.simulated.i2c import SimulatedBus, pijuice
from kiosk.demo.morning import KIT
from kiosk.power.headroom import Headroom
from kiosk.power.thrift import Level, Thrift
from kiosk.power.view import PowerView
from kiosk.power.whatif import WhatIf
from kiosk.settings import DeviceSettings
from kiosk.station.cuts import cuts
from kiosk.station.equipment import Equipment
from kiosk.station.events import HeadroomChanged, PowerEnding
from kiosk.station.lastgasp import NOTICE_S
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


class AtItsEnd:
    """A till on a PiJuice whose power ends, with the time of the end in hand."""

    def __init__(self, stand: Stand, bus: SimulatedBus, monkeypatch: pytest.MonkeyPatch) -> None:
        self.stand, self.bus, self.now_s = stand, bus, 1000.0
        gasp, gauge = stand.until(lambda: stand.station._gasp), equipment(stand).gauge
        assert gasp is not None and gauge is not None
        gauge.stop()  # from here on the test says how the power is
        monkeypatch.setattr(gasp, "_clock", lambda: self.now_s)
        monkeypatch.setattr(gasp, "_flush", lambda: None)

    def look(self, level: Level, seconds: float = 10.0) -> None:
        """The gauge looks, and what it asks to be written is."""
        self.now_s += seconds
        says(self.stand, level)
        done(self.stand.station.submit(lambda _ledger: None))

    def told(self) -> list[str]:
        return [event.what for event in self.stand.heard.of(PowerEnding)]

    def journal(self) -> list[str]:
        sql = "SELECT type FROM journal WHERE type LIKE 'power.%' ORDER BY seq"
        return [kind for (kind,) in self.stand.queue(sql)]


@pytest.fixture
def ending(opening: Callable[..., Stand], monkeypatch: pytest.MonkeyPatch) -> AtItsEnd:
    """A till with a board that can cut the power, on a bus."""
    bus = SimulatedBus({0x14: pijuice({0x41: "05", 0x49: "9C10"})})
    monkeypatch.setattr("hardware.power.hats.factory.smbus", lambda _number: bus)
    board = DeviceSettings("ups", "battery", "pijuice", options={"every": 30})
    stand = opening(devices=(board,), power=KIT)
    stand.until(lambda: any(read.device == "ups" for read in stand.heard.of(PowerRead)))
    return AtItsEnd(stand, bus, monkeypatch)


def test_the_box_is_switched_off_through_its_board_after_the_sale_and_not_before(ending: AtItsEnd) -> None:
    ending.stand.station.taking_money = True
    ending.look(Level.ENDING)
    ending.look(Level.ENDING, NOTICE_S)
    ending.look(Level.ENDING)
    assert (ending.told(), ending.bus.written) == (["notice"], []), "money is being taken"
    ending.stand.station.taking_money = False
    receipt = ending.stand.sell()
    for _ in range(2):
        ending.look(Level.ENDING)
    assert ending.bus.written == [(0x14, 0x62, b"\x3c\xc3")]
    assert ending.journal() == ["power.ending", "power.off"]
    (last,) = ending.stand.queue("SELECT max(seq) FROM journal WHERE type = 'power.off'")
    assert receipt.id < last[0], "the sale is on disk before"
    ending.look(Level.PLENTY)
    assert ending.bus.written[1:] == [(0x14, 0x62, b"\xff\x00")], "and power that returns takes it back"
    assert ending.told() == ["notice", "ordered", "kept"]


def test_a_person_keeps_it_on(ending: AtItsEnd) -> None:
    ending.look(Level.ENDING)
    ending.stand.station.stay_on("Mia")
    for _ in range(20):
        ending.look(Level.ENDING)
    assert (ending.told(), ending.bus.written) == (["notice", "kept"], [])
