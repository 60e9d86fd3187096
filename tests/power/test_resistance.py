"""The resistance: learned from steps of the current, and from nothing else that moves the volts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.power import keep
from kiosk.power.estimator import fresh
from kiosk.power.resistance import SLOW, SUPPOSED_OHM, Resistance
from tests.power.stallday import LFP_PACK


def stepped(*steps: tuple[float, float]) -> Resistance:
    """What is known after the volts and the amps moved so."""
    resistance = Resistance()
    for volts, amps in steps:
        resistance = resistance.stepped(volts, amps)
    return resistance


def test_a_fridge_that_comes_and_goes_teaches_it() -> None:
    taught = stepped(*[(-0.2, 4.0), (0.2, -4.0)] * 20)
    assert taught.ohm == pytest.approx(SLOW * 0.05, rel=0.05)
    assert taught.ohm > SLOW * SUPPOSED_OHM


@pytest.mark.parametrize(
    ("volts", "amps"),
    [(1.0, 4.0), (-1.0, -4.0), (1.2, -0.6), (-3.0, 4.0), (0.3, 0.1)],
    ids=[
        "up while more is drawn",
        "down while less is drawn",
        "a charger's volts",
        "cells that collapse",
        "hardly a step",
    ],
)
def test_volts_that_jump_by_themselves_teach_nothing(volts: float, amps: float) -> None:
    assert stepped((volts, amps)) == Resistance()


def test_after_any_jumps_it_is_above_nothing_and_the_count_outlives_a_reboot() -> None:
    jumped = stepped(*[(1.0, 4.0), (-2.5, -4.0)] * 50)
    assert jumped.ohm > 0
    state = replace(fresh(LFP_PACK), resistance=jumped)
    assert keep.from_text(keep.as_text(state)) == state, "a kept resistance below nothing is no state at all"
