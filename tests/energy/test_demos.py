"""Demonstrations: by hand, by the outlet's switch, through a power cut; what is not known is not zero."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest

from hardware.power.outlets.reading import OutletRead, OutletReading
from kiosk.checkout.rights import NotAllowed
from kiosk.energy import demos
from kiosk.energy.metering import Look, Meter, Standby
from kiosk.settings.power import OutletSettings
from kiosk.station.pace import EVEN, Pace
from kiosk.station.showing import NOTE_S, Showing
from tests.checkout.books.stall import Stall

PRICE = 350_000
"""0.35 a kWh."""
LOOK_S = 5


class Hurry:
    """A minute is an hour."""

    speed = 60.0

    def at(self, clock_s: float, /) -> float:
        """Sixty times as much."""
        return clock_s * 60


class Show:
    """The demonstrations of a stall whose outlets say what they are told, on a clock of its own."""

    def __init__(self, stall: Stall, pace: Pace = EVEN, **outlets: OutletSettings) -> None:
        self.stall = stall
        self.now_s = 1000.0
        self.told: list[object] = []
        self.refuses: Exception | None = None
        self.showing = Showing(
            self.submit, outlets, PRICE, self.told.append, pace=pace, monotonic=lambda: self.now_s
        )

    def submit(self, function: Callable[..., Any], *args: Any, **options: Any) -> Future[Any]:
        """Do it at once."""
        future: Future[Any] = Future()
        try:
            if self.refuses is not None:
                raise self.refuses
            future.set_result(function(self.stall.ledger, *args, **options))
        except Exception as error:
            future.set_exception(error)
        return future

    def passes(self, seconds: int, outlet: str, watts: float | None, on: bool | None = True) -> None:
        """Let an outlet say the same for some seconds."""
        for _look in range(seconds // LOOK_S):
            self.now_s += LOOK_S
            self.stall.clock.advance(LOOK_S * 1000)
            self.say(outlet, watts, on)

    def say(self, outlet: str, watts: float | None, on: bool | None = True) -> None:
        reading = OutletReading(on, watts)
        self.showing.heard(OutletRead(outlet, reading, 0.0, int(self.now_s * 1000)))

    def rows(self) -> list[tuple[Any, ...]]:
        return self.stall.ledger.rows(
            "SELECT sku, how, seconds, metered_s, mwh, idle_mw, price FROM demo ORDER BY id"
        )

    def journal(self) -> list[str]:
        return [
            kind for (kind,) in self.stall.ledger.rows("SELECT type FROM journal WHERE type LIKE 'demo.%'")
        ]


@pytest.fixture
def show(stall: Stall) -> Show:
    return Show(stall)


def test_the_outlets_switch_begins_and_ends_a_demonstration(show: Show) -> None:
    show.say("blender", 0.0, on=False)
    show.passes(120, "blender", 300.0)
    show.passes(5, "blender", 0.0, on=False)
    [(sku, how, seconds, metered_s, mwh, idle_mw, price)] = show.rows()
    assert (sku, how, price, idle_mw) == ("BLENDER", "switch", PRICE, 0)
    assert seconds == pytest.approx(120, abs=LOOK_S) and metered_s == seconds
    assert mwh == pytest.approx(300 * seconds / 3.6, rel=0.03)
    assert show.journal() == ["demo.began", "demo.ended"]
    assert len(show.told) == 2


def test_what_the_outlet_takes_idle_is_taken_off(stall: Stall) -> None:
    show = Show(stall, blender=OutletSettings(by_hand=True))
    show.passes(120, "blender", 12.0)
    show.showing.begin("BLENDER", stall.mia)
    show.passes(360, "blender", 312.0)
    show.showing.end("BLENDER", stall.mia)
    [(_sku, how, _seconds, metered_s, mwh, idle_mw, _price)] = show.rows()
    assert (how, metered_s, idle_mw) == ("hand", 360, 12_000)
    assert mwh == pytest.approx(30_000, rel=0.01)


def test_idle_watts_as_the_settings_tell_them_come_first(stall: Stall) -> None:
    show = Show(stall, blender=OutletSettings(by_hand=True, idle_w=2.0))
    show.passes(120, "blender", 12.0)
    show.showing.begin("BLENDER", stall.mia)
    show.passes(360, "blender", 102.0)
    show.showing.end("BLENDER", stall.mia)
    assert show.rows()[0][4:6] == (pytest.approx(10_000, rel=0.01), 2000)


def test_without_a_meter_it_is_counted_and_its_energy_is_unknown(show: Show) -> None:
    show.showing.begin("MUG", show.stall.mia)
    show.now_s += 90
    show.showing.end("MUG", show.stall.mia)
    assert show.rows() == [("MUG", "hand", 90, 0, None, None, PRICE)]


def test_silence_in_the_middle_is_not_metered_and_not_nothing(show: Show) -> None:
    show.say("blender", 0.0, on=False)
    show.passes(60, "blender", 120.0)
    show.passes(60, "blender", None, on=None)
    show.passes(60, "blender", 120.0)
    show.passes(5, "blender", 0.0, on=False)
    [(_sku, _how, seconds, metered_s, mwh, _idle, _price)] = show.rows()
    assert seconds == pytest.approx(180, abs=LOOK_S)
    assert metered_s == pytest.approx(115, abs=LOOK_S)
    assert mwh == pytest.approx(120 * metered_s / 3.6, rel=0.05)


def test_an_answer_without_its_switch_begins_nothing_anew(show: Show) -> None:
    show.say("blender", 0.0, on=False)
    show.passes(60, "blender", 120.0)
    show.showing.end("BLENDER", show.stall.mia)
    show.passes(10, "blender", None, on=None)
    show.passes(10, "blender", 120.0)
    assert [row[:2] for row in show.rows()] == [("BLENDER", "hand")]


def test_a_power_cut_closes_it_as_it_was_last_seen_and_says_so(show: Show) -> None:
    show.say("blender", 0.0, on=False)
    show.passes(100, "blender", 360.0)
    assert demos.running(show.stall.ledger), "and here the plug is pulled"
    assert demos.close_cut(show.stall.ledger, PRICE) == 1
    [(sku, how, seconds, metered_s, mwh, _idle, price)] = show.rows()
    assert (sku, how, price) == ("BLENDER", "cut", PRICE)
    assert 100 - NOTE_S - LOOK_S <= seconds <= 100
    assert mwh == pytest.approx(metered_s * 100, rel=0.05)
    assert show.journal() == ["demo.began", "demo.ended"]
    assert demos.close_cut(show.stall.ledger, PRICE) == 0


def test_cut_before_anything_was_noted_nothing_is_known(stall: Stall) -> None:
    demos.begin(stall.ledger, "BLENDER", stall.mia)
    demos.close_cut(stall.ledger, None)
    assert Show(stall).rows() == [("BLENDER", "cut", None, 0, None, None, None)]


def test_a_till_that_is_closed_ends_what_it_can_see_no_longer(show: Show) -> None:
    show.say("blender", 0.0, on=False)
    show.passes(60, "blender", 120.0)
    show.showing.close()
    assert show.rows()[0][1:4] == ("cut", 55, 55)
    show.passes(60, "blender", 120.0)
    assert len(show.rows()) == 1


def test_two_products_of_one_appliance_are_told_apart_by_hand(show: Show) -> None:
    from kiosk.catalogue.goods import Product
    from kiosk.catalogue.products import Catalogue

    Catalogue(show.stall.ledger).put(
        Product("BLENDER-2", "Blender, red", 5900, tax_class="A", demo="blender")
    )
    show.say("blender", 0.0, on=False)
    show.passes(30, "blender", 120.0)
    assert show.rows() == [], "nobody can know which"
    show.showing.begin("BLENDER", show.stall.mia)
    show.passes(30, "blender", 120.0)
    show.showing.begin("BLENDER-2", show.stall.mia)
    show.passes(30, "blender", 120.0)
    show.passes(5, "blender", 0.0, on=False)
    assert [row[:2] for row in show.rows()] == [("BLENDER", "hand"), ("BLENDER-2", "switch")]


def test_begun_twice_is_one_and_ended_twice_too(show: Show) -> None:
    first = show.showing.begin("BLENDER", show.stall.mia).result()
    assert show.showing.begin("BLENDER", show.stall.sam).result() == first
    show.showing.end("BLENDER", show.stall.mia).result()
    with pytest.raises(demos.NothingToShow):
        show.showing.end("BLENDER", show.stall.mia).result()
    demos.end(show.stall.ledger, first.id, "hand", demos.Figures(1), None, show.stall.mia)
    assert len(show.rows()) == 1
    assert show.journal() == ["demo.began", "demo.ended"]


def test_no_such_product_and_no_right_begin_nothing(show: Show) -> None:
    with pytest.raises(demos.NothingToShow, match="nothing was begun"):
        show.showing.begin("GONE", show.stall.mia).result()
    nobody = replace(show.stall.mia, rights=frozenset())
    with pytest.raises(NotAllowed):
        show.showing.begin("BLENDER", nobody).result()
    assert show.rows() == []


def test_an_end_that_cannot_be_written_leaves_it_running(show: Show) -> None:
    show.showing.begin("BLENDER", show.stall.mia)
    show.refuses = OSError("the disk is full")
    with pytest.raises(OSError, match="full"):
        show.showing.end("BLENDER", show.stall.mia).result()
    show.refuses = None
    show.showing.end("BLENDER", show.stall.mia).result()
    assert show.rows()[0][1] == "hand"


def test_an_ended_demonstration_is_never_changed(show: Show) -> None:
    show.showing.begin("MUG", show.stall.mia)
    show.showing.end("MUG", show.stall.mia)
    for sql in ("UPDATE demo SET mwh = 5", "DELETE FROM demo"):
        with pytest.raises(Exception, match="never"):
            show.stall.ledger.execute(sql)


def test_time_that_nobody_saw_pass_adds_nothing() -> None:
    meter = Meter().looked(Look(0.0, True, 360.0)).looked(Look(10.0, True, 360.0))
    assert (meter.wh, meter.seconds) == (1.0, 10.0)
    for later_s in (10.0, 9.0, 41.0):
        assert meter.looked(Look(later_s, True, 360.0)).seconds == 10.0
    assert Meter().net_mwh(0.0) is None


def test_in_a_demo_in_a_hurry_all_time_is_the_stalls(stall: Stall) -> None:
    show = Show(stall, pace=Hurry())
    show.say("blender", 0.0, on=False)
    show.passes(60, "blender", 300.0)
    show.passes(5, "blender", 0.0, on=False)
    [(_sku, _how, seconds, metered_s, mwh, _idle, _price)] = show.rows()
    assert seconds == pytest.approx(3600, abs=301) and metered_s == seconds
    assert mwh == pytest.approx(300_000, rel=0.1)


def test_idle_watts_need_a_minute_and_no_demonstration() -> None:
    standby = Standby()
    for at_s in range(0, 60, 10):
        standby = standby.looked(Look(at_s, True, 6.0), showing=False)
    assert standby.idle_w is None
    standby = standby.looked(Look(60, True, 6.0), showing=False)
    assert standby.idle_w == pytest.approx(6.0)
    assert standby.looked(Look(70, True, 300.0), showing=True).idle_w == pytest.approx(6.0)
    for at_s in range(80, 150, 10):
        standby = standby.looked(Look(at_s, True, 300.0), showing=False)
    assert standby.idle_w is not None and 6.0 < standby.idle_w < 13.0, "a use that nobody told of"
    for at_s in range(150, 300, 10):
        standby = standby.looked(Look(at_s, True, 5.0), showing=False)
    assert standby.idle_w == pytest.approx(5.0)
    off = standby.looked(Look(300, False, 0.0), showing=False)
    assert off.looked(Look(310, True, 6.0), showing=False).switchings == 1
