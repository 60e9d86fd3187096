"""What the print queue's jobs look like on this shop's paper.

Paper speaks the shop's language, whoever sells: it is the customer's and the bookkeeper's. A pickup order's
code is on the paper that is printed and in nothing that is merely looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.checkout import printqueue, slip_body, stored_sale
from kiosk.checkout.print_rows import rows_of
from kiosk.checkout.receipt import receipt_rows
from kiosk.checkout.slips import pay_rows
from kiosk.checkout.stationery import Stationery
from kiosk.i18n import _, speaking
from kiosk.pickup import slip
from kiosk.station import tickets

if TYPE_CHECKING:
    from kiosk.catalogue.paper import Row
    from kiosk.checkout.payments.method import Instruction
    from kiosk.checkout.printqueue import Job
    from kiosk.checkout.stored_sale import StoredSale
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings
    from kiosk.station.tickets import Code


def stationery(settings: Settings) -> Stationery:
    """The shop's paper: width, head, foot and the names of its taxes."""
    receipt = settings.receipt
    labels = {code: tax.label for code, tax in settings.pricing.taxes.items() if tax.label}
    header = receipt.header or (settings.name,)
    return Stationery(receipt.columns, header, receipt.footer, labels, logo=bool(receipt.logo))


def render(ledger: Ledger, job: Job, settings: Settings) -> list[Row]:
    """The rows of one job, read from the ledger at the moment it is printed; NoSecret for a code without."""
    with speaking(settings.language):
        return _rows(ledger, job, settings, tickets.code_of(ledger, job, settings, stationery(settings)))


def preview(ledger: Ledger, job: Job, settings: Settings) -> list[Row]:
    """The rows of one job to be looked at on the screen, where a code has no business."""
    with speaking(settings.language):
        hidden = stationery(settings).text(_("(the code is on the paper only)"), align="centre")
        return _rows(ledger, job, settings, hidden)


def rows_of_sale(ledger: Ledger, sale: StoredSale, settings: Settings) -> list[Row]:
    """The rows of a sale's receipt, to be looked at on the screen: the very ones that are printed again."""
    paper = stationery(settings)
    with speaking(settings.language):
        rows, given = receipt_rows(sale, paper), slip.no_code_rows(paper)
        return tickets.at_the_end(ledger, rows, sale.id, settings.pickup, paper, given)


def _rows(ledger: Ledger, job: Job, settings: Settings, code: Code) -> list[Row]:
    """The rows of a job; `code` is what stands where a ticket has its code."""
    paper = stationery(settings)
    if job.kind in {"receipt", "copy"} and job.ref is not None:
        rows = receipt_rows(stored_sale.load(ledger, job.ref), paper, copy=job.copy)
        return tickets.at_the_end(ledger, rows, job.ref, settings.pickup, paper, code)
    if job.kind == "ticket":
        return tickets.alone(ledger, job, settings.pickup, paper, code)
    return rows_of(ledger, job, paper)


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
