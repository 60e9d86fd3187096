"""The gates a release must keep, on days of a battery model (PyBaMM) and on invented ones, by a poor shunt.

`tests/benchmarks/power_score.py` prints the whole table.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kiosk.power.replay import Mode
from tests.power.scoring import Day, load, ours, score
from tests.power.stallday import LFP_PACK, NMC_PACK, OTHER_LFP, invented

DAYS = Path(__file__).parent / "days"
SEED = 1


@cache
def recorded(kind: str) -> tuple[Day, ...]:
    """The recorded days of one kind."""
    return tuple(load(file, SEED) for file in sorted(DAYS.glob(f"{kind}*.csv.gz")))


@cache
def made_up() -> tuple[Day, ...]:
    """Days on invented packs, other than those the estimator was made with."""
    lfp = (invented(seed, LFP_PACK) for seed in range(14))
    return (*lfp, *(invented(seed, NMC_PACK) for seed in range(6)))


def figure(row: dict[str, float | None], name: str) -> float:
    """A figure that was counted."""
    value = row[name]
    assert value is not None
    return value


@pytest.mark.parametrize(
    "days", [(*recorded("lfp"), *recorded("nmc")), made_up()], ids=["recorded", "invented"]
)
def test_with_a_learned_capacity(days: tuple[Day, ...]) -> None:
    row = score(days, lambda day: ours(day, "learned")).row()
    assert figure(row, "far %") <= 7
    assert figure(row, "near min") <= 8
    assert figure(row, "P10 over %") <= 1
    assert 80 <= figure(row, "inside %") <= 97
    assert figure(row, "jump min") <= 5
    assert figure(row, "false safe %") <= 1


@pytest.mark.parametrize("kind", ["lfp", "nmc"])
def test_with_the_label_alone(kind: str) -> None:
    row = score(recorded(kind), lambda day: ours(day, "nameplate")).row()
    assert figure(row, "far %") <= 13
    assert figure(row, "false safe %") <= 2


def test_cold_lfp_is_told_no_minutes() -> None:
    found = score(recorded("lfp"), lambda day: ours(day, "cold"))
    assert found.mute > 500
    assert not found.far and not found.near and not found.safe and not found.lost


def test_cold_nmc_is_told_by_its_voltage() -> None:
    row = score(recorded("nmc"), lambda day: ours(day, "cold")).row()
    assert figure(row, "far %") <= 13


def test_with_sun() -> None:
    row = score(recorded("sol"), lambda day: ours(day, "learned")).row()
    assert figure(row, "end min") <= 25
    assert figure(row, "false safe %") <= 3


@pytest.mark.parametrize("mode", ["learned", "nameplate"])
def test_cells_of_another_make_are_promised_no_more(mode: Mode) -> None:
    others = [invented(seed, LFP_PACK, OTHER_LFP) for seed in range(12)]
    row = score(others, lambda day: ours(day, mode)).row()
    assert figure(row, "false safe %") <= 1
    if mode == "learned":
        assert figure(row, "near min") <= 10, "a voltage that lets more be left is believed by a third"
