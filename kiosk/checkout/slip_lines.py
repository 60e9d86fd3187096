"""The lines of goods on a slip: what, how much of it at which price, what was taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.basketline import ONE
from kiosk.checkout.columns import pad, width
from kiosk.checkout.money import Currency
from kiosk.checkout.stationery import INDENT, Stationery
from kiosk.checkout.stored_sale import StoredLine, StoredSale
from kiosk.i18n import _


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of goods as it is printed. Amounts are in minor units and negative in a refund."""

    name: str
    unit: str  # each, kg, l, m
    quantity: int  # thousandths
    price: int  # of one unit
    full: int  # price x quantity, before any discount
    discount: int  # taken off this line alone
    tax_class: str
    note: str = ""


def of_sale(sale: StoredSale) -> list[PrintedLine]:
    """Return a stored sale's lines; with exclusive prices their amounts are net, as the prices are."""
    return [_of_stored(line, inclusive=sale.prices == "inclusive") for line in sale.lines]


def _of_stored(line: StoredLine, *, inclusive: bool) -> PrintedLine:
    """Return one stored line; its full amount is what was paid plus all that was taken off."""
    paid = line.gross if inclusive else line.net
    return PrintedLine(
        name=line.name,
        unit=line.unit,
        quantity=line.quantity,
        price=line.price,
        full=paid + line.discount,
        discount=line.line_discount,
        tax_class=line.tax_class,
        note=line.note,
    )


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """Labels at the left and amounts under each other at the right, with room for a tax class behind them."""

    paper: Stationery
    currency: Currency
    tail: int = 0  # columns behind an amount

    @classmethod
    def of(cls, paper: Stationery, currency: Currency, lines: Sequence[PrintedLine]) -> AmountColumn:
        """Return a column with room for the widest tax class of the lines."""
        return cls(paper, currency, 1 + max((width(line.tax_class) for line in lines), default=0))

    def row(self, label: str, minor: int, behind: str = "") -> list[Row]:
        """Return a label with its amount."""
        return self.paper.pair(label, i18n.amount(minor, self.currency) + pad(behind, self.tail))

    def goods(self, line: PrintedLine) -> list[Row]:
        """Return one line of goods: name and amount, quantity and price, discount and note if any."""
        rows = self.row(line.name, line.full, f" {line.tax_class}")
        price = i18n.amount(line.price, self.currency)
        quantity = i18n.quantity(line.quantity, line.unit)
        if line.unit != "each":
            rows += self.paper.indented(f"{quantity} × {price}/{line.unit}")
        elif abs(line.quantity) != ONE:
            rows += self.paper.indented(f"{quantity} × {price}")
        if line.discount:
            rows += self.row(INDENT + _("Discount"), -line.discount)
        return rows + self.paper.indented(f"({line.note})") if line.note else rows
