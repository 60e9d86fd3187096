"""Taking goods back against a receipt: repair first, then swap, then money.

What can come back is what was sold less what came back before, and it is checked in the very transaction that
books it, so that two screens (or two clicks) cannot give the same money back twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from kiosk.checkout.basketline import ONE, QuantityError, clean_text
from kiosk.checkout.cash import CashRounding
from kiosk.checkout.people import Approval, Person, Right, require
from kiosk.checkout.printqueue import enqueue
from kiosk.checkout.refund_rows import Refunded, RefundRows, refund_rows
from kiosk.checkout.return_case import Remedy, book_without_money, write_cases
from kiosk.checkout.sale import NoShift, Receipt, stored_receipt, write_rows
from kiosk.checkout.sale_rows import SaleRows, mode, payment_texts, trimmed
from kiosk.checkout.stored_sale import StoredSale, load
from kiosk.checkout.tender import CASH
from kiosk.i18n import _
from kiosk.ledger.errors import DuplicateEvent

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger


class NotRefundable(ValueError):
    """A refund or a practice sale cannot be taken back; nothing was booked."""


class BackTooMuch(ValueError):
    """More should come back than was sold and is still out; nothing was booked."""

    def __init__(self, line: int, most: int) -> None:
        self.line = line
        self.most = most  # thousandths
        text = _("of line {line} at most {most} thousandths can come back; nothing was booked")
        super().__init__(text.format(line=line, most=most))


_BACK_LINES = """
SELECT l.refunds_line, -sum(l.line_discount), -sum(l.sale_discount), -sum(l.tax), -sum(l.net + l.tax)
FROM sale r JOIN sale_line l ON l.sale = r.id WHERE r.refunds = ? GROUP BY l.refunds_line"""
_BACK_TAX = """
SELECT t.tax_class, t.part, -sum(t.tax) FROM sale r JOIN sale_tax t ON t.sale = r.id
WHERE r.refunds = ? GROUP BY t.tax_class, t.part"""
_BACK_PAID = """
SELECT p.method, -sum(p.amount) FROM sale r JOIN payment p ON p.sale = r.id
WHERE r.refunds = ? AND p.kind <> 'rounding' GROUP BY p.method"""


def remaining(ledger: Ledger, sale: int | str) -> dict[int, int]:
    """Return what can still come back of a sale: thousandths by line, lines with nothing left out."""
    stored = load(ledger, sale)
    return {line.line: line.refundable for line in stored.lines if line.refundable}


def preview(
    ledger: Ledger,
    sale: int | str,
    back: Mapping[int, int],
    *,
    method: str = CASH,
    rounding: CashRounding | None = None,
) -> RefundRows:
    """Return what a refund would give back and how, booking nothing."""
    stored = _checked(ledger, sale, back)
    return refund_rows(stored, back, _before(ledger, stored.id), method, "", rounding)


def refund(
    ledger: Ledger,
    sale: int | str,
    back: Mapping[int, int],
    remedy: Remedy,
    person: Person,
    *,
    approvals: Iterable[Approval] = (),
    method: str = CASH,
    reference: str = "",
    rounding: CashRounding | None = None,
    reason: str = "",
    event_id: UUID | None = None,
    slip: bool = True,
    also: Callable[[StoredSale], None] | None = None,
) -> Receipt:
    """Book goods that come back (thousandths by line) and what is done about them.

    `also` is done in the transaction in which money goes back, and not again for a refund that is known.

    `method`, `reference` and cash `rounding` count for a part of a sale; a whole one goes back the way it was
    paid. `slip` queues the refund's receipt; false where nothing can be printed. Repair and swap give no
    money back: their receipt has no number and a total of zero. A refund with the same `event_id` is booked
    once and gives the first receipt again.
    """
    by = require(person, Right.REFUND, approvals)
    event_id = event_id or uuid4()
    reason = clean_text(reason)
    try:
        with ledger.transaction():
            stored = _checked(ledger, sale, back)
            if remedy != "refund":
                return book_without_money(ledger, stored, back, remedy, person, by, reason, event_id)
            rows = refund_rows(stored, back, _before(ledger, stored.id), method, reference, rounding)
            body = _body(stored, rows, person, by, reason)
            receipt = _booked(ledger, stored, rows, body, person, event_id)
            if slip:
                enqueue(ledger, "receipt", receipt.id)
            write_cases(ledger, receipt.id, stored, back, remedy, reason)
            if also is not None:
                also(stored)
            return receipt
    except (DuplicateEvent, BackTooMuch, NoShift):
        known = stored_receipt(ledger, event_id)
        if known is None:
            raise
        return known


def _checked(ledger: Ledger, sale: int | str, back: Mapping[int, int]) -> StoredSale:
    """Return the sale if these quantities can come back."""
    stored = load(ledger, sale)
    if stored.kind != "sale":
        raise NotRefundable(_("only a sale can be taken back; nothing was booked; look for the sale itself"))
    left = {line.line: line.refundable for line in stored.lines}
    whole = {line.line for line in stored.lines if line.unit == "each"}
    if not back:
        raise NotRefundable(_("nothing was booked; choose at least one line"))
    for line, quantity in back.items():
        if not 0 < quantity <= left.get(line, 0):
            raise BackTooMuch(line, left.get(line, 0))
        if line in whole and quantity % ONE:
            raise QuantityError(_("this was sold by the piece: take a whole number back; nothing was booked"))
    return stored


def _before(ledger: Ledger, sale: int) -> Refunded:
    """Return what earlier refunds of a sale gave back."""
    return Refunded(
        line={row[0]: row[1:] for row in ledger.rows(_BACK_LINES, (sale,))},
        tax={(tax_class, part): tax for tax_class, part, tax in ledger.rows(_BACK_TAX, (sale,))},
        paid=dict(ledger.rows(_BACK_PAID, (sale,))),
    )


def _body(sale: StoredSale, rows: RefundRows, person: Person, by: Person, reason: str) -> dict[str, object]:
    """Return the journal text of a refund, see `sale_rows`."""
    sold = {line.line: line for line in sale.lines}
    lines = [
        trimmed([
            *(sold[row[7] or 0].sku, row[1], row[2], row[5], row[6], sold[row[7] or 0].tax_class),
            *(row[3], row[4]),
        ])
        for row in rows.lines
    ]  # fmt: skip
    body: dict[str, object] = {
        "r": sale.number,
        "f": [row[7] for row in rows.lines],
        "w": person.name,
        "m": mode(sale.prices, sale.rounding),
        "l": lines,
        "t": rows.taxes,
        "p": payment_texts(rows.payments),
    }
    if by.id != person.id:
        body["o"] = [[Right.REFUND.value, 0, by.name]]
    if reason:
        body["c"] = reason
    return body


def _booked(
    ledger: Ledger,
    sale: StoredSale,
    rows: RefundRows,
    body: dict[str, object],
    person: Person,
    event_id: UUID,
) -> Receipt:
    """Write the refund as a sale of its own, with the drawer's pulse if cash goes out."""
    booked = SaleRows(
        kind="refund",
        prices=sale.prices,
        rounding=sale.rounding,
        net=rows.net,
        tax=rows.tax,
        lines=rows.lines,
        taxes=rows.taxes,
        payments=rows.payments,
        body=body,
    )
    receipt = write_rows(ledger, booked, event_id, person.id, rows.lines, refunds=sale.id)
    if any(method == CASH and kind != "rounding" for method, kind, *_rest in rows.payments):
        enqueue(ledger, "drawer", receipt.id)
    return receipt
