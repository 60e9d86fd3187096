"""The windows a point can promise: hours, exceptions, preparation, cut-off, summer time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.pickup.points import PickupPoint, is_window, windows

BERLIN = ZoneInfo("Europe/Berlin")
DAY = ((9 * 60, 12 * 60), (13 * 60, 16 * 60))
COUNTER = PickupPoint("stall", "Stall 3", "counter", (DAY,) * 5 + ((), ()), preparation_min=30, handovers=2)


def at(text: str) -> int:
    """Berlin time as Unix milliseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() * 1000)


def starts(point: PickupPoint, now: str, taken: dict[int, int] | None = None, count: int = 3) -> list[str]:
    """The windows' beginnings, by Berlin's clock."""
    found = windows(point, at(now), BERLIN, taken or {}, count)
    moments = [datetime.fromtimestamp(one.start_ms / 1000, UTC).astimezone(BERLIN) for one in found]
    return [f"{moment:%a %H:%M}" for moment in moments]


def test_the_first_windows_after_preparation() -> None:
    assert starts(COUNTER, "2026-11-24T09:10") == ["Tue 10:00", "Tue 10:30", "Tue 11:00"]


def test_lunch_and_the_weekend_are_left_out() -> None:
    assert starts(COUNTER, "2026-11-24T11:05") == ["Tue 13:00", "Tue 13:30", "Tue 14:00"]
    assert starts(COUNTER, "2026-11-27T15:45", count=1) == ["Mon 09:00"]


def test_a_full_window_is_not_offered() -> None:
    full = {at("2026-11-24T10:00"): 2, at("2026-11-24T10:30"): 1}
    assert starts(COUNTER, "2026-11-24T09:10", full, 2) == ["Tue 10:30", "Tue 11:00"]


def test_after_the_cut_off_it_is_the_next_day() -> None:
    early = PickupPoint("stall", "Stall 3", "counter", (DAY,) * 7, cut_off_min=14 * 60, preparation_min=30)
    assert starts(early, "2026-11-24T14:00", count=1) == ["Wed 09:00"]


def test_a_day_may_have_hours_of_its_own() -> None:
    feast = PickupPoint(
        "stall", "Stall 3", "counter", (DAY,) * 7, {"2026-11-24": (), "2026-11-25": ((18 * 60, 19 * 60),)}
    )
    assert starts(feast, "2026-11-24T08:00", count=3) == ["Wed 18:00", "Wed 18:30", "Thu 09:00"]


def test_a_locker_promises_round_the_clock() -> None:
    locker = PickupPoint("hub", "Hub", "locker", preparation_min=60, slot_min=30)
    assert starts(locker, "2026-11-24T23:10", count=2) == ["Wed 00:30", "Wed 01:00"]


def test_summer_time_moves_no_opening_hour() -> None:
    early = PickupPoint("stall", "Stall 3", "counter", (((6 * 60, 7 * 60),),) * 7, preparation_min=0)
    assert starts(early, "2026-03-28T20:00", count=1) == ["Sun 06:00"]
    assert starts(early, "2026-10-24T20:00", count=1) == ["Sun 06:00"]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="elsewhere a process cannot be moved to another zone")
def test_nor_where_the_zone_is_this_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as moved:
        moved.setenv("TZ", "Europe/Berlin")
        time.tzset()
        found = windows(COUNTER, at("2026-03-27T15:45"), None, {}, 1)
    time.tzset()
    assert [one.start_ms for one in found] == [at("2026-03-30T09:00")]


def test_the_hour_that_summer_time_leaves_out_is_offered_once() -> None:
    locker = PickupPoint("hub", "Hub", "locker", preparation_min=0, slot_min=60)
    assert starts(locker, "2026-03-29T00:30", count=3) == ["Sun 01:00", "Sun 03:00", "Sun 04:00"]


def test_only_a_window_that_can_be_prepared_for_is_one() -> None:
    assert is_window(COUNTER, at("2026-11-24T10:00"), at("2026-11-24T09:10"), BERLIN)
    assert not is_window(COUNTER, at("2026-11-24T09:30"), at("2026-11-24T09:10"), BERLIN)
    assert not is_window(COUNTER, at("2026-11-24T10:07"), at("2026-11-24T09:10"), BERLIN)


def test_a_point_that_never_opens_promises_nothing() -> None:
    assert windows(PickupPoint("x", "X", "counter", ((),) * 7), at("2026-11-24T09:00"), BERLIN, {}) == []
