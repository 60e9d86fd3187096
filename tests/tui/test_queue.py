"""What waits: slips in doubt printed again or given up, payments settled, a list that follows the queue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.catalogue.products import Catalogue
from kiosk.checkout import attempts, drafts, printqueue
from kiosk.checkout.basket import Basket, Item
from kiosk.checkout.tender import Attempt
from kiosk.station.events import QueueChanged
from kiosk.tui.screens.leave import LeaveDialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, TextDialogue
from kiosk.tui.screens.queue import QueueScreen
from kiosk.tui.widgets.listing import Listing
from tests.tui.fakes import FakeLamp
from tests.tui.hands import SIZES, flash_text, press, touch, touch_key
from tests.tui.looks import same_as_golden, text_of
from tests.tui.stall import Stall, at, shown, stall, until

DRAFT = "ab" * 16


def a_bad_morning(made: Stall) -> None:
    """Two receipts, one cut in the middle, and a card payment nobody knows the outcome of."""
    made.wait(30)
    made.sell("TOTE")
    made.sell("HONEY")
    for job in printqueue.open_jobs(made.ledger):
        if job.kind == "drawer":
            printqueue.cancel(made.ledger, job.id)
    first = printqueue.open_jobs(made.ledger)[0]
    printqueue.mark_sending(made.ledger, first.id)
    printqueue.mark_doubtful(made.ledger, first.id, "no answer from the printer")
    mug = Catalogue(made.ledger).by_sku("MUG-BLUE")
    assert mug is not None
    basket = Basket(made.settings.pricing).add(Item.of(mug.offer), 1000)
    drafts.park(made.ledger, DRAFT, basket, made.somebody("Mia"), "Anna [red hat]")
    attempts.store_attempt(made.ledger, DRAFT, Attempt("cd" * 16, "card", 1250, "unknown"))


def states(made: Stall) -> list[tuple[str, str, int]]:
    """Kind, state and copy of every print job but those of the drawer."""
    return made.rows("SELECT kind, state, copy FROM print_job WHERE kind <> 'drawer' ORDER BY id")


async def test_a_slip_in_doubt_is_printed_again_whole_and_marked(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        a_bad_morning(made)
        async with at(made, "prints") as (screen, pilot):
            await until(pilot, lambda: screen.attempt)
            await press(pilot, "down")
            await until(pilot, lambda: screen.job)
            assert "Receipt A-000001" in text_of(pilot.app)
            assert "No answer from the printer." in text_of(pilot.app)
            await press(pilot, "f5")
            await until(pilot, lambda: "printed again" in flash_text(pilot.app))
            assert states(made) == [("copy", "QUEUED", 1), ("receipt", "QUEUED", 0)]
            assert not screen.can("again"), "what waits is not printed twice"


async def test_a_slip_is_given_up_by_touch(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        a_bad_morning(made)
        async with at(made, "prints", (80, 24)) as (screen, pilot):
            await until(pilot, lambda: screen.attempt)
            listing = screen.query_one(Listing)
            await touch(pilot, listing.region.x + 6, listing.region.y + 7)
            await until(pilot, lambda: screen.job and screen.job.number == "A-000002")
            await touch_key(pilot, "give_up")
            await until(pilot, lambda: len(screen.waiting.jobs) == 1)
            assert states(made) == [("receipt", "DOUBTFUL", 0), ("receipt", "CANCELLED", 0)]


async def test_a_payment_of_another_sale_is_settled(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        a_bad_morning(made)
        async with at(made, "prints") as (screen, pilot):
            await until(pilot, lambda: screen.attempt)
            assert "Anna [red hat]" in text_of(pilot.app)
            await press(pilot, "f4")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "escape")
            await shown(pilot, QueueScreen)
            assert attempts.attempts_of(made.ledger, DRAFT)[0].state == "unknown"
            await touch_key(pilot, "settle")
            await shown(pilot, ChoiceDialogue)
            await touch_key(pilot, "a")
            await until(pilot, lambda: not screen.waiting.attempts)
            assert attempts.attempts_of(made.ledger, DRAFT)[0].state == "confirmed"
            assert "parked" in flash_text(pilot.app)


async def test_a_payment_of_the_sale_on_the_till_is_settled_there(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        a_bad_morning(made)
        async with at(made, "prints") as (screen, pilot):
            await until(pilot, lambda: screen.attempt)
            pilot.app.keeper.draft = DRAFT  # type: ignore[attr-defined]
            await screen.choose(screen.chosen)
            assert not screen.can("settle")
            await until(pilot, lambda: "It belongs to the sale on the till" in text_of(pilot.app))


def astray(made: Stall, state: str = "confirmed") -> None:
    """A payment whose sale is gone."""
    attempts.store_attempt(made.ledger, "gone", Attempt("k9", "card", 2030, state, "tx4711"))  # type: ignore[arg-type]


async def test_money_whose_sale_is_gone_is_cleared_by_a_supervisor_with_a_reason(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        astray(made)
        async with at(made, "prints") as (screen, pilot):
            await until(pilot, lambda: screen.attempt)
            assert "its sale is gone" in text_of(pilot.app)
            await press(pilot, "f4")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "a")
            await shown(pilot, LeaveDialogue)
            await press(pilot, "escape")
            await until(pilot, lambda: "no leave was given" in flash_text(pilot.app))
            assert attempts.open_attempts(made.ledger), "a seller alone clears nothing"
            await press(pilot, "f4")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "a")
            await shown(pilot, LeaveDialogue)
            await press(pilot, *"2580", "enter")
            await until(pilot, lambda: "journal" in flash_text(pilot.app))
            assert screen.waiting.attempts == ()
            ((body,),) = made.rows("SELECT body FROM journal WHERE type = 'payment.cleared'")
            assert json.loads(body)["why"] == "given back on the reader"
            assert (json.loads(body)["w"], json.loads(body)["by"]) == ("Mia", "Sam")
            assert made.rows("SELECT id, state FROM payment_attempt") == [("k9", "cancelled")]


async def test_money_is_cleared_by_touch_with_a_reason_in_words(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        astray(made)
        async with at(made, "prints", (80, 24)) as (screen, pilot):
            await until(pilot, lambda: screen.attempt)
            await touch_key(pilot, "settle")
            await shown(pilot, ChoiceDialogue)
            await touch_key(pilot, "d")
            await shown(pilot, TextDialogue)
            await touch_key(pilot, "enter")
            assert attempts.open_attempts(made.ledger), "no reason, no clearing"
            for letter in "lost":
                await touch_key(pilot, letter if letter != "l" else "L")
            await touch_key(pilot, "enter")
            await until(pilot, lambda: not screen.waiting.attempts)
            ((body,),) = made.rows("SELECT body FROM journal WHERE type = 'payment.cleared'")
            assert json.loads(body)["why"] == "Lost"


async def test_an_unknown_payment_whose_sale_is_gone_is_first_settled_then_cleared(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        astray(made, "unknown")
        async with at(made, "prints") as (screen, pilot):
            await until(pilot, lambda: screen.attempt)
            await press(pilot, "f4")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "a")
            await until(pilot, lambda: "sale is gone" in flash_text(pilot.app))
            await press(pilot, "f4")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "c")
            await until(pilot, lambda: not screen.waiting.attempts)


async def test_the_list_follows_the_queue(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "prints") as (screen, pilot):
            assert "nothing waits" in text_of(pilot.app)
            made.sell("TOTE")
            made.lamps = (*made.lamps, FakeLamp("queue", "warn", "1 waiting"))
            for callback in made.heard:
                callback(QueueChanged(1, 0))
            await until(pilot, lambda: len(screen.waiting.jobs) == 1)
            assert "Receipt A-000001" in text_of(pilot.app)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    ("scene", "keys"),
    [("payment", ()), ("doubt", ("down",)), ("astray", ()), ("clear", ("f4",)), ("nothing", None)],
)
async def test_it_looks_as_it_did(
    scene: str, keys: tuple[str, ...] | None, size: tuple[int, int], tmp_path: Path
) -> None:
    with stall(tmp_path) as made:
        if scene in {"astray", "clear"}:
            astray(made)
        elif keys is not None:
            a_bad_morning(made)
        async with at(made, "prints", size) as (_screen, pilot):
            await pilot.pause(0.02)
            await press(pilot, *(keys or ()))
            await pilot.pause(0.05)
            same_as_golden(pilot.app, f"prints-{scene}-{size[0]}x{size[1]}")
