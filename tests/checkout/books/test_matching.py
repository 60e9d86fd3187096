"""Sales whose rows were changed behind the journal's back are found, and honest ones never."""

from __future__ import annotations

import re

import apsw
import pytest

from kiosk.checkout.basketline import Discount
from kiosk.checkout.matching import first_stray
from kiosk.checkout.refund import refund
from kiosk.checkout.sale import commit
from kiosk.cli import main
from tests.checkout.books.stall import Stall


@pytest.fixture
def sold(stall: Stall) -> Stall:
    """A stall after a plain sale, one of everything, a practice sale and a refund."""
    commit(stall.ledger, stall.sale(stall.basket("MUG", "BREAD")))
    rich = stall.basket("LAMP", ("OLIVES", 335), "WINE").discount_sale(Discount(percent=100_000))
    receipt = commit(stall.ledger, stall.sale(rich, ("card", "cash"), 50, person=stall.sam))
    commit(stall.ledger, stall.sale(stall.basket("MUG"), training=True))
    refund(stall.ledger, receipt.id, {1: 1000, 2: 100}, "refund", stall.sam)
    return stall


def tamper(stall: Stall, sql: str) -> None:
    """Change the file as somebody with a database browser would, triggers and all."""
    browser = apsw.Connection(str(stall.ledger.path))
    for (name,) in browser.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        browser.execute(f'DROP TRIGGER "{name}"')
    browser.execute(sql)
    browser.close()


def test_an_honest_day_has_no_stray(sold: Stall) -> None:
    assert first_stray(sold.ledger) is None


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE sale SET net = net - 100, total = total - 100 WHERE number = 1", "A-000001 .* totals"),
        ("UPDATE payment SET amount = amount - 100", "A-000001 .* payments"),
        ("UPDATE sale_tax SET tax = tax - 1", "A-000001 .* taxes"),
        ("UPDATE sale_line SET quantity = 5000 WHERE line = 2", "A-000001 .* lines"),
        ("UPDATE sale SET number = 77 WHERE number = 2", "A-000002 .* number"),
        ("DELETE FROM sale WHERE number = 1", "missing"),
        ("DELETE FROM sale_line WHERE refunds_line IS NOT NULL", "A-000003 .* lines"),
        ("UPDATE sale SET kind = 'training' WHERE number = 1 AND series = 'A'", "does not tell"),
    ],
)
def test_a_sale_that_was_changed_is_named(
    sold: Stall, sql: str, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(sold, sql)
    assert main(["journal", "--shop", str(sold.ledger.path.parent), "verify"]) == 1
    assert re.search(what, capsys.readouterr().out)
