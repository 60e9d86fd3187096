"""A reader the till talks to: it answers, refuses, says nothing, is cancelled or answers too late."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.checkout.attempts import open_attempts
from kiosk.checkout.payments.method import Answer, Instruction
from kiosk.ledger.errors import LedgerFull
from kiosk.tui.app import BarrowApp
from kiosk.tui.screens import reader as reader_screen
from kiosk.tui.screens.cash import CashDialogue
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.help import HelpScreen
from kiosk.tui.screens.prompts import ChoiceDialogue, NumberDialogue
from kiosk.tui.screens.reader import ReaderDialogue
from kiosk.tui.screens.tender import TenderScreen
from kiosk.tui.screens.till import TillScreen
from kiosk.tui.widgets.title import Title
from tests.tui.hands import flash_text, press, touch_key
from tests.tui.looks import text_of
from tests.tui.paying import Held, Reader, killed, paid, selling, tries, with_reader
from tests.tui.scenes import two_readers
from tests.tui.stall import Stall, shown, until

SILENT = TimeoutError("timed out")


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ask the reader again at once: how long to wait between two questions is tested with `pending`."""
    monkeypatch.setattr(reader_screen, "pause_s", lambda _attempt: 0.02)
    yield


@asynccontextmanager
async def with_a(
    device: Reader, folder: Path, *skus: str
) -> AsyncIterator[tuple[Stall, BarrowApp, Pilot[Any]]]:
    """A till with this reader, asked for the whole sale."""
    goods = skus or ("MUG-BLUE",)
    async with selling(folder, *goods, methods={"reader": device}, alter=with_reader) as (made, app, pilot):
        await press(pilot, "ctrl+w")
        yield made, app, pilot


def asked(device: Reader) -> list[str]:
    """What the reader was asked, without repetitions of the same question."""
    words = [what for what, _attempt, _amount in device.asked]
    return [word for at, word in enumerate(words) if at == 0 or words[at - 1] != word]


async def test_the_readers_yes_books_the_sale(tmp_path: Path) -> None:
    device = Reader(answers=[Answer("pending"), Answer("pending"), Answer("confirmed", "R-77")])
    async with with_a(device, tmp_path) as (made, _app, pilot):
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("reader", "tender", 1250)]
        assert made.rows("SELECT reference FROM payment") == [("R-77",)]
        assert tries(made) == [("reader", 1250, "confirmed", True)]
        assert len({attempt for _what, attempt, _amount in device.asked}) == 1, "one key for one try"
        assert asked(device) == ["start", "poll"]
        assert made.rows("SELECT kind FROM print_job") == [("receipt",)], "the drawer stays shut"


async def test_the_readers_no_leaves_the_choice_of_another_way(tmp_path: Path) -> None:
    device = Reader(answers=[Answer("failed", "R-78", "Declined by the bank.")])
    async with with_a(device, tmp_path) as (made, app, pilot):
        await shown(pilot, TenderScreen)
        await until(pilot, lambda: flash_text(app) == "Declined by the bank.")
        assert tries(made) == [("reader", 1250, "failed", False)]
        assert "not paid R-78" in text_of(app)
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 1250)]
        assert ("reader", 1250, "failed", True) in tries(made), "the sale remembers the try"


async def test_a_reader_that_refuses_to_start_moved_nothing(tmp_path: Path) -> None:
    device = Reader(starts=[ValueError("too little: at least 1.00")])  # type: ignore[list-item]
    async with with_a(device, tmp_path) as (made, app, pilot):
        await until(pilot, lambda: flash_text(app) == "Too little: at least 1.00")
        assert tries(made) == [("reader", 1250, "failed", False)]
        assert made.register.tender is not None and made.register.tender.open is None


async def test_silence_is_unknown_and_the_till_asks_on(tmp_path: Path) -> None:
    device = Reader(answers=[SILENT, SILENT, Answer("confirmed", "R-1")])
    async with with_a(device, tmp_path) as (made, _app, pilot):
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("reader", "tender", 1250)]
        assert made.rows("SELECT body FROM journal WHERE type = 'payment.settled'"), "unknown, then paid"


async def test_a_silent_reader_is_left_and_asked_again_later(tmp_path: Path) -> None:
    device = Reader(answers=[SILENT] * 500)
    async with with_a(device, tmp_path) as (made, app, pilot):
        await shown(pilot, ReaderDialogue)
        await until(pilot, lambda: "No answer" in flash_text(app))
        await press(pilot, "f5", "enter")
        assert isinstance(app.screen, ReaderDialogue), "whether it is paid is the reader's to say"
        await press(pilot, "f6")
        await shown(pilot, TenderScreen)
        assert tries(made) == [("reader", 1250, "unknown", False)]
        assert "nobody knows" in text_of(app)
        await press(pilot, "f5", "f6", "ctrl+w")
        assert isinstance(app.screen, TenderScreen), "nothing else is taken while it is open"
        device.answers[:] = [Answer("confirmed", "R-9")]
        await press(pilot, "f4")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("reader", "tender", 1250)]


