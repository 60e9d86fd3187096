"""What a job of the print queue prints, read from the ledger at the moment it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.catalogue.paper import Row
from kiosk.checkout.money import Currency
from kiosk.checkout.receipt import receipt_rows
from kiosk.checkout.shift_slip import shift_rows
from kiosk.checkout.slip_body import load as load_body
from kiosk.checkout.stationery import Stationery
from kiosk.checkout.stored_sale import load as load_sale
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.checkout.printqueue import Job
    from kiosk.ledger.connection import Ledger


def rows_of(ledger: Ledger, job: Job, paper: Stationery) -> list[Row]:
    """Return a job's rows: a receipt or Z from what it refers to, any other slip from its body.

    NoSuchSale or NoSuchReport when the ledger has not what the job refers to. A drawer job has no rows.
    """
    if job.kind in ("receipt", "copy") and job.ref is not None:
        return receipt_rows(load_sale(ledger, job.ref), paper, copy=job.copy)
    if job.kind == "z" and job.ref is not None:
        from kiosk.checkout.z_report import z_report_of

        currency = Currency(ledger.currency, ledger.exponent)
        return shift_rows(z_report_of(ledger, job.ref), paper, currency, copy=job.copy)
    rows = load_body(job.body) if job.body else []
    if job.copy:
        return [*paper.text(_("COPY {n}").format(n=job.copy), align="centre", bold=True), *rows]
    return rows
