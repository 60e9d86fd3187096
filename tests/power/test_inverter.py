"""An inverter's curve from what shunt and outlets said together: found through noise, never made up."""

from __future__ import annotations

import random

import pytest

from kiosk.power.inverter import USUAL, Curve, fit


@pytest.mark.parametrize(
    ("given", "taken", "efficiency"), [(10, 16.5, 0.61), (20, 27, 0.74), (50, 59, 0.85), (200, 224, 0.89)]
)
def test_the_usual_inverter(given: float, taken: float, efficiency: float) -> None:
    assert USUAL.taken(given) == pytest.approx(taken, abs=0.1)
    assert USUAL.efficiency(given) == pytest.approx(efficiency, abs=0.01)
    assert USUAL.given(USUAL.taken(given)) == pytest.approx(given)


def test_an_idle_inverter_gives_nothing() -> None:
    assert (USUAL.given(5.0), USUAL.efficiency(0)) == (0.0, 0.0)
    assert Curve(5, 1.1, 0).given(27) == pytest.approx(20)


def pairs(
    curve: Curve, seed: int, *, noise_w: float = 1.0, direct_w: float = 0.0, strays: int = 0
) -> list[tuple[float, float]]:
    """A day's pairs of three outlets switched at random, as a shunt and outlets say them."""
    chance = random.Random(seed)
    found = []
    for number in range(60):
        given = sum(watts for watts in (12, 48, 90) if chance.random() < 0.5) + chance.uniform(0, 5)
        taken = curve.taken(given) + direct_w + chance.gauss(0, noise_w)
        found.append((taken + (55 if number < strays else 0), given))
    return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("truth", [USUAL, Curve(9.0, 1.12, 4e-4), Curve(3.0, 1.08, 0.0)])
def test_a_curve_is_found_through_noise(truth: Curve, seed: int) -> None:
    curve = fit(pairs(truth, seed))
    assert curve is not None
    for given in (0, 20, 60, 150):
        assert curve.taken(given) == pytest.approx(truth.taken(given), abs=1.5)


def test_what_hangs_on_the_battery_directly_is_no_loss_of_the_inverter() -> None:
    seen = pairs(USUAL, 7, direct_w=18)
    known, unknown = fit(seen, direct_w=18), fit(seen)
    assert known is not None
    assert unknown is not None
    assert known.idle_w == pytest.approx(6, abs=1.5)
    assert unknown.idle_w == pytest.approx(24, abs=1.5)


def test_something_unmetered_now_and_then_does_not_spoil_it() -> None:
    curve = fit(pairs(USUAL, 8, strays=8))
    assert curve is not None
    assert curve.taken(60) == pytest.approx(USUAL.taken(60), abs=1.5)


def test_what_cannot_be_an_inverter_is_none() -> None:
    assert fit([]) is None
    assert fit(pairs(USUAL, 9)[:8]) is None
    assert fit([(60.0 + at % 2, 50.0) for at in range(60)]) is None  # always the same watts
    assert fit([(at, at * 2.0) for at in range(60)]) is None  # gives more than it takes
    assert fit([(300.0 - given, given) for _taken, given in pairs(USUAL, 10)]) is None
