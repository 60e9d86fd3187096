"""The gauge: readings in, headroom out, kept over a reboot; what is silent or contradicted is said to be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.power.outlets.reading import OutletRead, OutletReading
from hardware.power.reading import PowerRead, Quality, Reading
from kiosk import i18n
from kiosk.energy.components import Component
from kiosk.energy.powerbook import FILE, Known, PowerBook
from kiosk.energy.wear import Figures
from kiosk.ledger.clock import FakeClock
from kiosk.power.chemistry import LFP
from kiosk.power.estimator import filled
from kiosk.power.inverter import USUAL
from kiosk.power.pack import Limits, Pack, Stall
from kiosk.power.resistance import Resistance
from kiosk.power.thrift import Level, Thrift
from kiosk.power.view import PowerView
from kiosk.settings.power import OutletSettings, PowerSettings
from kiosk.station.events import HeadroomChanged
from kiosk.station.gauge import Gauge
from kiosk.station.lamps import headroom_lamp
from kiosk.station.listening import LOOK_S
from kiosk.station.powerrecord import SEEN

NINE = 1_767_258_000_000
"""2026-01-01 09:00 UTC."""
KIT = PowerSettings(
    Stall(Pack(LFP, 4, 48.0, 10.5), None, Limits(200, 400)),
    {"fridge": OutletSettings(2, True), "blender": OutletSettings(3)},
)


class Market:
    """A gauge with a clock that moves only when told, and meters that say what they are told."""

    def __init__(
        self,
        folder: Path,
        clock: FakeClock | None = None,
        *,
        kept_wh: float = 0.0,
        described: PowerSettings = KIT,
    ) -> None:
        i18n.set_locale("en_IE", "UTC")
        self.clock = clock or FakeClock(NINE)
        self.told: list[object] = []
        self.parts: tuple[Component, ...] = ()
        self.idle: dict[str, tuple[float | None, int]] = {}
        self.gauge = Gauge(
            described,
            17 * 60,
            folder,
            self.clock,
            self.told.append,
            parts=lambda: self.parts,
            idle=lambda: self.idle,
            kept_wh=kept_wh,
            monotonic=lambda: self.clock.boot_ms / 1000,
        )
        self.gauge.open()

    def fill(self) -> None:
        """A person says that the battery is full."""
        assert self.gauge._state is not None
        self.gauge._state = filled(self.gauge._state)

    def says(self, name: str, watts: float, quality: Quality = Quality.SHUNT, volts: float = 13.1) -> None:
        reading = Reading(volts=volts, amps=watts / volts, watts=watts, quality=quality)
        self.gauge.heard(PowerRead(name, reading, self.clock.boot_ms))

    def outlet(self, name: str, on: bool, watts: float) -> None:
        self.gauge.heard(OutletRead(name, OutletReading(on, watts), 0.0, self.clock.boot_ms))

    def passes(self, minutes: float, watts: float | None = 60, **outlets: float) -> PowerView:
        """Let time pass; watts None: the shunt is silent. An outlet with 0 W is off."""
        for _ in range(int(minutes * 60 / LOOK_S)):
            self.clock.advance(int(LOOK_S * 1000))
            if watts is not None:
                self.says("shunt", watts)
            for name, drawn in outlets.items():
                self.outlet(name, drawn > 0, drawn)
            self.gauge.take()
        self.gauge.look()
        told = self.told[-1]
        assert isinstance(told, HeadroomChanged)
        return told.view


@pytest.fixture
def market(tmp_path: Path) -> Market:
    return Market(tmp_path)


def words(market: Market, view: PowerView | None) -> tuple[str, str]:
    lamp = headroom_lamp(
        view, market.clock.boot_ms, lambda s: i18n.time(market.clock.wall_ms + int(s * 1000))
    )
    return lamp.state, lamp.words


def test_before_half_an_hour_no_time_is_told_and_nothing_is_called_fine(market: Market) -> None:
    assert words(market, None) == ("unknown", "power unknown")
    market.fill()
    view = market.passes(10)
    assert view.headroom.until.safe_s is None
    assert words(market, view)[0] == "unknown"


def test_after_half_an_hour_the_line_says_until_when_what_is_left_and_free(market: Market) -> None:
    market.fill()
    view = market.passes(40, 55)
    state, said = words(market, view)
    assert (state, view.headroom.grade) == ("ok", "B")
    assert said.startswith("until 1")
    assert " Wh · 125 W free · closing: " in said


def test_silence_is_unknown_and_never_what_it_was(market: Market) -> None:
    market.fill()
    market.passes(40)
    assert words(market, market.passes(1, None)) == ("unknown", "power unknown")


def test_a_lamp_that_nobody_renews_grows_old(market: Market) -> None:
    market.fill()
    view = market.passes(40)
    market.clock.advance(31_000)
    assert words(market, view) == ("unknown", "power unknown")


def test_two_sources_that_disagree_are_told_and_the_shunt_is_believed(market: Market) -> None:
    market.says("bms", 120, Quality.BMS)
    view = market.passes(0.5)
    assert [(source.name, source.believed) for source in view.sources] == [("shunt", True), ("bms", False)]
    market.says("bms", 120, Quality.BMS)
    assert market.passes(0.2).sources[1].problem == "says 9.2 A: shunt is believed"


def test_the_computers_own_cell_contradicts_nobody(market: Market) -> None:
    market.says("hat", 5, Quality.GAUGE, volts=3.9)
    view = market.passes(0.2)
    assert [source.problem for source in view.sources] == ["", ""]
    assert view.sources[0].name == "shunt"


def test_a_reboot_keeps_what_was_counted_and_the_gap_makes_it_less_sure(tmp_path: Path) -> None:
    market = Market(tmp_path)
    market.fill()
    before = market.passes(120).headroom
    market.gauge.keep()
    market.clock.advance(5 * 60_000)
    market.clock.reboot("00000000-0000-4000-8000-000000000002", trusted=True)
    after = Market(tmp_path, market.clock).passes(1).headroom
    assert after.grade == "B"
    assert before.wh_left.value is not None and after.wh_left.value is not None
    assert 0 < before.wh_left.value - after.wh_left.value < 10
    assert after.until.safe_s is not None


def test_a_reboot_with_a_clock_that_nobody_confirmed_may_have_lasted_a_day(tmp_path: Path) -> None:
    market = Market(tmp_path)
    market.fill()
    market.passes(60)
    market.gauge.keep()
    market.clock.reboot("00000000-0000-4000-8000-000000000002")
    after = Market(tmp_path, market.clock).passes(1).headroom
    assert (after.grade, after.until.safe_s, after.closing.word) == ("C", None, "unknown")


def test_a_clock_that_jumps_changes_the_closing_time_and_not_the_count(market: Market) -> None:
    market.fill()
    before = market.passes(60).headroom.wh_left.value
    market.clock.set_wall(NINE + 9 * 3_600_000)
    view = market.passes(0.2)
    assert view.closing_s is None
    assert before is not None and view.headroom.wh_left.value is not None
    assert abs(before - view.headroom.wh_left.value) < 2


def test_an_outlet_that_is_off_is_answered_for_and_a_silent_one_is_not(market: Market) -> None:
    market.fill()
    market.passes(20, 110, fridge=48, blender=300)
    view = market.passes(25, 60, fridge=48, blender=0)
    blender, fridge = view.outlets
    assert blender.advice is not None and fridge.advice is None
    assert (blender.advice.yes, blender.advice.clause) == (False, "inverter")
    assert view.shed == ("fridge",)
    gone = market.passes(1, 60)
    assert [outlet.on for outlet in gone.outlets] == [None, None]
    assert gone.outlets[0].advice is None


def test_a_compressor_that_went_off_rests(market: Market) -> None:
    market.passes(1, 60, fridge=48)
    assert market.passes(1, 60, fridge=0).outlets[0].resting
    assert not market.passes(6, 60, fridge=0).outlets[0].resting


def test_a_monitor_in_sync_tells_what_was_drawn_before_anybody_asked(market: Market) -> None:
    reading = Reading(volts=13.1, amps=4.0, soc=0.75, used_ah=12.0, quality=Quality.SHUNT)
    market.gauge.heard(PowerRead("shunt", reading, market.clock.boot_ms))
    market.gauge.look()
    view = market.passes(1)
    assert view.headroom.grade == "B"
    assert view.headroom.charge.value == pytest.approx(0.71, abs=0.02)


def test_a_file_that_cannot_be_used_costs_the_record_and_not_the_numbers(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    market = Market(tmp_path)
    market.fill()
    assert market.passes(40).headroom.wh_left.value is not None


def test_a_kept_state_that_was_damaged_begins_anew(tmp_path: Path) -> None:
    book = PowerBook(tmp_path)
    for text in ("", "[]", '{"form":2}', '{"form":1,"belief":{"usable":"x"}}'):
        book.keep(Known(text, "b", 0, NINE, True), ())
        assert Market(tmp_path).passes(1).headroom.grade == "C"


def test_each_pack_keeps_its_own_count_and_a_strange_one_begins_anew(tmp_path: Path) -> None:
    market = Market(tmp_path)
    market.fill()
    first = market.passes(60).headroom
    market.parts = (Component("PACK-1", "pack", "used", label_mah=48_000),)
    assert market.passes(1).headroom.grade == first.grade, "the same pack, which now has an id"
    market.parts = (Component("PACK-2", "pack", "used", label_mah=20_000),)
    market.gauge._kept_s = None
    market.gauge.look()
    assert market.passes(1).headroom.grade == "C", "of that one nothing is known"
    assert market.gauge._stall.pack.nameplate_ah == 20
    market.parts = (Component("PACK-1", "pack", "used", label_mah=48_000),)
    market.gauge._kept_s = None
    market.gauge.look()
    back = market.passes(1).headroom
    assert back.grade == first.grade and market.gauge._stall.pack.nameplate_ah == 48


def test_what_is_learned_of_a_pack_is_kept_under_its_id_and_flags_it(tmp_path: Path) -> None:
    market = Market(tmp_path)
    market.parts = (Component("PACK-1", "pack", "used", label_mah=48_000, new_uohm=10_000),)
    market.gauge.open()
    assert market.gauge._state is not None
    worn = Resistance(0.03 * SEEN, SEEN)
    market.gauge._state = replace(market.gauge._state, learned_ah=35.0, resistance=worn)
    view = market.passes(30)
    assert view.worn == ("capacity", "resistance")
    market.gauge.keep()
    [(_wall_s, figures)] = PowerBook(tmp_path).figures("PACK-1")
    assert figures.usable_ah == 35.0
    assert figures.ohm == pytest.approx(0.032, abs=0.002)
    assert figures.cycles == pytest.approx(30 / 13.1 / 48, rel=0.05)


def test_a_compressor_that_rests_would_save_as_much_as_one_that_runs(market: Market) -> None:
    market.fill()
    said = set()
    for _cycle in range(4):
        for minutes, watts, fridge in ((10, 90, 48), (20, 41, 1)):
            view = market.passes(minutes, watts, fridge=fridge)
            if _cycle > 1 and view.rescue is not None:
                said.add(view.rescue.off)
    assert said == {("fridge",)}


def test_before_it_was_ever_on_an_outlet_draws_what_its_plate_says(market: Market) -> None:
    market.fill()
    plate = OutletSettings(3, watts=250)
    market.gauge.memory._described = replace(KIT, outlets={**KIT.outlets, "blender": plate})
    view = market.passes(40, 60, blender=0)
    assert view.outlets[0].watts == 250
    assert view.outlets[0].advice is not None
    assert (view.outlets[0].advice.yes, view.outlets[0].advice.clause) == (False, "inverter")


def test_an_outlets_switchings_are_counted_on_over_restarts_and_an_inverters_idle_is_learned(
    tmp_path: Path,
) -> None:
    parts = (
        Component("PLUG-1", "outlet", "used", "blender"),
        Component("INV-1", "inverter", "used"),
    )
    for _restart in range(2):
        market = Market(tmp_path, described=replace(KIT, direct_w=20.0))
        market.parts, market.idle = parts, {"blender": (2.5, 3)}
        market.gauge.open()
        for watts in (10.0, 60.0, 110.0):
            market.passes(1, 20 + USUAL.taken(watts), blender=watts)
        market.gauge.keep()
        market.gauge._record.close()
    with PowerBook(tmp_path) as book:
        [(_wall_s, plug)] = book.figures("PLUG-1")
        [(_wall_s, inverter)] = book.figures("INV-1")
    assert plug == Figures(idle_w=2.5, cycles=6.0)
    assert inverter.idle_w == pytest.approx(USUAL.idle_w, abs=0.5)


def full(market: Market, volts: float, used_ah: float) -> PowerView:
    reading = Reading(volts=volts, amps=0.1, soc=1.0, used_ah=used_ah, quality=Quality.SHUNT)
    market.gauge.heard(PowerRead("shunt", reading, market.clock.boot_ms))
    market.gauge.look()
    told = market.told[-1]
    assert isinstance(told, HeadroomChanged)
    return told.view


@pytest.mark.parametrize(
    ("volts", "used_ah", "grade"), [(14.3, 0.0, "B"), (13.2, 0.0, "C"), (14.3, 3.0, "C")]
)
def test_a_monitor_that_has_just_seen_the_pack_full_is_believed_at_a_charger_s_volts(
    market: Market, volts: float, used_ah: float, grade: str
) -> None:
    market.passes(40)
    market.clock.advance(int(LOOK_S * 1000))
    assert full(market, volts, used_ah).headroom.grade == grade


def test_a_battery_that_has_given_all_is_empty_and_not_fine(market: Market) -> None:
    market.fill()
    market.passes(40)
    view = market.passes(10, 0.0)
    flat = replace(view, thrift=Thrift(Level.ENDING))
    assert view.headroom.flow == "holding"
    assert words(market, flat) == ("bad", "battery empty")
    assert words(market, replace(view, thrift=Thrift(Level.SPARING)))[1] != "battery empty"


def test_a_monitor_that_counted_far_more_is_asked_and_one_that_counted_less_is_not(market: Market) -> None:
    market.fill()
    before = market.passes(60).headroom.wh_left.value
    assert before is not None
    left = {}
    for used_ah in (0.5, 25.0):
        market.clock.advance(int(LOOK_S * 1000))
        reading = Reading(volts=13.1, amps=4.6, soc=0.5, used_ah=used_ah, quality=Quality.SHUNT)
        market.gauge.heard(PowerRead("shunt", reading, market.clock.boot_ms))
        market.gauge._paused = False
        market.gauge.take()
        left[used_ah] = market.gauge.view().headroom.wh_left.value
    assert left[0.5] == pytest.approx(before, abs=5)
    assert left[25.0] is not None
    assert left[25.0] == pytest.approx(before - 20.4 * 12.8, abs=30)


def test_a_packs_own_board_knows_its_cycles_better(tmp_path: Path) -> None:
    market = Market(tmp_path)
    market.passes(10)
    board = Reading(volts=13.1, amps=4.6, cycles=412, quality=Quality.BMS)
    market.gauge.heard(PowerRead("bms", board, market.clock.boot_ms))
    market.passes(0.2)
    market.gauge.keep()
    [(_wall_s, figures)] = PowerBook(tmp_path).figures("")
    assert figures.cycles == 412
