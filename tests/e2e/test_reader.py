"""A card reader that a plug-in brings, in a real terminal: waited for, killed beside, asked again, left."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.ledger.connection import Ledger
from tests.e2e.terminal import Terminal, kill, till_of
from tests.e2e.test_terminal import sold

PLUG_IN = """
from pathlib import Path
from kiosk.checkout.payments.method import Answer, Instruction

class Reader:
    label = "Reader"
    opens_drawer = can_overpay = needs_reference = False
    confirmed_by = "reader"

    def __init__(self, name, table):
        self.name, self.says = name, Path(table["says"])

    def _answer(self):
        words = self.says.read_text().split()
        if words[0] == "silent":
            raise TimeoutError("no line")
        return Answer(*words)

    def start(self, request):
        self.says.with_suffix(".asked").open("a").write(request.attempt + "\\n")
        return Instruction("Hand the reader to the customer.")

    def poll(self, request):
        return self._answer()

    def cancel(self, request):
        answer = self._answer()
        return Answer("cancelled") if answer.state == "pending" else answer
"""
"""Written as somebody outside of this project would write it."""


@pytest.fixture
def says(terminal: Terminal, shop: Path, tmp_path: Path) -> Path:
    """Install the plug-in and name it in the shop; the file its reader's answers are read from."""
    site = tmp_path / "site"
    told = site / "barrow_reader-1.0.dist-info"
    told.mkdir(parents=True)
    (site / "barrow_reader.py").write_text(PLUG_IN)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: barrow-reader\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[barrow.payments]\nreader = barrow_reader:Reader\n")
    terminal.account["PYTHONPATH"] = str(site)
    answers = tmp_path / "answers"
    answers.write_text("pending")
    settings = shop / "shop.toml"
    text = settings.read_text("utf-8").replace('"qr"]', '"qr", "reader"]')
    settings.write_text(
        text.replace("[payments.qr]", f'[payments.reader]\nsays = "{answers}"\n\n[payments.qr]')
    )
    return answers


def begun(terminal: Terminal, shop: Path) -> None:
    """Sign in and sell a mug by the reader."""
    terminal.open("--shop", str(shop))
    terminal.sign_in("a", "Mia", "1111")
    terminal.press("a")
    terminal.shows("1 item")
    terminal.press("C-w")
    terminal.shows("Hand the reader to the customer.", "cancel")


def tries(shop: Path) -> list[tuple[str, str]]:
    """Key and state of every try in the ledger."""
    with Ledger.open(shop / "ledger.db", readonly=True) as ledger:
        return [(key, state) for key, state in ledger.rows("SELECT id, state FROM payment_attempt")]


def test_a_reader_of_a_plug_in_takes_the_money(terminal: Terminal, shop: Path, says: Path) -> None:
    begun(terminal, shop)
    says.write_text("confirmed R-77")
    terminal.shows("A-000001 · total €12.50 · Reader 12.50")
    assert sold(shop) == [("A-000001", 1250)]


def test_a_till_killed_while_it_waits_asks_about_the_same_payment(
    terminal: Terminal, shop: Path, says: Path
) -> None:
    begun(terminal, shop)
    terminal.until(lambda: [state for _key, state in tries(shop)] == ["pending"], "a try on disk")
    kill(till_of(shop))
    assert terminal.ended() == 137
    terminal.leave()
    says.write_text("confirmed R-78")
    terminal.open("--shop", str(shop))
    terminal.sign_in("b", "Sam", "2580")
    terminal.shows("Was it paid? Look, then say so.", "waiting")
    terminal.press("F4")
    terminal.shows("Ask the reader again")
    terminal.press("a")
    terminal.shows("A-000001 · total €12.50 · Reader 12.50")
    assert sold(shop) == [("A-000001", 1250)]
    ((key, state),) = tries(shop)
    assert state == "confirmed"
    assert says.with_suffix(".asked").read_text().split() == [key], "the money was asked for once"


def test_a_silent_reader_is_left_open_and_settled_by_the_supervisor(
    terminal: Terminal, shop: Path, says: Path
) -> None:
    begun(terminal, shop)
    says.write_text("silent")
    terminal.shows("No answer (no line)")
    terminal.press("F6")
    terminal.shows("nobody knows: ask")
    terminal.press("F4")
    terminal.shows("Ask the reader again")
    terminal.press("c")
    terminal.shows("not paid", "CASH")
    terminal.press("F5")
    terminal.shows("exact")
    terminal.press("a")
    terminal.shows("A-000001 · total €12.50 · Cash 12.50")
    assert sold(shop) == [("A-000001", 1250)]