async def test_the_seller_cancels_and_the_reader_agrees(tmp_path: Path) -> None:
    device = Reader(answers=[Answer("pending")] * 500)
    async with with_a(device, tmp_path) as (made, _app, pilot):
        await shown(pilot, ReaderDialogue)
        await press(pilot, "escape")
        await shown(pilot, TenderScreen)
        assert asked(device)[-1] == "cancel"
        assert tries(made) == [("reader", 1250, "cancelled", False)]
        await press(pilot, "escape")
        await shown(pilot, TillScreen)


async def test_cancelled_too_late_is_paid(tmp_path: Path) -> None:
    device = Reader(cancels=[Answer("confirmed", "R-3", "Paid in that very moment.")])
    async with with_a(device, tmp_path) as (made, _app, pilot):
        await shown(pilot, ReaderDialogue)
        await press(pilot, "escape")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("reader", "tender", 1250)]


async def test_cancelling_without_an_answer_leaves_it_open(tmp_path: Path) -> None:
    device = Reader(cancels=[SILENT])
    async with with_a(device, tmp_path) as (made, app, pilot):
        await shown(pilot, ReaderDialogue)
        await touch_key(pilot, "cancel")
        await shown(pilot, TenderScreen)
        assert tries(made) == [("reader", 1250, "unknown", False)]
        assert "No answer" in flash_text(app)


async def test_cancelling_that_the_reader_puts_off_goes_on_waiting(tmp_path: Path) -> None:
    device = Reader(cancels=[Answer("pending", words="The customer is typing the PIN.")])
    async with with_a(device, tmp_path) as (_made, app, pilot):
        await shown(pilot, ReaderDialogue)
        await press(pilot, "escape")
        await until(pilot, lambda: "typing the PIN" in flash_text(app))
        assert isinstance(app.screen, ReaderDialogue)
        device.answers.append(Answer("confirmed"))
        await shown(pilot, ChangeScreen)


async def test_a_part_of_it_cancels_first_and_then_asks_for_less(tmp_path: Path) -> None:
    device = Reader()
    async with with_a(device, tmp_path) as (made, _app, pilot):
        await shown(pilot, ReaderDialogue)
        await press(pilot, "f7")
        await shown(pilot, NumberDialogue)
        assert tries(made) == [("reader", 1250, "cancelled", False)]
        device.answers.append(Answer("confirmed", "R-4"))
        await press(pilot, "1", "0", "enter")
        await until(pilot, lambda: made.register.tender and made.register.tender.paid == 1000)
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("reader", "tender", 1000), ("cash", "tender", 250)]


async def test_a_part_asked_for_too_late_is_all_paid(tmp_path: Path) -> None:
    device = Reader(cancels=[Answer("confirmed")])
    async with with_a(device, tmp_path) as (made, _app, pilot):
        await shown(pilot, ReaderDialogue)
        await press(pilot, "f7")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("reader", "tender", 1250)]


async def test_an_answer_waits_behind_the_help(tmp_path: Path) -> None:
    device = Reader()
    async with with_a(device, tmp_path) as (made, app, pilot):
        await shown(pilot, ReaderDialogue)
        await press(pilot, "f1")
        await shown(pilot, HelpScreen)
        device.answers.append(Answer("confirmed"))
        await until(pilot, lambda: tries(made) == [("reader", 1250, "confirmed", False)])
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape")
        await shown(pilot, ChangeScreen)


async def test_an_answer_after_the_seller_left_is_told_wherever_they_are(tmp_path: Path) -> None:
    device = Reader(answers=[Answer("confirmed", "R-5")])
    async with selling(tmp_path, methods={"reader": device}, alter=with_reader) as (made, app, pilot):
        thread = Held(made)
        await press(pilot, "ctrl+w")
        await until(pilot, lambda: thread.busy)
        thread.done()  # it is begun
        await shown(pilot, ReaderDialogue)
        await until(pilot, lambda: thread.busy)  # the question is out
        await press(pilot, "f6")
        await shown(pilot, TenderScreen)
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        thread.done()
        await until(pilot, lambda: "Reader €12.50 was paid after all" in flash_text(app))
        assert tries(made) == [("reader", 1250, "confirmed", False)]
        await press(pilot, "f5")
        await shown(pilot, TenderScreen)
        await until(pilot, lambda: flash_text(app) == "Was it paid? Look, then say so.")
        await press(pilot, "f4")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "c")  # not paid, says the seller; the ledger knows better
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("reader", "tender", 1250)]


