"""What the print queue's jobs look like on this shop's paper.

Paper speaks the shop's language, whoever sells: it is the customer's and the bookkeeper's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.checkout import printqueue, slip_body
from kiosk.checkout.bill import pay_rows
from kiosk.checkout.print_rows import rows_of
from kiosk.checkout.receipt import receipt_rows
from kiosk.checkout.stationery import Stationery
from kiosk.i18n import speaking

if TYPE_CHECKING:
    from kiosk.catalogue.paper import Row
    from kiosk.checkout.payments.method import Instruction
    from kiosk.checkout.printqueue import Job
    from kiosk.checkout.stored_sale import StoredSale
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings


def stationery(settings: Settings) -> Stationery:
    """The shop's paper: width, head, foot and the names of its taxes."""
    receipt = settings.receipt
    labels = {code: tax.label for code, tax in settings.pricing.taxes.items() if tax.label}
    header = receipt.header or (settings.name,)
    return Stationery(receipt.columns, header, receipt.footer, labels, logo=bool(receipt.logo))


def render(ledger: Ledger, job: Job, settings: Settings) -> list[Row]:
    """The rows of one job, read from the ledger at the moment it is printed."""
    with speaking(settings.language):
        return rows_of(ledger, job, stationery(settings))


def rows_of_sale(sale: StoredSale, settings: Settings) -> list[Row]:
    """The rows of a sale's receipt, to be looked at on the screen: the very ones that are printed."""
    with speaking(settings.language):
        return receipt_rows(sale, stationery(settings))


def enqueue_rows(ledger: Ledger, rows: list[Row]) -> None:
    """Queue a slip that no row of the ledger describes."""
    with ledger.transaction():
        printqueue.enqueue(ledger, "slip", None, body=slip_body.dump(rows))


def enqueue_code(ledger: Ledger, instruction: Instruction, amount: int, settings: Settings) -> None:
    """Queue a payment code for a customer who cannot read it from the screen."""
    with speaking(settings.language):
        rows = pay_rows(instruction, amount, settings.currency, stationery(settings))
    enqueue_rows(ledger, rows)


def enqueue_receipt(ledger: Ledger, sale: int) -> None:
    """Queue the first receipt of a sale that was committed without one."""
    with ledger.transaction():
        printqueue.enqueue(ledger, "receipt", sale)
