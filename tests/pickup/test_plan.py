"""How full a locker gets: the table that the numbers of `kiosk locker plan` are checked against."""

from __future__ import annotations

import random

import pytest

from kiosk.pickup.plan import BadPlan, Plan, most_per_day, simulate


@pytest.mark.parametrize(
    ("boxes", "per_day", "stay_h", "refused", "give"),
    [
        (16, 8, 24, 0.003, 0.003),
        (16, 12, 24, 0.047, 0.012),
        (16, 16, 24, 0.16, 0.02),
        (16, 16, 12, 0.003, 0.003),
        (24, 16, 24, 0.010, 0.006),
        (24, 24, 24, 0.12, 0.02),
    ],
)
def test_the_share_refused(boxes: int, per_day: float, stay_h: float, refused: float, give: float) -> None:
    """Figures of a simulation of 400 days by other hands; five runs of ours, averaged."""
    runs = [simulate(Plan(boxes, per_day, stay_h), random.Random(seed)).refused for seed in range(5)]
    assert sum(runs) / len(runs) == pytest.approx(refused, abs=give)


def test_about_five_in_a_hundred_stay_to_the_limit() -> None:
    assert simulate(Plan(16, 8), random.Random(1)).overdue == pytest.approx(0.05, abs=0.01)


def test_more_boxes_take_more_orders() -> None:
    few, many = (most_per_day(Plan(boxes, 1, days=200), seed=1) for boxes in (8, 16))
    assert 8 <= many <= 11
    assert few < many


def test_the_most_is_found_in_few_tries_and_told() -> None:
    """As many boxes as there can be: every number from one on would take minutes."""
    tried: list[int] = []
    most = most_per_day(Plan(200, 1, days=60), seed=1, tell=tried.append)
    assert len(tried) < 20
    assert 170 < most < 220
    assert tried[:4] == [1, 2, 4, 8]


@pytest.mark.parametrize(
    "plan", [Plan(0, 8), Plan(16, 0), Plan(16, -1), Plan(16, 8, stay_h=0), Plan(16, 8, days=1), Plan(481, 8)]
)
def test_what_is_no_locker_is_refused(plan: Plan) -> None:
    with pytest.raises(BadPlan, match="is not between"):
        simulate(plan, random.Random(1))
