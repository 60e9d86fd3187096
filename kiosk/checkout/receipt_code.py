"""A receipt as the text of a QR code: for the customer's phone when there is no paper, or no wish for any.

A screen of 80x24 has room for a hundred bytes, one of 128x50 for a whole receipt, so there are three lengths
and the fullest one that fits is taken. Plain words: any phone's camera shows them, with no network.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.checkout.money import Currency

if TYPE_CHECKING:
    from kiosk.checkout.stored_sale import StoredSale


def receipt_text(sale: StoredSale, shop: str, fits: Callable[[str], bool]) -> str:
    """Return the fullest text of a receipt that fits; the shortest one when none does.

    Args:
        sale: The committed sale.
        shop: Who sold it, as the receipt's head says.
        fits: Tells whether a text can be shown as a code.
    """
    currency = Currency(sale.currency, sale.exponent)
    when = f"{i18n.date(sale.wall_ms)} {i18n.time(sale.wall_ms)}" + ("" if sale.clock_trusted else " ?")
    total = i18n.money(sale.total, currency)
    shortest = f"{sale.number} {total}"
    head = [shop[:40], f"{sale.number} {when}"]
    taxes = [
        f"{tax.tax_class} {i18n.percent(tax.rate)} {i18n.amount(tax.tax, currency)}" for tax in sale.rates
    ]
    lines = [
        f"{i18n.quantity(line.quantity, line.unit)} {line.name[:40]} {i18n.amount(line.gross, currency)}"
        for line in sale.lines
    ]
    for text in (
        "\n".join([*head, *lines, total, *taxes]),
        "\n".join([*head, total, *taxes]),
        "\n".join([*head, total]),
    ):
        if fits(text):
            return text
    return shortest
