"""The power screen: what is promised and why, the day as a picture, and outlets switched by touch."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.power.advisor import Advice, Rescue
from kiosk.power.chemistry import LFP
from kiosk.power.estimate import word
from kiosk.power.headroom import Closing, Figure, Headroom, Until
from kiosk.power.outlook import Outlook
from kiosk.power.pack import Limits, Pack, Stall
from kiosk.power.sample import Sample
from kiosk.power.shedding import Proposal
from kiosk.power.thrift import Level
from kiosk.power.view import Minute, OutletSeen, PowerView, SourceSeen
from kiosk.power.whatif import WhatIf
from kiosk.settings.power import PowerSettings
from kiosk.tui.app import monotonic_ms
from kiosk.tui.screens.power import PowerScreen
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, NumberDialogue
from kiosk.tui.screens.whatif import WhatIfScreen
from kiosk.tui.widgets.daychart import bars
from kiosk.tui.widgets.powerstrip import PowerStrip
from tests.tui import stall as stalls
from tests.tui.fakes import done
from tests.tui.hands import SIZES, flash_text, key_places, press, touch, touch_key
from tests.tui.looks import same_as_golden, text_of
from tests.tui.stall import MORNING, at, stall, until

KIT = Stall(Pack(LFP, 4, 48.0, 10.5), None, Limits(200, 400))
NOW_S, EVEN_S, LOAD_W = 3 * 3600.0, 5.1 * 3600, 74.0


def looked(t_s: int) -> Sample:
    """One look at the morning: a fridge, a lamp, and a cloud before the sun."""
    fridge = 48.0 if t_s % 1800 < 600 else 1.0
    sun = max(0.0, 60 * math.sin(t_s / 8000)) * (0.2 if 5000 < t_s < 6500 else 1.0)
    load = 45 + 1.05 * (12 + fridge)
    return Sample(float(t_s), 13.2, (load - sun) / 13.2, sun, 12 + fridge)


def the_morning() -> tuple[Minute, ...]:
    """Three hours' minutes."""
    samples = [looked(t_s) for t_s in range(0, int(NOW_S) + 1, 60)]
    first_s = MORNING // 1000 - int(NOW_S)
    return tuple(Minute(first_s + int(one.t_s), one.load_w, one.solar_w) for one in samples)


def headroom_of(closing_h: float) -> Headroom:
    """What is foreseen at eight: five hours at even odds, and so many until closing."""
    times = tuple(EVEN_S * (0.8 + 0.4 * step / 49) for step in range(50))
    ways = Outlook(times, tuple(LOAD_W * seconds / 3600 for seconds in times))
    chance = ways.reaches(closing_h * 3600)
    missing = max(0.0, closing_h * 3600 - ways.lasts(0.1)) / 3600 * LOAD_W
    return Headroom(
        "B",
        "counted from full; what the pack gives is from its label",
        1.0,
        "draining",
        66.0,
        LOAD_W,
        Figure(167.0),
        Figure(340.0),
        Figure(ways.wh(0.5)),
        Figure(ways.wh(0.1)),
        Figure(0.87),
        Until(ways.lasts(0.1), ways.lasts(0.5), ways.lasts(0.9)),
        closing=Closing(chance, word(chance), missing),
        ways=ways,
    )


def seen_at(closing_h: float) -> PowerView:
    """The view at eight, with so many hours until closing."""
    headroom = headroom_of(closing_h)
    assert headroom.closing.missing_wh is not None
    return PowerView(
        headroom,
        monotonic_ms(),
        (
            SourceSeen("battery", 1.0, 13.2, 5.1, None, True),
            SourceSeen("solar", 2.0, 13.3, None, 58.0),
            SourceSeen("bms", 3.0, 13.2, 9.0, None, False, "says 9.0 A: battery is believed"),
        ),
        (
            OutletSeen("blender", False, 300.0, 3, advice=Advice(False, "inverter", 133.0)),
            OutletSeen("fridge", True, 17.0, 2, "compressor"),
            OutletSeen("heat mat", True, 20.0, 3),
            OutletSeen("lamp", False, 12.0, 3, advice=Advice(False, "closing", None, 40, 13_700.0)),
        ),
        ("heat mat", "fridge"),
        None,
        Rescue(headroom.closing.missing_wh, ("heat mat",) if closing_h < 6 else ("heat mat", "fridge")),
        closing_h * 3600,
        25.0,
        (41.3, 48.0),
        0.028,
        the_morning(),
    )


