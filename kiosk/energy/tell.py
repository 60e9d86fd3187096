"""Energy reports as JSON and CSV. Amounts are plain decimals, energy is in Wh, what is not known is null."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.catalogue.spreadsheet import harmless
from kiosk.checkout.money import Currency, plain_quantity
from kiosk.energy.spent import part

if TYPE_CHECKING:
    from kiosk.energy.shown import Shown
    from kiosk.energy.spent import Spent

Table = tuple[dict[str, object], ...]


def wh(mwh: int | None) -> float | None:
    """Milliwatt hours as Wh, to a tenth: no meter of a stall knows more."""
    return None if mwh is None else round(mwh / 1000, 1)


def demo_table(rows: Iterable[Shown], money: Currency) -> Table:
    """Return a row a product."""
    return tuple(
        {
            "sku": row.sku,
            "name": row.name,
            "demos": row.demos,
            "running": row.running,
            "cut": row.cut,
            "unmetered": row.unmetered,
            "seconds": row.seconds,
            "measured": _share(row.measured),
            "wh": wh(row.mwh),
            "cost": None if row.cost is None else money.plain(row.cost),
            "sold": plain_quantity(row.sold),
            "gross": money.plain(row.gross),
        }
        for row in rows
    )


def hour_table(found: Spent) -> Table:
    """Return a row an hour."""
    return tuple(
        {
            "hour": hour.hour,
            "sales": hour.sales,
            "wh": wh(hour.mwh),
            "wh_per_sale": None if hour.mwh is None or hour.sales <= 0 else wh(round(hour.mwh / hour.sales)),
            "measured": _share(part(hour.measured_s, hour.open_s)),
        }
        for hour in found.hours
    )


def sums(found: Spent, money: Currency) -> dict[str, object]:
    """Return what all hours come to."""
    return {
        "wh": wh(found.mwh),
        "sales": found.sales,
        "wh_per_sale": wh(found.mwh_per_sale),
        "measured": _share(found.measured),
        "cost": None if found.cost is None else money.plain(found.cost),
    }


def to_csv(table: Table, heads: Sequence[str]) -> str:
    """Return a table as CSV with a heading; what a spreadsheet would run gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    for row in table:
        writer.writerow(harmless(str(row[head])) if head in NAMES else row[head] for head in heads)
    return out.getvalue()


DEMO_HEADS = (
    "sku", "name", "demos", "running", "cut", "unmetered", "seconds", "measured", "wh", "cost", "sold",
    "gross",
)  # fmt: skip
NAMES = frozenset({"sku", "name"})
"""Which of them people wrote."""
HOUR_HEADS = ("hour", "sales", "wh", "wh_per_sale", "measured")


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
