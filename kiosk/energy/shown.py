"""What demonstrations took, product by product, beside what of it was sold on the same days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.checkout.reports import report
from kiosk.energy.cost import cost

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_RANGE = """
SELECT min(s.id), max(coalesce(c.id, 9223372036854775807))
FROM session s LEFT JOIN closing c ON c.session = s.id
WHERE s.business_date BETWEEN ? AND ?"""
_CLOSED_BEFORE = "SELECT coalesce(max(id), 0) FROM closing WHERE id < ?"
_DEMOS = """
SELECT d.sku, a.name, d.how, d.seconds, d.metered_s, d.mwh, d.price
FROM demo d LEFT JOIN product p ON p.sku = d.sku LEFT JOIN article a ON a.id = p.article
WHERE d.id BETWEEN ? AND ? ORDER BY d.id"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One product that was demonstrated. What is not known is None, never zero."""

    sku: str
    name: str
    demos: int
    running: int  # of these, still under way
    cut: int  # of these, ended by the till going off, as they were last seen
    unmetered: int  # of these, without any figure
    seconds: int  # of which it is known how long they took
    metered_s: int
    mwh: int | None  # of those that were metered, above idle
    cost: int | None  # minor units; None: no price was told, or nothing was metered
    sold: int  # thousandths
    gross: int  # minor units

    @property
    def measured(self) -> float | None:
        """The part of the time that was metered, 0 to 1."""
        return min(1.0, self.metered_s / self.seconds) if self.seconds else None


def shown(ledger: Ledger, first: str, last: str) -> tuple[Shown, ...]:
    """Return the demonstrations between two business dates (ISO), what took most first.

    One that was begun before the shift was opened belongs to that shift.
    """
    opened, until = ledger.row(_RANGE, (first, last)) or (None, None)
    before = None if opened is None else ledger.row(_CLOSED_BEFORE, (opened,))
    if before is None:
        return ()
    rows: dict[str, list[tuple[object, ...]]] = {}
    names: dict[str, str] = {}
    for sku, name, *row in ledger.rows(_DEMOS, (before[0] + 1, until)):
        rows.setdefault(sku, []).append(tuple(row))
        names[sku] = name or sku
    sales = {row.key: row for row in report(ledger, "product", first, last).rows}
    found = []
    for sku, demos in rows.items():
        sale = sales.get(sku)
        sold, gross = (0, 0) if sale is None else (sale.quantity or 0, sale.gross)
        found.append(_shown(sku, names[sku], demos, sold, gross, ledger.exponent))
    return tuple(sorted(found, key=lambda one: (-(one.mwh or -1), one.sku)))


def _shown(
    sku: str, name: str, demos: list[tuple[object, ...]], sold: int, gross: int, exponent: int
) -> Shown:
    """Add up the demonstrations of one product."""
    hows = [how for how, *_rest in demos]
    metered = [(_whole(mwh), price) for _h, _s, _m, mwh, price in demos if mwh is not None]
    prices = [(mwh, None if price is None else _whole(price)) for mwh, price in metered]
    return Shown(
        sku,
        name,
        len(demos),
        hows.count(None),
        hows.count("cut"),
        len(demos) - len(metered),
        sum(_whole(seconds) for _h, seconds, *_rest in demos if seconds is not None),
        sum(_whole(metered_s) for _h, _s, metered_s, *_rest in demos),
        sum(mwh for mwh, _price in metered) if metered else None,
        cost(prices, exponent) if metered else None,
        sold,
        gross,
    )


def _whole(value: object) -> int:
    """Return a column that is INTEGER in a STRICT table."""
    assert isinstance(value, int)  # noqa: S101 - the schema sees to it
    return value
