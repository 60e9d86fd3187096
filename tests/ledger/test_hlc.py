"""The order of events follows the clock forward and never goes back, whatever the clock does."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kiosk.ledger import hlc

MOMENTS = st.integers(min_value=0, max_value=(1 << 47) - 1)


@given(st.lists(MOMENTS, min_size=2, max_size=60))
def test_values_and_ids_rise_with_every_event(walls: list[int]) -> None:
    values, last = [], 0
    for wall in walls:
        last = hlc.tick(last, wall)
        values.append(last)
    assert all(before < after for before, after in pairwise(values))
    ids = [hlc.id_bytes(value) for value in values]
    assert ids == sorted(ids)
    assert values[-1] < 1 << 63


def test_a_clock_that_stands_still_raises_the_counter() -> None:
    first = hlc.tick(0, 1_800_000_000_000)
    assert hlc.tick(first, 1_800_000_000_000) == first + 1
    assert hlc.tick(first, 1_700_000_000_000) == first + 1
    assert hlc.tick(first, 1_800_000_000_001) >> hlc.COUNTER_BITS == 1_800_000_000_001


def test_a_full_counter_carries_into_the_milliseconds() -> None:
    full = (1_800_000_000_000 << 16) + 0xFFFF
    assert hlc.tick(full, 0) >> hlc.COUNTER_BITS == 1_800_000_000_001


@given(MOMENTS, st.integers(min_value=0, max_value=0xFFFF))
def test_ids_are_version_7_uuids_that_hold_time_and_counter(wall: int, counter: int) -> None:
    raw = hlc.id_bytes(wall << 16 | counter)
    number = int.from_bytes(raw, "big")
    assert (number >> 76 & 0xF, number >> 62 & 0b11) == (7, 0b10)
    assert number >> 80 == wall
    assert (number >> 64 & 0xFFF) << 4 | number >> 58 & 0xF == counter


@given(st.binary(min_size=16, max_size=16))
def test_an_id_is_written_as_uuids_are(raw: bytes) -> None:
    assert hlc.id_text(raw) == str(UUID(bytes=raw))


def test_an_id_made_ahead_is_a_version_7_uuid_of_its_time() -> None:
    made = hlc.new_event_id(1_800_000_000_000)
    assert (made.version, made.int >> 80) == (7, 1_800_000_000_000)
    assert made != hlc.new_event_id(1_800_000_000_000)