async def test_a_late_nobody_knows_does_not_hold_the_sale_up(tmp_path: Path) -> None:
    device = Reader(answers=[SILENT])  # type: ignore[list-item]
    async with selling(tmp_path, methods={"reader": device}, alter=with_reader) as (made, _app, pilot):
        thread = Held(made)
        await press(pilot, "ctrl+w")
        await until(pilot, lambda: thread.busy)
        thread.done()
        await shown(pilot, ReaderDialogue)
        await until(pilot, lambda: thread.busy)
        await press(pilot, "f6")
        await shown(pilot, TenderScreen)
        await press(pilot, "f4")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "c")
        await until(pilot, lambda: tries(made) == [("reader", 1250, "failed", False)])
        thread.done()
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 1250)]


async def test_money_that_comes_after_the_sale_was_paid_otherwise_is_not_lost(tmp_path: Path) -> None:
    device = Reader(answers=[Answer("confirmed", "R-6")])
    async with selling(tmp_path, methods={"reader": device}, alter=with_reader) as (made, app, pilot):
        thread = Held(made)
        await press(pilot, "ctrl+w")
        await until(pilot, lambda: thread.busy)
        thread.done()
        await shown(pilot, ReaderDialogue)
        await until(pilot, lambda: thread.busy)
        await press(pilot, "f6")
        await shown(pilot, TenderScreen)
        await press(pilot, "f4")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "c")
        await until(pilot, lambda: made.register.tender and made.register.tender.open is None)
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        thread.done()
        await until(pilot, lambda: "was paid after all" in flash_text(app))
        assert paid(made) == [("cash", "tender", 1250)]
        (astray,) = open_attempts(made.ledger)
        assert (astray.attempt.state, astray.attempt.reference) == ("confirmed", "R-6")


async def test_a_slow_reader_does_not_freeze_the_till_and_cannot_be_asked_twice(tmp_path: Path) -> None:
    device = Reader()
    async with selling(tmp_path, methods={"reader": device}, alter=with_reader) as (made, app, pilot):
        thread = Held(made)
        await press(pilot, "ctrl+w")
        await until(pilot, lambda: thread.busy)
        assert flash_text(app) == "Asking for €12.50…"
        await press(pilot, "f5", "f6", "ctrl+w", "escape", "enter")
        assert isinstance(app.screen, TenderScreen)
        await press(pilot, "f1")
        await shown(pilot, HelpScreen)
        thread.done()
        await shown(pilot, ReaderDialogue)
        assert [what for what, _attempt, _amount in device.asked] == ["start"]


async def test_a_try_is_on_disk_before_the_reader_is_asked(tmp_path: Path) -> None:
    seen: list[list[tuple[str, int, str, bool]]] = []

    class Witness(Reader):
        def start(self, request: Any) -> Instruction:
            seen.append(tries(made))
            return super().start(request)

    async with selling(tmp_path, methods={"reader": Witness()}, alter=with_reader) as (made, _app, pilot):
        await press(pilot, "ctrl+w")
        await shown(pilot, ReaderDialogue)
        assert seen == [[("reader", 1250, "pending", False)]]


async def test_on_a_full_disk_nobody_is_asked_for_money(tmp_path: Path) -> None:
    device = Reader()
    async with selling(tmp_path, methods={"reader": device}, alter=with_reader) as (made, app, pilot):
        made.refuse |= {"begin": LedgerFull("disk"), "save_open": LedgerFull("disk")}
        await press(pilot, "ctrl+w")
        await until(pilot, lambda: "disk is full" in flash_text(app))
        assert device.asked == []
        assert made.register.tender is not None and made.register.tender.open is None


async def test_an_answer_that_cannot_be_written_down_is_no_answer(tmp_path: Path) -> None:
    device = Reader()
    async with with_a(device, tmp_path) as (made, app, pilot):
        await shown(pilot, ReaderDialogue)
        made.refuse |= {"ask": LedgerFull("disk")}
        await until(pilot, lambda: "disk is full" in flash_text(app))
        made.refuse.clear()
        device.answers.append(Answer("confirmed"))
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("reader", "tender", 1250)]


