"""The gates a release must keep, on days of a battery model (PyBaMM) and on invented ones, by a poor shunt.

`tests/benchmarks/power_score.py` prints the whole table.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kiosk.power.replay import Mode
from tests.power.scoring import Day, Score, Told, load, ours, score
from tests.power.stallday import LFP_PACK, NMC_PACK, OTHER_LFP, invented

DAYS = Path(__file__).parent / "days"
SEED = 1


@cache
def days(kind: str) -> tuple[Day, ...]:
    """The recorded days of one kind, or days on invented packs: others than the estimator was made with."""
    if kind == "invented":
        lfp = (invented(seed, LFP_PACK) for seed in range(14))
        return (*lfp, *(invented(seed, NMC_PACK) for seed in range(6)))
    return tuple(load(file, SEED) for file in sorted(DAYS.glob(f"{kind}*.csv.gz")))


@cache
def found(kind: str, mode: Mode = "learned", told: Told = "rest") -> Score:
    """The score of one kind of days."""
    return score(days(kind), lambda day: ours(day, mode, told=told))


def figure(row: dict[str, float | None], name: str) -> float:
    """A figure that was counted."""
    value = row[name]
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("kinds", "told", "near"), [(("lfp", "nmc"), "rest", 8), (("invented",), "count", 9)]
)
def test_with_a_learned_capacity(kinds: tuple[str, ...], told: Told, near: float) -> None:
    row = sum((found(kind, told=told) for kind in kinds), Score()).row()
    assert figure(row, "far %") <= 7
    assert figure(row, "near min") <= near
    assert figure(row, "P10 over %") <= 1
    assert 80 <= figure(row, "inside %") <= 97
    assert figure(row, "jump min") <= 5
    assert figure(row, "false safe %") <= 1


@pytest.mark.parametrize(("kind", "far"), [("lfp", 7.5), ("nmc", 5.5)])
def test_with_a_learned_capacity_by_chemistry(kind: str, far: float) -> None:
    row = found(kind).row()
    assert figure(row, "far %") <= far
    assert figure(row, "near min") <= 9
    assert figure(row, "P10 over %") <= 1
    assert figure(row, "inside %") >= 80
    assert figure(row, "false safe %") <= 1


@pytest.mark.parametrize(("kind", "near"), [("lfp", 10), ("nmc", 12)])
def test_with_the_label_alone(kind: str, near: float) -> None:
    row = found(kind, "nameplate").row()
    assert figure(row, "far %") <= 13
    assert figure(row, "near min") <= near
    assert figure(row, "false safe %") <= 2


def test_how_full_it_began_is_worth_knowing_and_guessed_with_care() -> None:
    guessed, told = found("lfp", "nameplate").row(), found("lfp", "nameplate", "count").row()
    assert figure(told, "far %") < figure(guessed, "far %")
    row = (found("lfp", told="whole") + found("nmc", told="whole")).row()
    assert figure(row, "P10 over %") <= 1, "all Ah were told, and not how many were used"
    assert figure(row, "false safe %") <= 3


def test_cold_lfp_is_told_no_minutes() -> None:
    cold = found("lfp", "cold")
    assert cold.mute > 500
    assert not cold.far and not cold.near and not cold.safe and not cold.lost


def test_cold_nmc_is_told_by_its_voltage() -> None:
    assert figure(found("nmc", "cold").row(), "far %") <= 13


@pytest.mark.parametrize("mode", ["learned", "nameplate"])
def test_with_sun(mode: Mode) -> None:
    row = found("sol", mode).row()
    assert figure(row, "end min") <= 25
    assert figure(row, "false safe %") <= 3
    assert figure(row, "jump min") <= 5
    assert 80 <= figure(row, "inside %") <= 98


@pytest.mark.parametrize("mode", ["learned", "nameplate"])
def test_cells_of_another_make_are_promised_no_more(mode: Mode) -> None:
    others = [invented(seed, LFP_PACK, OTHER_LFP) for seed in range(12)]
    row = score(others, lambda day: ours(day, mode)).row()
    assert figure(row, "false safe %") <= 1
    if mode == "learned":
        assert figure(row, "near min") <= 11, "believed wholly, a voltage that lets more be left makes it 24"
