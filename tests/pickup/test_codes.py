"""Eight digits and the keypad's patience."""

from __future__ import annotations

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
    assert (tmp_path / codes.KEY_FILE).stat().st_mode & 0o777 == 0o600


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


def test_staff_are_told_at_twenty_and_a_right_code_forgets_it_all() -> None:
    assert not Lockout(19).alerts
    assert Lockout(19).missed("b", 0).alerts
    assert Lockout(24).hit() == Lockout()


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


def test_ten_thousand_random_tries_against_forty_eight_full_boxes_find_none() -> None:
    """48 codes of 100 million: 10,000 distinct tries find one with 0.5 %, and they would take five years."""
    dice = random.Random(1)
    secret = b"k" * 32
    boxes = {codes.key_of(secret, "hub", f"{dice.randrange(codes.SPACE):08}") for _ in range(48)}
    hits = sum(
        codes.key_of(secret, "hub", f"{dice.randrange(codes.SPACE):08}") in boxes for _ in range(10_000)
    )
    assert hits == 0
    keypad, days = Lockout(), 0.0
    for _ in range(10_000):
        keypad = keypad.missed("boot", 0)
        days += keypad.rest_ms / 86_400_000
    assert days > 5 * 365