async def test_after_a_kill_the_reader_is_asked_what_became_of_it(tmp_path: Path) -> None:
    async with with_a(Reader(), tmp_path) as (made, _app, pilot):
        await shown(pilot, ReaderDialogue)
        device = Reader(answers=[Answer("confirmed", "R-8")])
        async with killed(made, tmp_path, {"reader": device}) as (again, later, hands):
            await shown(hands, TenderScreen)
            await until(hands, lambda: flash_text(later) == "Was it paid? Look, then say so.")
            assert tries(again) == [("reader", 1250, "pending", False)]
            assert device.asked == [], "nobody is asked before a person says so"
            await press(hands, "f4")
            await shown(hands, ChoiceDialogue)
            await press(hands, "a")
            await shown(hands, ChangeScreen)
            assert paid(again) == [("reader", "tender", 1250)]
            ((key,),) = made.rows("SELECT id FROM payment_attempt")
            assert {attempt for _what, attempt, _amount in device.asked} == {key}


async def test_a_payment_of_a_plug_in_that_is_gone_is_settled_by_a_person(tmp_path: Path) -> None:
    async with with_a(Reader(), tmp_path) as (made, _app, pilot):
        await shown(pilot, ReaderDialogue)
        async with killed(made, tmp_path) as (again, later, hands):
            await shown(hands, TenderScreen)
            await press(hands, "f4")
            dialogue = await shown(hands, ChoiceDialogue)
            assert [option.value for option in dialogue.options] == ["paid", "not"]
            await press(hands, "a")
            await shown(hands, ChangeScreen)
            assert paid(again) == [("reader", "tender", 1250)]
            assert "reader 12.50" in text_of(later)


async def test_the_other_key_asks_which_of_several_ways(tmp_path: Path) -> None:
    device, wallet = Reader(), Reader("wallet", "Wallet", answers=[Answer("confirmed")])
    methods = {"reader": device, "wallet": wallet}
    async with selling(tmp_path, methods=methods, alter=two_readers) as (made, _app, pilot):
        await touch_key(pilot, "other")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        assert tries(made) == []
        await press(pilot, "ctrl+w")
        await shown(pilot, ChoiceDialogue)
        await touch_key(pilot, "b")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("wallet", "tender", 1250)]
        assert device.asked == []


async def test_a_way_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    async with selling(tmp_path, alter=with_reader) as (made, app, pilot):
        assert "reader" in made.method_problems
        await press(pilot, "ctrl+w")
        await shown(pilot, TenderScreen)
        await until(pilot, lambda: "no payment method" in flash_text(app).lower())


async def test_a_reader_with_a_broken_driver_is_an_unknown_payment_and_no_crash(tmp_path: Path) -> None:
    device = Reader(answers=[KeyError("amount"), Answer("confirmed")])  # type: ignore[list-item]
    async with with_a(device, tmp_path) as (made, _app, pilot):
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("reader", "tender", 1250)]


async def test_hostile_words_of_a_reader_are_only_words(tmp_path: Path) -> None:
    words = "[@click=app.quit]x[/] \x1b[2J \u202eevil " + "long " * 100
    device = Reader(
        label="[b]R[/]", starts=[Instruction(words, payee=words)], answers=[Answer("failed", words, words)]
    )
    async with with_a(device, tmp_path, "MUG-BLUE", "HONEY") as (_made, app, pilot):
        await shown(pilot, TenderScreen)
        text = text_of(app)
        assert "\x1b" not in text and "\u202e" not in text
        assert "[@click" in text
        assert all(len(line) <= 100 for line in text.splitlines())
        assert app.screen.query_one(Title).title == "To pay"


async def test_an_answer_while_the_dialogue_is_being_taken_down_harms_nothing(tmp_path: Path) -> None:
    """Every turn of the loop between leaving it and its end is tried."""
    device = Reader()
    async with selling(tmp_path, methods={"reader": device}, alter=with_reader) as (made, app, pilot):
        thread = Held(made)
        await press(pilot, "ctrl+w")
        for turns in range(24):
            await until(pilot, lambda: thread.busy)
            thread.done()
            dialogue = await shown(pilot, ReaderDialogue)
            await until(pilot, lambda: thread.busy)
            device.answers[:] = [Answer("pending", words="The customer reads.")]
            dialogue.key_f6()
            for _turn in range(turns):
                await asyncio.sleep(0)
            thread.done()
            await shown(pilot, TenderScreen)
            await until(pilot, lambda: app.screen.can("settle"))  # type: ignore[attr-defined]
            assert not thread.busy, "who was left asks no more"
            await press(pilot, "f4")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "c")
            await until(pilot, lambda: app.screen.can("other"))  # type: ignore[attr-defined]
            await press(pilot, "ctrl+w")