@dataclass
class Powered(stalls.Stall):
    """A stall that switches what it is told to, and notes it."""

    orders: list[tuple[str, bool]] = field(default_factory=list)
    shed_ones: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    asked: list[WhatIf] = field(default_factory=list)
    refusal: Exception | None = None

    def switch(self, outlet: str, on: bool, _who: str | None) -> Future[Any]:
        """Switch it, or refuse."""
        self.orders.append((outlet, on))
        return done(self.refusal)

    def shed(self, outlet: str, who: str) -> Future[Any]:
        """The same, noted as shed."""
        self.shed_ones.append(outlet)
        return self.switch(outlet, False, who)

    def stay_on(self, who: str) -> None:
        """Somebody knows better."""
        self.stays.append(who)

    def what_if(self, question: WhatIf) -> Future[Any]:
        """What would be: closing later, and half an hour less for anything that draws more."""
        self.asked.append(question)
        then = seen_at(5.0 + question.later_min / 60)
        if question.flipped or question.more_w:
            until = Until(EVEN_S * 0.75, EVEN_S * 0.9, EVEN_S)
            then = replace(then, headroom=replace(then.headroom, until=until))
        outlets = tuple(
            replace(one, on=not one.on, advice=None) if one.name in question.flipped else one
            for one in then.outlets
        )
        return done(replace(then, outlets=outlets))


@contextmanager
def powered(folder: Path, view: PowerView | None) -> Iterator[Powered]:
    """A stall whose power is known."""
    with stall(folder, person="Mia", alter=lambda one: replace(one, power=PowerSettings(KIT))) as made:
        yield Powered(made.ledger, made.settings, headroom=view)


def signed_in(made: Powered, name: str = "Mia") -> Powered:
    made.register.person = made.somebody(name)
    return made


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("scene", "hours"), [("power", 5.0), ("power-short", 7.2)])
async def test_it_looks_as_it_did(scene: str, hours: float, size: tuple[int, int], tmp_path: Path) -> None:
    with powered(tmp_path, seen_at(hours)) as made:
        async with at(signed_in(made), "power", size=size) as (screen, _pilot):
            assert isinstance(screen, PowerScreen)
            same_as_golden(screen.app, f"{scene}-{size[0]}x{size[1]}")


async def test_a_touch_switches_off_and_a_digit_too(tmp_path: Path) -> None:
    with powered(tmp_path, seen_at(5)) as made:
        async with at(signed_in(made), "power") as (_screen, pilot):
            await touch_key(pilot, "outlet:heat mat")
            await until(pilot, lambda: made.orders == [("heat mat", False)])
            await until(pilot, lambda: flash_text(pilot.app) == "heat mat is off.")
            await press(pilot, "2")
            await until(pilot, lambda: made.orders[1:] == [("fridge", False)])


async def test_what_is_not_safe_is_asked_with_its_reason_and_enter_is_no(tmp_path: Path) -> None:
    with powered(tmp_path, seen_at(5)) as made:
        async with at(signed_in(made), "power") as (_screen, pilot):
            await touch_key(pilot, "outlet:blender")
            await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmDialogue))
            assert "over the inverter" in text_of(pilot.app)
            await press(pilot, "escape")
            await until(pilot, lambda: not isinstance(pilot.app.screen, ConfirmDialogue))
            assert made.orders == []


