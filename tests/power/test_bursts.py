"""What comes and goes is told from what runs, and a few of it are not taken for a rule."""

from __future__ import annotations

import pytest

from kiosk.power.bursts import USUAL, bursts, to_come
from kiosk.power.inverter import USUAL as CURVE
from kiosk.power.load import Load
from kiosk.power.minutes import Minute


def minutes(*watts: float) -> list[Minute]:
    return [Minute(13.0, 5.0, 0.08, one) for one in watts]


def test_a_demonstration_is_a_burst_and_a_fridge_is_none() -> None:
    fridge = [20.0] * 8 + [68.0] * 7 + [20.0] * 8
    assert bursts(fridge) == [0.0] * len(fridge)
    beside = [watts + (85.0 if 10 <= i < 13 else 0.0) for i, watts in enumerate(fridge)]
    assert bursts(beside) == [85.0 if 10 <= i < 13 else 0.0 for i in range(len(beside))]


def test_what_starts_is_a_burst_until_it_has_lasted() -> None:
    load = Load().plus(minutes(20, 20, 20, 20, 20)).plus(minutes(20, 20, 20, 68, 68))
    assert load.blocks[-1].burst_w == pytest.approx(96 / 5)
    load = load.plus(minutes(68, 68, 68, 68, 20))
    assert [block.burst_w for block in load.blocks] == [0, 0, 0]
    assert [block.mean_w for block in load.blocks] == pytest.approx([20, 39.2, 58.4])


def test_nothing_seen_yet_is_not_nothing_to_come() -> None:
    soon, late = to_come(0.0, 0.5, 60.0), to_come(0.0, 8.0, 60.0)
    assert soon[0] > 0.6 * USUAL * 60 and late[0] < 0.01 * 60
    assert soon == (soon[0], soon[0]), "there may be none"
    assert to_come(USUAL * 60, 0.5, 60.0)[0] == pytest.approx(USUAL * 60)


def test_one_demonstration_in_half_an_hour_is_not_believed_to_go_on_so() -> None:
    seen_w = 15.0
    assert USUAL * 60 < to_come(seen_w, 0.5, 60.0)[0] < 0.8 * seen_w
    assert to_come(seen_w, 4.0, 60.0)[0] > 0.9 * seen_w


def test_who_grinds_coffee_all_morning_will_not_stop() -> None:
    to_come_w, unsure_w = to_come(100.0, 1.0, 50.0)
    assert to_come_w > 0.95 * 100 and unsure_w < 1


def test_the_minutes_of_a_block_that_is_filled_count_at_once() -> None:
    load = Load().plus(minutes(*[50] * 5)).plus(minutes(*[50] * 5))
    quiet, lively = load.expected(CURVE, minutes(50, 50)), load.expected(CURVE, minutes(50, 150))
    assert quiet is not None and lively is not None
    assert quiet.minutes == lively.minutes == 12
    assert 50 < quiet.watts < lively.watts < 50 + 100 / 12 + USUAL * 50
