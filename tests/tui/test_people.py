"""People added, given PINs and languages, and let go; with leave for whoever may not do that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.checkout.people import everybody, sign_in
from kiosk.checkout.pins import WrongPin
from kiosk.checkout.rights import NotAllowed
from kiosk.checkout.spoken import speak
from kiosk.tui.screens.leave import LeaveDialogue
from kiosk.tui.screens.lock import LockScreen
from kiosk.tui.screens.people import NewPinDialogue, PeopleScreen
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, TextDialogue
from kiosk.tui.widgets.listing import Listing
from tests.tui.hands import SIZES, flash_text, press, touch, touch_key
from tests.tui.looks import same_as_golden, text_of
from tests.tui.stall import at, shown, stall, until


async def test_somebody_is_added_and_can_sign_in(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "people") as (_screen, pilot):
            await press(pilot, "insert")
            await shown(pilot, TextDialogue)
            await press(pilot, *"Ada [/]", "enter")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "a")
            await until(pilot, lambda: "Which language" in text_of(pilot.app))
            await press(pilot, "a")
            for _time in range(2):
                await shown(pilot, NewPinDialogue)
                await press(pilot, *"4711")
                assert "4711" not in text_of(pilot.app)
                await press(pilot, "enter")
                await pilot.pause(0.02)
            await until(pilot, lambda: "can sign in now" in flash_text(pilot.app))
            ada = made.somebody("Ada [/]")
            assert (ada.role, sign_in(made.ledger, ada.id, "4711").name) == ("seller", "Ada [/]")


async def test_two_pins_that_differ_change_nothing(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "people", (80, 24)) as (screen, pilot):
            await touch(pilot, 4, screen.query_one(Listing).region.y + 1)
            await until(pilot, lambda: screen.who and screen.who.name == "Mia")
            await touch_key(pilot, "new_pin")
            for digits in ("4711", "4712"):
                await shown(pilot, NewPinDialogue)
                for digit in (*digits, "enter"):
                    await touch_key(pilot, digit)
                await pilot.pause(0.02)
            await until(pilot, lambda: "differ" in flash_text(pilot.app))
            assert sign_in(made.ledger, made.somebody("Mia").id, "1111")


async def test_a_new_pin_replaces_the_old_one_and_is_nobody_elses(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "people") as (_screen, pilot):
            await press(pilot, "up", "f5", *"2580", "enter")
            await pilot.pause(0.02)
            await press(pilot, *"2580", "enter")
            await until(pilot, lambda: "cannot be used" in flash_text(pilot.app))
            await press(pilot, "f5", *"98765", "enter")
            await pilot.pause(0.02)
            await press(pilot, *"98765", "enter")
            await until(pilot, lambda: "has a new PIN" in flash_text(pilot.app))
            mia = made.somebody("Mia")
            assert sign_in(made.ledger, mia.id, "98765")
            with pytest.raises(WrongPin):
                sign_in(made.ledger, mia.id, "1111")


async def test_a_language_follows_the_person(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "people") as (_screen, pilot):
            await press(pilot, "f4")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "b")
            await until(pilot, lambda: made.somebody("Sam").language == "de")
            await shown(pilot, PeopleScreen)
            await until(pilot, lambda: "Deutsch" in text_of(pilot.app))
            [(body,)] = made.rows("SELECT body FROM journal WHERE type = 'person.language'")
            assert json.loads(body) == {"by": "Sam", "language": "de", "name": "Sam"}


async def test_somebody_leaves_but_not_the_last_supervisor(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "people") as (_screen, pilot):
            await press(pilot, "delete")
            await shown(pilot, ConfirmDialogue)
            await press(pilot, "a")
            await until(pilot, lambda: "last supervisor" in flash_text(pilot.app))
            await press(pilot, "up", "delete", "b", "delete", "a")
            await until(pilot, lambda: [one.name for one in everybody(made.ledger)] == ["Sam"])


async def test_who_lets_themselves_go_is_signed_out(tmp_path: Path) -> None:
    from kiosk.checkout.people import add_person

    with stall(tmp_path) as made:
        add_person(made.ledger, "Ada", "supervisor", "4711")
        async with at(made, "people") as (screen, pilot):
            await until(pilot, lambda: screen.who and screen.who.name == "Sam")
            await press(pilot, "delete", "a")
            await shown(pilot, LockScreen)
            assert made.register.person is None


async def test_a_seller_needs_leave_and_the_journal_says_whose(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        async with at(made, "people") as (screen, pilot):
            await shown(pilot, LeaveDialogue)
            await press(pilot, *"2580", "enter")
            await until(pilot, lambda: screen.who)
            await press(pilot, "f5", *"4711", "enter")
            await pilot.pause(0.02)
            await press(pilot, *"4711", "enter")
            await until(pilot, lambda: "new PIN" in flash_text(pilot.app))
            [(body,)] = made.rows("SELECT body FROM journal WHERE type = 'person.pin'")
            assert json.loads(body) == {"by": "Sam", "name": "Mia"}


def test_a_seller_speaks_for_nobody_else(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        mia, sam = made.somebody("Mia"), made.somebody("Sam")
        with pytest.raises(NotAllowed):
            speak(made.ledger, sam, "de", by=mia)
        assert speak(made.ledger, mia, "de", by=mia).language == "de"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_looks_as_it_did(size: tuple[int, int], tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "people", size) as (screen, pilot):
            await until(pilot, lambda: screen.who)
            same_as_golden(pilot.app, f"people-{size[0]}x{size[1]}")
