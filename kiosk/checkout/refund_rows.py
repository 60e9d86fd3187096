"""What goes back for goods that come back: the stored cents of the sale, never a fresh computation.

Shares are cumulative: after r of q pieces have come back, round(cents x r / q) has been given back. So the
parts of a line add up to the line whatever the steps, and the last one takes exactly the rest. Everything
here is pure: the sale and what was refunded before come in, rows go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.checkout.cash import CashRounding, round_cash
from kiosk.checkout.money import half_up
from kiosk.checkout.sale_rows import LineRow, PaymentRow, TaxRow
from kiosk.checkout.stored_sale import StoredLine, StoredSale
from kiosk.checkout.tax import TaxSum
from kiosk.checkout.tender import CASH


@dataclass(frozen=True, slots=True)
class Refunded:
    """What earlier refunds of a sale have given back, as positive amounts."""

    line: Mapping[int, tuple[int, int, int, int]]
    """By line: line discount, share of the sale's discount, tax, gross."""
    tax: Mapping[tuple[str, int], int]
    """By tax class and part: tax."""
    paid: Mapping[str, int]
    """By payment method: money, without rounding."""


@dataclass(frozen=True, slots=True)
class RefundRows:
    """The rows of a refund; all amounts are negative or zero, but for a rounding in the customer's favour."""

    lines: list[LineRow]
    taxes: list[TaxRow]
    payments: list[PaymentRow]
    complete: bool  # nothing is left to come back

    @property
    def net(self) -> int:
        """The refund's net."""
        return sum(line[5] for line in self.lines)

    @property
    def tax(self) -> int:
        """The refund's tax."""
        return sum(line[6] for line in self.lines)


def refund_rows(
    sale: StoredSale,
    back: Mapping[int, int],
    before: Refunded,
    method: str,
    reference: str,
    rounding: CashRounding | None,
) -> RefundRows:
    """Return the rows that give back `back` (thousandths by line) of a sale.

    The whole sale at once goes back the way it was paid. A part goes back by `method`, cash rounded; the last
    part of a sale that moved only cash gives back what is left of the cash, so that no cent stays or is lost.
    """
    lines = [_line(line, back[line.line], before) for line in sale.lines if line.line in back]
    complete = all(line.refundable == back.get(line.line, 0) for line in sale.lines)
    total = -sum(line[5] + line[6] for line in lines)
    if complete and not before.line:
        payments = copied_payments(sale)
    elif method != CASH:
        payments = [(method, "tender", -total, reference or None)] if total else []
    else:
        payments = _cash(total, _cash_left(sale, before), complete, rounding)
    return RefundRows(lines, _taxes(sale, lines, before), payments, complete)


def copied_payments(sale: StoredSale) -> list[PaymentRow]:
    """Return a sale's payments turned round: change is taken off the cash, the rounding is undone."""
    moved: dict[tuple[str, str], int] = {}
    for payment in sale.payments:
        if payment.kind != "rounding":
            key = (payment.method, "" if payment.method == CASH else payment.reference)
            moved[key] = moved.get(key, 0) + payment.amount
    rows: list[PaymentRow] = [
        (method, "tender", -amount, reference or None)
        for (method, reference), amount in moved.items()
        if amount
    ]
    return rows + [
        (one.method, "rounding", -one.amount, None) for one in sale.payments if one.kind == "rounding"
    ]


def _share(cents: int, line: StoredLine, quantity: int, before: int) -> int:
    """Return what of a line's cents goes back with so many more thousandths."""
    return half_up(cents * (line.returned + quantity), line.quantity) - before


def _line(line: StoredLine, quantity: int, before: Refunded) -> LineRow:
    """Return the row of one line that comes back."""
    line_discount, sale_discount, tax, gross = before.line.get(line.line, (0, 0, 0, 0))
    tax = _share(line.tax, line, quantity, tax)
    gross = _share(line.gross, line, quantity, gross)
    return (
        line.article,
        -quantity,
        line.price,
        -_share(line.line_discount, line, quantity, line_discount),
        -_share(line.sale_discount, line, quantity, sale_discount),
        tax - gross,
        -tax,
        line.line,
        None,
        None,
    )


def _taxes(sale: StoredSale, lines: Sequence[LineRow], before: Refunded) -> list[TaxRow]:
    """Return the taxes that go back; the last tax of a class takes what the others leave."""
    classes = {line.line: line.tax_class for line in sale.lines}
    rows: list[TaxRow] = []
    for tax_class in dict.fromkeys(rate.tax_class for rate in sale.rates):
        own = [line for line in lines if classes[line[7] or 0] == tax_class]
        if own:
            parts = [rate for rate in sale.rates if rate.tax_class == tax_class]
            rows += _class_taxes(parts, own, before)
    return rows


def _class_taxes(parts: Sequence[TaxSum], lines: Sequence[LineRow], before: Refunded) -> list[TaxRow]:
    """Split what goes back of one class's tax over its taxes."""
    tax_class, whole = parts[0].tax_class, sum(part.tax for part in parts)
    given = sum(before.tax.get((tax_class, part.part), 0) for part in parts)
    left = -sum(line[6] for line in lines)
    upto = given + left
    rows: list[TaxRow] = []
    for part in parts:
        share = left
        if part is not parts[-1]:
            share = (
                half_up(part.tax * upto, whole) - before.tax.get((tax_class, part.part), 0) if whole else 0
            )
        left -= share
        net = sum(line[5] for line in lines) if part is parts[0] else 0
        rows.append((tax_class, part.part, part.rate, net, -share))
    return rows


def _cash_left(sale: StoredSale, before: Refunded) -> int | None:
    """Return the cash that is left of a sale in which nothing but cash ever moved; else None."""
    if any(payment.method != CASH for payment in sale.payments) or set(before.paid) - {CASH}:
        return None
    paid = sum(payment.amount for payment in sale.payments if payment.kind != "rounding")
    return paid - before.paid.get(CASH, 0)


def _cash(total: int, left: int | None, complete: bool, rounding: CashRounding | None) -> list[PaymentRow]:
    """Return the rows of a refund in cash: the coins, and the rounding between them and the total."""
    coins = round_cash(total, rounding)
    if left is not None:
        coins = left if complete else min(coins, left)
    rows: list[PaymentRow] = [(CASH, "tender", -coins, None)] if coins else []
    return rows + ([(CASH, "rounding", coins - total, None)] if coins != total else [])
