"""Jobs of the print queue from a real ledger: a cash-rounded sale, its counted copy, its refund, the Z."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout import printqueue
from kiosk.checkout.basket import Basket, Item
from kiosk.checkout.cash import CashRounding
from kiosk.checkout.money import Currency
from kiosk.checkout.people import Person, add_person
from kiosk.checkout.print_rows import rows_of
from kiosk.checkout.printqueue import Job
from kiosk.checkout.refund import refund
from kiosk.checkout.sale import NewSale, Receipt, commit
from kiosk.checkout.shift import open_shift
from kiosk.checkout.slip_body import dump
from kiosk.checkout.tax import Tax, TaxClass
from kiosk.checkout.tender import Tender
from kiosk.checkout.totals import Pricing
from kiosk.checkout.z_report import close_shift
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from tests.checkout.receipts.sales import MOMENT, PAPER, text

PRICING = Pricing(
    Currency.of("EUR"), "inclusive", "rate", {"A": TaxClass("A", (Tax(190_000),))}, CashRounding(5)
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger on a stopped clock."""
    i18n.set_locale("en_GB", "UTC")
    made = Ledger.create(tmp_path / "ledger.db", clock=FakeClock(MOMENT))
    yield made
    made.close()
    i18n.set_locale("en_GB")


@pytest.fixture
def sam(ledger: Ledger) -> Person:
    """A supervisor with an open shift."""
    person = add_person(ledger, "Sam", "supervisor", None)
    open_shift(ledger, person, 10_000)
    return person


def sell(ledger: Ledger, person: Person) -> Receipt:
    """Sell a mug at 12.48, paid with a note of 20."""
    basket = Basket(PRICING).add(Item("MUG", "Mug, blue glaze", "each", 1248, "A"))
    tender = Tender(basket.totals).hand_over("1", 2000)
    return commit(
        ledger,
        NewSale(basket, tender.payments(), person, uuid4(), attempts=tender.attempts, opens_drawer=True),
    )


def jobs(ledger: Ledger) -> list[Job]:
    """What waits to be printed, without drawer pulses."""
    return [job for job in printqueue.open_jobs(ledger) if job.kind != "drawer"]


def shown(ledger: Ledger, job: Job) -> str:
    """A job as it will be seen."""
    return text(rows_of(ledger, job, PAPER), PAPER.columns)


def test_a_sale_s_receipt_and_its_copy_are_printed_from_the_ledger(ledger: Ledger, sam: Person) -> None:
    sale = sell(ledger, sam)
    printqueue.reprint(ledger, "receipt", sale.id, sam)
    original, copy = (shown(ledger, job) for job in jobs(ledger))
    assert f"Receipt {sale.number}" in original
    for label, amount in (
        ("Cash rounding", "0.02"),
        ("To pay", "12.50"),
        ("Cash", "20.00"),
        ("Change", "7.50"),
    ):
        assert any(
            row.split("|")[1].split() == [*label.split(), amount] for row in original.splitlines()[:-1]
        )
    assert "COPY 1" in copy
    assert copy.replace("COPY 1", "") != original
    assert [line for line in copy.splitlines() if "COPY" not in line] == original.splitlines()


def test_a_refund_s_receipt_names_the_sale(ledger: Ledger, sam: Person) -> None:
    sale = sell(ledger, sam)
    refund(ledger, sale.id, {1: 1000}, "refund", sam)
    slip = shown(ledger, jobs(ledger)[-1])
    assert f"REFUND of {sale.number}" in slip
    assert "-12.48 A" in slip
    assert "-12.50" in slip


def test_the_z_is_printed_from_the_ledger(ledger: Ledger, sam: Person) -> None:
    sell(ledger, sam)
    close_shift(ledger, {5000: 2, 1000: 1, 200: 1, 50: 1}, sam)
    slip = shown(ledger, jobs(ledger)[-1])
    assert "Z   R E P O R T   1" in slip
    assert "A-000001 - A-000001" in slip
    assert "Difference                            0.00" in slip


def test_another_slip_is_printed_from_its_body(ledger: Ledger, sam: Person) -> None:
    with ledger.transaction():
        printqueue.enqueue(ledger, "slip", None, body=dump([Row("hello"), Row(cut=True)]))
    assert rows_of(ledger, jobs(ledger)[-1], PAPER) == [Row("hello"), Row(cut=True)]
