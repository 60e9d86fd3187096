"""What would be: the same numbers with other switches, another closing time, no sun; nothing is switched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.power.view import PowerView
from kiosk.power.whatif import WhatIf, may_flip, names
from kiosk.station.questions import NothingKnown
from tests.station.test_gauge import Market


@pytest.fixture
def market(tmp_path: Path) -> Market:
    """Forty minutes of a till, a fridge that runs, and a blender that ran before."""
    made = Market(tmp_path)
    made.fill()
    made.passes(20, 100, fridge=30, blender=60)
    made.passes(30, 60, fridge=30, blender=0)
    return made


def ends_h(view: PowerView) -> float:
    assert view.headroom.until.even_s is not None
    return view.headroom.until.even_s / 3600


def test_no_question_is_how_it_is(market: Market) -> None:
    now = market.gauge.view()
    then = market.gauge.suppose(WhatIf())
    assert ends_h(then) == pytest.approx(ends_h(now))
    assert then.headroom.closing == now.headroom.closing
    assert [one.on for one in then.outlets] == [one.on for one in now.outlets]


def test_one_more_appliance_costs_its_watts_and_the_inverters_losses(market: Market) -> None:
    now, then = market.gauge.view(), market.gauge.suppose(WhatIf(more_w=60.0))
    load_w = now.headroom.load_w
    assert load_w is not None and then.headroom.load_w is not None
    assert then.headroom.load_w - load_w == pytest.approx(1.05 * 60 + 2e-4 * 3600)
    assert ends_h(then) == pytest.approx(ends_h(now) * load_w / then.headroom.load_w, rel=0.03)
    free_w = now.headroom.free_w.value
    assert free_w is not None and then.headroom.free_w.value == pytest.approx(free_w - 60)


def test_a_switch_thought_on_is_the_same_as_its_watts_and_thought_twice_it_is_nothing(market: Market) -> None:
    on = market.gauge.suppose(WhatIf().flip("blender"))
    assert ends_h(on) == pytest.approx(ends_h(market.gauge.suppose(WhatIf(more_w=60.0))), rel=0.01)
    blender, fridge = on.outlets
    assert (blender.on, blender.advice, fridge.on) == (True, None, True)
    assert on.shed == ("blender", "fridge")
    assert WhatIf().flip("blender").flip("blender") == WhatIf()


def test_a_switch_thought_off_gives_time_and_says_what_back_on_would_be(market: Market) -> None:
    now, off = market.gauge.view(), market.gauge.suppose(WhatIf().flip("fridge"))
    assert ends_h(off) > ends_h(now)
    assert off.outlets[1].advice is not None
    assert off.shed == ()


def test_closing_later_is_less_likely_and_far_too_early_is_over(market: Market) -> None:
    now, late = market.gauge.view(), market.gauge.suppose(WhatIf(later_min=300))
    assert now.closing_s is not None and late.closing_s == now.closing_s + 300 * 60
    assert (now.headroom.closing.probability or 0) > (late.headroom.closing.probability or 0)
    assert ends_h(late) == pytest.approx(ends_h(now))
    assert market.gauge.suppose(WhatIf(later_min=-600)).closing_s is None


def test_what_is_not_known_or_never_goes_off_is_not_thought_away(market: Market) -> None:
    blender, fridge = market.gauge.view().outlets
    assert may_flip(blender) and may_flip(fridge)
    assert not may_flip(replace(blender, watts=None))
    assert not may_flip(replace(blender, on=None))
    assert not may_flip(replace(fridge, load_class=0))
    asked = WhatIf(frozenset({"blender", "fridge", "gone"}))
    assert names(asked, (blender, fridge)) == (("blender", True), ("fridge", False))


def test_before_there_are_numbers_nothing_is_supposed(tmp_path: Path) -> None:
    with pytest.raises(NothingKnown):
        Market(tmp_path).gauge.suppose(WhatIf())


def test_a_silent_meter_answers_what_it_knows_which_is_nothing(market: Market) -> None:
    market.passes(1, None)
    then = market.gauge.suppose(WhatIf(more_w=20.0))
    assert (then.headroom.until.safe_s, then.headroom.closing.word) == (None, "unknown")
