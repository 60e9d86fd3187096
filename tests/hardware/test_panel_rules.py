"""Buttons that bounce, hold and go wild, against a clock that only moves when told to."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from hardware.device import Event
from hardware.panel.beeps import PATTERNS, Beeps
from hardware.panel.board import FLOOD, REST_S, STORM, STORM_S, Board
from hardware.panel.contact import Breaker, Contact
from hardware.panel.events import ButtonPressed, ContactWild, DrawerMoved
from hardware.panel.press import LONG_S

SETTLE = {"pay": 0.02, "plus": 0.02, "drawer": 0.05}


def board() -> Board:
    made = Board("panel", SETTLE)
    for name in SETTLE:
        made.begin(name, False)
    return made


def play(made: Board, name: str, edges: Iterable[tuple[float, bool]], until: float) -> list[Event]:
    """Edges at their times, looked at whenever something is due, as the panel's thread does."""
    happened: list[Event] = []
    for at, level in edges:
        while made.due is not None and made.due < at:
            happened += made.step(made.due)
        happened += made.edge(name, level, at)
    while made.due is not None and made.due <= until:
        happened += made.step(made.due)
    return happened


def bouncing(at: float, level: bool, times: int = 5, every_s: float = 0.002) -> list[tuple[float, bool]]:
    """A contact that flutters before it rests."""
    return [(at + n * every_s, level if n % 2 == 0 else not level) for n in range(2 * times + 1)]


def test_a_bouncing_press_is_one_press_when_it_is_let_go() -> None:
    happened = play(board(), "pay", [*bouncing(1.0, True), *bouncing(1.2, False)], until=3)
    assert happened == [ButtonPressed("panel", "pay", False, 1240)]


def test_a_glitch_shorter_than_the_settling_time_is_nothing() -> None:
    assert play(board(), "pay", [(1.0, True), (1.019, False)], until=3) == []
    assert len(play(board(), "pay", [(1.0, True), (1.021, False)], until=3)) == 1


def test_a_long_press_is_told_while_it_is_held_and_only_once() -> None:
    made = board()
    assert play(made, "plus", [(1.0, True)], until=1.02 + LONG_S - 0.001) == []
    held = play(made, "plus", [], until=10)
    assert held == [ButtonPressed("panel", "plus", True, int(1000 * (1.02 + LONG_S)))]
    assert play(made, "plus", bouncing(20.0, False), until=30) == []
    assert len(play(made, "plus", [(40.0, True), (40.1, False)], until=41)) == 1


def test_presses_looked_at_too_late_are_still_what_they_were() -> None:
    made = board()
    happened: list[Event] = []
    for at, level in [(1.0, True), (1.1, False), (2.0, True), (4.0, False)]:  # all of them at once, at five
        happened += made.edge("pay", level, at)
    happened += made.step(5.0)
    assert [(event.long, event.role) for event in happened if isinstance(event, ButtonPressed)] == [
        (False, "pay"),
        (True, "pay"),
    ]


def test_a_button_held_when_the_till_starts_presses_nothing() -> None:
    made = Board("panel", SETTLE)
    made.begin("pay", True)
    assert play(made, "pay", [(5.0, False)], until=6) == []
    assert len(play(made, "pay", [(7.0, True), (7.1, False)], until=8)) == 1


def test_the_drawer_tells_how_it_stands_at_the_start_and_when_it_moves() -> None:
    made = Board("panel", SETTLE)
    assert made.begin("drawer", True) == [DrawerMoved("panel", True)]
    assert play(made, "drawer", bouncing(1.0, False), until=2) == [DrawerMoved("panel", False)]
    assert play(made, "drawer", [(3.0, True), (3.04, False)], until=4) == []


def hammered(times: int, every_s: float, at: float = 1.0) -> list[tuple[float, bool]]:
    """Presses one after the other."""
    return [(at + n * every_s / 2, n % 2 == 0) for n in range(2 * times)]


def test_nobody_s_fingers_are_a_storm() -> None:
    fast = play(board(), "plus", hammered(25, 0.2), until=20)
    assert len(fast) == 25
    assert all(isinstance(event, ButtonPressed) for event in fast)


@pytest.mark.parametrize(
    "edges", [hammered(60, 0.08), bouncing(1.0, True, times=FLOOD, every_s=0.0001)], ids=["storm", "flood"]
)
def test_a_wild_contact_is_off_for_a_minute_and_takes_no_other_with_it(
    edges: list[tuple[float, bool]],
) -> None:
    made = board()
    happened = play(made, "plus", edges, until=8)
    assert [event for event in happened if isinstance(event, ContactWild)] == [ContactWild("panel", "plus")]
    assert len(happened) <= STORM // 2 + 1
    assert made.off == ("plus",)
    assert play(made, "plus", hammered(3, 0.2, at=9.0), until=10) == []
    assert len(play(made, "pay", hammered(3, 0.2, at=9.0), until=10)) == 3
    assert made.due is not None
    assert 1 < made.due - REST_S < 8
    assert made.rested(made.due - 0.01) == []
    assert made.rested(made.due) == ["plus"]
    made.begin("plus", False)
    assert len(play(made, "plus", hammered(3, 0.2, at=100.0), until=101)) == 3


def test_a_contact_that_settles_back_has_not_changed() -> None:
    contact = Contact(False, 0.02)
    contact.edge(True, 1.0)
    contact.edge(False, 1.001)
    assert contact.due is None
    assert not contact.settled(9)


def test_a_breaker_forgets() -> None:
    breaker = Breaker(STORM, STORM_S)
    assert not any(breaker.hit(n * 0.101) for n in range(1000))
    assert any(breaker.hit(1000 + n * 0.01) for n in range(60))


def test_an_error_is_three_beeps_and_ok_is_one() -> None:
    for beep, beeps in (("ok", 1), ("error", 3)):
        sounding = Beeps()
        sounding.play(beep, 10.0)  # type: ignore[arg-type]
        heard = [sounding.sounds(10 + n / 1000) for n in range(1000)]
        assert sum(not before and now for before, now in zip([False, *heard], heard, strict=False)) == beeps
        assert not heard[-1]
        assert sounding.due is None
    assert set(PATTERNS) == {"ok", "error"}