async def test_what_is_safe_is_switched_on_at_once(tmp_path: Path) -> None:
    view = seen_at(3)
    lamp = replace(view.outlets[3], advice=Advice(True, "none", None, 12, 9000))
    with powered(tmp_path, replace(view, outlets=(lamp,))) as made:
        async with at(signed_in(made), "power") as (_screen, pilot):
            await press(pilot, "1")
            await until(pilot, lambda: made.orders == [("lamp", True)])


async def test_the_till_itself_stays_on_and_a_compressor_rests(tmp_path: Path) -> None:
    view = seen_at(5)
    outlets = (
        OutletSeen("router", True, 9.0, 0),
        replace(view.outlets[1], on=False, advice=Advice(True), resting=True),
        OutletSeen("gone", None, 5.0, 3),
    )
    with powered(tmp_path, replace(view, outlets=outlets)) as made:
        async with at(signed_in(made), "power") as (_screen, pilot):
            await press(pilot, "1")
            await until(pilot, lambda: "keeps the till alive" in flash_text(pilot.app))
            await press(pilot, "2")
            await until(pilot, lambda: "rests for five minutes" in flash_text(pilot.app))
            await press(pilot, "3")
            assert made.orders == []


async def test_an_outlet_that_did_not_switch_is_said_to_be_as_it_was(tmp_path: Path) -> None:
    with powered(tmp_path, seen_at(5)) as made:
        made.refusal = TimeoutError("the outlet does not answer")
        async with at(signed_in(made), "power") as (_screen, pilot):
            await press(pilot, "2")
            await until(pilot, lambda: "was not switched: the outlet does not" in flash_text(pilot.app))


async def test_a_touch_on_the_tills_power_strip_leads_here(tmp_path: Path) -> None:
    with powered(tmp_path, seen_at(5)) as made:
        async with at(signed_in(made), "till") as (_screen, pilot):
            strip = pilot.app.screen.query_one(PowerStrip)
            assert strip.power.left_minutes is not None
            await touch(pilot, strip.region.x + 2, strip.region.y)
            await until(pilot, lambda: pilot.app.current_mode == "power")


async def test_the_gap_is_closed_by_one_key(tmp_path: Path) -> None:
    with powered(tmp_path, seen_at(7.2)) as made:
        async with at(signed_in(made), "power") as (screen, pilot):
            assert screen.view.rescue.off
            await press(pilot, "f5")
            await until(pilot, lambda: made.orders == [(name, False) for name in screen.view.rescue.off])
            assert made.shed_ones == list(screen.view.rescue.off), "they are offered again"


def with_shed(*names: str) -> PowerView:
    """The view with some outlets shed, each with its advice."""
    view = seen_at(5)
    advices = {"heat mat": Advice(True, "none", None, 12, 9000.0), "fridge": Advice(True, "none", None, 9)}
    outlets = tuple(
        replace(one, on=False, shed=True, advice=advices[one.name]) if one.name in names else one
        for one in view.outlets
    )
    return replace(view, outlets=outlets, proposal=Proposal("restore", names[-1]), rescue=None)


async def test_what_was_shed_is_said_and_brought_back_by_one_key(tmp_path: Path) -> None:
    with powered(tmp_path, with_shed("heat mat")) as made:
        async with at(signed_in(made), "power") as (_screen, pilot):
            text = text_of(pilot.app)
            assert "enough again: heat mat may come back on" in text
            assert "shed · ok, −12 min" in text
            await press(pilot, "f4")
            await until(pilot, lambda: made.orders == [("heat mat", True)])


async def test_of_several_that_were_shed_one_is_chosen_with_what_it_costs(tmp_path: Path) -> None:
    with powered(tmp_path, with_shed("heat mat", "fridge")) as made:
        async with at(signed_in(made), "power") as (_screen, pilot):
            await touch_key(pilot, "restore")
            await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialogue))
            same_as_golden(pilot.app, "power-restore")
            await touch_key(pilot, "a")
            await until(pilot, lambda: made.orders == [("fridge", True)])


