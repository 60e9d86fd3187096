"""Eight digits and the keypad's patience."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest

from kiosk.pickup import codes
from kiosk.pickup.codes import NoSecret, NotACode
from kiosk.pickup.lockout import DAY_S, Lockout, rest_after

HOUR_MS = 3_600_000


@pytest.mark.parametrize("typed", ["48210934", "4821 0934", "4821-0934", " 4821\u00a00934 "])
def test_a_code_is_read_as_it_is_typed(typed: str) -> None:
    assert codes.read(typed) == "48210934"
    assert codes.show("48210934") == "4821 0934"


@pytest.mark.parametrize(
    "typed", ["", "1234567", "123456789", "4821O934", "٤٨٢١٠٩٣٤", "48210934\n1", "-4821093"]
)
def test_what_is_no_code_is_not_looked_up(typed: str) -> None:
    with pytest.raises(NotACode):
        codes.read(typed)


def test_a_stored_code_says_nothing_without_the_secret_and_nothing_elsewhere() -> None:
    key = codes.key_of(b"a" * 32, "hub-1", "4821 0934")
    assert key == codes.key_of(b"a" * 32, "hub-1", "48210934")
    assert key != codes.key_of(b"a" * 32, "hub-2", "48210934")
    assert key != codes.key_of(b"b" * 32, "hub-1", "48210934")
    assert b"48210934" not in key


def test_a_drawn_code_is_one_that_nobody_has() -> None:
    draws = iter([5, 5, 17])
    assert codes.draw(lambda code: code == "00000005", lambda _most: next(draws)) == "00000017"
    with pytest.raises(codes.Exhausted):
        codes.draw(lambda _code: True)


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    secret = codes.make_secret(tmp_path)
    assert codes.make_secret(tmp_path) == secret
    assert [path.name for path in tmp_path.iterdir()] == [codes.KEY_FILE]
    assert (tmp_path / codes.KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_a_secret_whose_making_was_cut_off_is_made_anew_and_one_that_came_first_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_path: Path) -> None:
        raise InterruptedError

    with monkeypatch.context() as power:
        power.setattr(codes, "sync_file", cut)
        with pytest.raises(InterruptedError):
            codes.make_secret(tmp_path)
        assert not (tmp_path / codes.KEY_FILE).exists(), "half a secret would shut everybody out"
        power.setattr(codes, "sync_file", lambda _path: other(tmp_path))
        assert codes.make_secret(tmp_path) == b"k" * 32


def other(folder: Path) -> None:
    """Another process makes the secret in the meantime."""
    path = folder / codes.KEY_FILE
    path.write_bytes(b"k" * 32)
    path.chmod(0o600)


@pytest.mark.parametrize("harm", ["missing", "open", "damaged"])
def test_a_secret_that_is_no_secret_is_refused(harm: str, tmp_path: Path) -> None:
    codes.make_secret(tmp_path)
    path = tmp_path / codes.KEY_FILE
    if harm == "missing":
        path.unlink()
    elif harm == "open":
        path.chmod(0o644)
    else:
        path.write_bytes(b"short")
    with pytest.raises(NoSecret):
        codes.read_secret(tmp_path)


def test_the_keypad_rests_longer_and_longer() -> None:
    assert [rest_after(n) for n in (1, 4, 5, 6, 10, 15, 20, 21, 25, 30)] == [
        0, 0, 60, 0, 900, 3600, 14_400, 0, DAY_S, DAY_S,
    ]  # fmt: skip


def test_a_restart_or_another_wall_clock_does_not_shorten_a_rest() -> None:
    keypad = Lockout(9).missed("boot-1", 1_000_000)
    assert keypad.left_ms("boot-1", 1_000_000) == 900_000
    assert keypad.left_ms("boot-1", 1_000_000 + 600_000) == 300_000
    assert keypad.left_ms("boot-2", 0) == 900_000
    assert keypad.left_ms("boot-2", 600_000) == 300_000
    carried = keypad.carried("boot-2", 600_000)
    assert carried.left_ms("boot-3", 0) == 300_000
    assert carried.wrong == keypad.wrong
    assert keypad.left_ms("boot-1", 0) == 900_000


def test_staff_are_told_at_twenty() -> None:
    assert not Lockout(19).alerts
    assert Lockout(19).missed("b", 0).alerts


def test_thirty_five_tries_fit_into_three_days() -> None:
    """The number behind the odds: an attacker who never stops has 35 tries in 72 hours, no more."""
    keypad, now, tries = Lockout(), 0, 0
    while now < 72 * HOUR_MS:
        left = keypad.left_ms("boot", now)
        if left:
            now += left
            continue
        keypad, tries, now = keypad.missed("boot", now), tries + 1, now + 5_000
    assert tries == 35


def chance(space: int, tries: int, live: int) -> float:
    """The chance that so many distinct guesses find one of the live codes."""
    return 1 - math.prod(1 - tries / (space - n) for n in range(live))


@pytest.mark.parametrize(
    ("digits", "tries", "live", "odds"),
    [
        # The table the length of the code was chosen by; 1,440 tries are 72 hours at five in a quarter hour.
        (4, 1440, 48, 0.999), (6, 1440, 48, 0.067), (8, 1440, 48, 0.0007),
        (4, 35, 48, 0.155), (6, 35, 48, 0.0017), (8, 35, 48, 0.000017),
    ],
)  # fmt: skip
def test_the_odds_are_those_the_code_was_chosen_by(digits: int, tries: int, live: int, odds: float) -> None:
    assert chance(10**digits, tries, live) == pytest.approx(odds, rel=0.05)


def test_four_digits_behind_the_same_lockout_fall_as_often_as_computed() -> None:
    """The same 35 tries against short codes, where hits are frequent enough to be counted."""
    dice = random.Random(1)
    falls = sum(
        not set(dice.sample(range(10_000), 48)).isdisjoint(dice.sample(range(10_000), 35))
        for _three_days in range(2000)
    )
    assert falls / 2000 == pytest.approx(chance(10_000, 35, 48), abs=0.025)
