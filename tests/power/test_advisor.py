"""The advisor answers with the clause that decides; what is not known is never a yes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from kiosk.power.advisor import (
    Appliance,
    Moment,
    advice_words,
    collection_wh,
    may_switch_on,
    rescue,
    reserve_wh,
)

HOUR = 3600.0
LEFT_WH, LOAD_W = 261.0, 72.0
"""The stall of a Saturday: 22.5 Ah of 12.7 V above a reserve of 25 Wh, and 72 W."""


@dataclass(frozen=True)
class Spread:
    """Eleven ways around a middle, ten percent to either side."""

    middle_s: float

    @property
    def times(self) -> list[float]:
        return [self.middle_s * (0.9 + 0.02 * step) for step in range(11)]

    def lasts(self, share: float) -> float:
        return self.times[min(10, int(share * 11))]

    def reaches(self, seconds: float) -> float:
        return sum(time >= seconds for time in self.times) / 11


def ways(more_w: float, _runs_s: float | None) -> Spread:
    return Spread(LEFT_WH / (LOAD_W + more_w) * HOUR)


MOMENT = Moment(free_w=85, surge_w=300, volts=12.9, cutoff_v=10.0, ohm=0.03, closing_s=2 * HOUR, ways=ways)
LAMP = Appliance("lamp", 12)


def answer(appliance: Appliance, moment: Moment = MOMENT) -> str:
    return advice_words(may_switch_on(appliance, moment), lambda s: f"+{round(s / 60)}")


def test_a_lamp_costs_minutes_and_a_blender_is_over_the_inverter() -> None:
    assert answer(LAMP) == "Yes, costs 30 min"
    assert answer(Appliance("blender", 300)) == "No: 215 W over the inverter"


def test_a_compressor_runs_but_its_start_is_too_much_until_a_start_was_seen_to_be_small() -> None:
    fridge = Appliance("fridge", 70, load_class=2, kind="compressor")
    assert answer(fridge) == "No: its start is 50 W over"
    assert may_switch_on(replace(fridge, start_w=120), MOMENT).clause != "start"


def test_a_start_that_pulls_an_old_battery_to_its_cutoff_is_refused() -> None:
    worn = replace(MOMENT, volts=11.0, ohm=0.2, cutoff_v=10.5)
    assert answer(Appliance("kettle", 60), worn) == "No: its start pulls the battery to its cut-off"


def test_what_costs_the_closing_time_is_refused_with_the_time_it_lasts() -> None:
    late = replace(MOMENT, closing_s=3 * HOUR)
    assert answer(LAMP, late) == "No: lasts until +170 only"


def test_nothing_unknown_is_ever_a_yes() -> None:
    assert answer(Appliance("new", None)) == "not known"
    unknown = (replace(MOMENT, free_w=None), replace(MOMENT, surge_w=None), replace(MOMENT, volts=None))
    assert {answer(LAMP, moment) for moment in unknown} == {"not known"}
    assert answer(LAMP, replace(MOMENT, ways=lambda _w, _s: None)) == "not known"


def test_a_heat_mat_closes_the_gap_and_the_fridge_is_left_alone() -> None:
    late = replace(MOMENT, closing_s=3.6 * HOUR)
    on = (
        Appliance("till", 30, load_class=0),
        Appliance("fridge", 40, load_class=2),
        Appliance("lamp", 4),
        Appliance("heat mat", 20),
    )
    found = rescue(21, on, late)
    assert found is not None and found.off == ("heat mat",)
    assert rescue(0, on, late) is None


def test_where_no_single_one_does_it_they_go_together_and_where_nothing_does_nothing_is_named() -> None:
    later = replace(MOMENT, closing_s=4.2 * HOUR)
    small = (Appliance("lamp", 12), Appliance("sign", 11), Appliance("pump", 9, load_class=2))
    found = rescue(80, small, later)
    assert found is not None and found.off == ("lamp", "sign")
    hopeless = rescue(300, small, replace(MOMENT, closing_s=12 * HOUR))
    assert hopeless is not None and hopeless.off == ()


def test_the_reserve_is_the_larger_share_and_a_locker_keeps_more() -> None:
    assert reserve_wh(540, 20) == pytest.approx(21.6)
    assert reserve_wh(540, 100) == pytest.approx(25)
    assert collection_wh(8) == pytest.approx(4.25)