async def test_a_person_who_knows_better_keeps_the_till_on(tmp_path: Path) -> None:
    with powered(tmp_path, seen_at(5)) as made:
        async with at(signed_in(made), "power") as (screen, pilot):
            await press(pilot, "f9")
            assert (made.stays, "restore" in key_places(pilot.app)) == ([], False)
            made.thrift = Level.ENDING
            screen.refresh_standing()
            await pilot.pause()
            await touch_key(pilot, "stay_on")
            await until(pilot, lambda: made.stays == ["Mia"])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_if_looks_as_it_did(size: tuple[int, int], tmp_path: Path) -> None:
    with powered(tmp_path, seen_at(5)) as made:
        async with at(signed_in(made), "power", size=size) as (_screen, pilot):
            await press(pilot, "w", "4", "plus")
            await until(pilot, lambda: len(made.asked) == 2)
            await pilot.pause()
            same_as_golden(pilot.app, f"power-what-if-{size[0]}x{size[1]}")


async def test_what_if_by_touch_alone_switches_nothing_and_is_forgotten_on_leaving(tmp_path: Path) -> None:
    with powered(tmp_path, seen_at(5)) as made:
        async with at(signed_in(made), "power") as (_screen, pilot):
            await touch_key(pilot, "what_if")
            await until(pilot, lambda: isinstance(pilot.app.screen, WhatIfScreen))
            for key in ("outlet:lamp", "later", "earlier", "earlier"):
                await touch_key(pilot, key)
            await until(pilot, lambda: len(made.asked) == 4)
            assert made.asked[-1] == WhatIf(frozenset({"lamp"}), 0.0, -30)
            assert "lamp on, closing 30 min earlier" in text_of(pilot.app)
            await touch_key(pilot, "as_it_is")
            await until(pilot, lambda: made.asked[-1] == WhatIf())
            await touch_key(pilot, "back")
            await until(pilot, lambda: isinstance(pilot.app.screen, PowerScreen))
            assert made.orders == []


async def test_one_more_appliance_is_so_many_watts_within_reason(tmp_path: Path) -> None:
    with powered(tmp_path, seen_at(5)) as made:
        async with at(signed_in(made), "power") as (_screen, pilot):
            await press(pilot, "w", "a")
            await until(pilot, lambda: isinstance(pilot.app.screen, NumberDialogue))
            await press(pilot, "9", "0", "0", "0", "enter")
            assert flash_text(pilot.app) == "At most 3680 W."
            await press(pilot, "backspace", "backspace", "enter")
            await until(pilot, lambda: made.asked == [WhatIf(more_w=90.0)])
            await until(pilot, lambda: "90 W more" in text_of(pilot.app))


async def test_numbers_that_grew_old_are_unknown(tmp_path: Path) -> None:
    old = replace(seen_at(5), at_ms=monotonic_ms() - 31_000)
    with powered(tmp_path, old) as made:
        async with at(signed_in(made), "power") as (_screen, pilot):
            text = text_of(pilot.app)
            assert "Nothing is heard of the battery." in text
            assert "Wh" not in text


def test_the_picture_tapers_where_it_may_end_and_leaves_gaps_unknown() -> None:
    view = seen_at(5)
    found = bars(view, MORNING / 1000, 60)
    ahead = [bar.load_w for bar in found if bar.at_s > 0]
    assert ahead == sorted(ahead, key=lambda watts: -(watts or 0.0))
    assert ahead[0] == pytest.approx(view.headroom.load_w)
    assert (ahead[-1] or 0.0) < (ahead[0] or 0.0)
    gap = tuple(minute for minute in view.day if not 3000 < minute.wall_s - view.day[0].wall_s < 6000)
    assert any(bar.load_w is None for bar in bars(replace(view, day=gap), MORNING / 1000, 60))
