"""What the estimator promises, on twenty days of a battery model (PyBaMM), measured by an imperfect shunt."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.power import replay
from tests.power.scoring import load, ours, score

DAYS = Path(__file__).parent / "days"
LFP = tuple(f"lfp{number:02}" for number in range(12))
SEED = 1


def figures(names: tuple[str, ...], mode: replay.Mode) -> dict[str, float | None]:
    """The score over some days."""
    days = [load(DAYS / f"{name}.csv.gz", SEED) for name in names]
    return score(days, lambda day: ours(day, mode)).row()


def test_a_pack_whose_capacity_was_learned() -> None:
    row = figures(LFP, "learned")
    assert row["far %"] is not None and row["far %"] <= 7
    assert row["near min"] is not None and row["near min"] <= 8
    assert row["P10 over %"] is not None and row["P10 over %"] <= 1
    assert row["inside %"] is not None and row["inside %"] >= 80
    assert row["jump min"] is not None and row["jump min"] <= 5
    assert row["false safe %"] is not None and row["false safe %"] <= 1


def test_a_pack_of_which_only_the_label_is_known() -> None:
    row = figures(LFP, "nameplate")
    assert row["far %"] is not None and row["far %"] <= 13
    assert row["false safe %"] is not None and row["false safe %"] <= 2


def test_a_day_with_sun_and_clouds() -> None:
    row = figures(("sol00", "sol01", "sol02", "sol03"), "learned")
    assert row["end min"] is not None and row["end min"] <= 25
    assert row["false safe %"] is not None and row["false safe %"] <= 3


@pytest.mark.parametrize("name", LFP[:3])
def test_an_lfp_pack_that_was_never_seen_full_gets_no_minutes(name: str) -> None:
    day = load(DAYS / f"{name}.csv.gz", SEED)
    rows = replay.replay(day.record, "cold", None, {})
    assert all(row.headroom.until.even_s is None for row in rows)
