"""`kiosk report demo` and `kiosk report energy`: what showing goods, an hour and a sale take."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.checkout.money import Currency
    from kiosk.energy.shown import Shown
    from kiosk.energy.spent import Spent
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report, of which business dates (ISO), in which form."""

    by: str  # demo or energy
    first: str
    last: str
    json: bool
    csv: bool


def run_energy(ledger: Ledger, settings: Settings | None, asked: Asked) -> None:
    """Print a report of energy."""
    from kiosk.energy import tell
    from kiosk.energy.shown import shown

    money = _money(ledger)
    if asked.by == "demo":
        rows = shown(ledger, asked.first, asked.last)
        table, extra = tell.demo_table(rows, money), {}
        heads: tuple[str, ...] = tell.DEMO_HEADS
        lines = demo_lines(rows, money)
    else:
        found = _spent(ledger, settings, asked.first, asked.last)
        table, heads, extra = tell.hour_table(found), tell.HOUR_HEADS, tell.sums(found, money)
        lines = hour_lines(found, money)
    if asked.csv:
        print(tell.to_csv(table, heads), end="")
    elif asked.json:
        body = {"by": asked.by, "first": asked.first, "last": asked.last, "currency": money.code,
                "exponent": money.exponent, **extra, "rows": table}  # fmt: skip
        print(json.dumps(body, ensure_ascii=False))
    else:
        print("\n".join((_title(asked), *lines)))


def sums_of(ledger: Ledger, settings: Settings | None, first: str, last: str) -> dict[str, object] | None:
    """Return what the energy of some days comes to; None where nothing was ever measured."""
    from kiosk.energy import tell
    from kiosk.energy.powerbook import FILE

    if not (ledger.path.parent / FILE).is_file():
        return None
    return tell.sums(_spent(ledger, settings, first, last), _money(ledger))


def _money(ledger: Ledger) -> Currency:
    from kiosk.checkout.money import Currency

    return Currency(ledger.currency, ledger.exponent)


def _spent(ledger: Ledger, settings: Settings | None, first: str, last: str) -> Spent:
    """Return what was taken, from the record beside the ledger."""
    from kiosk.energy.powerbook import PowerBook
    from kiosk.energy.spent import spent

    power = None if settings is None else settings.power
    zone = None if settings is None else settings.zone
    with PowerBook.of(ledger.path.parent) or nullcontext() as book:
        return spent(ledger, book, first, last, price=None if power is None else power.price, zone=zone)


def _title(asked: Asked) -> str:
    if asked.first == asked.last:
        return i18n.day(asked.first)
    return _("{first} to {last}").format(first=i18n.day(asked.first), last=i18n.day(asked.last))


def demo_lines(rows: tuple[Shown, ...], money: Currency) -> list[str]:
    """Return the demonstrations as lines for a person."""
    from kiosk.energy.words import shown_words

    if not rows:
        return [_("nothing was shown")]
    widest = max(len(row.name) for row in rows)
    return [f"{row.name:<{widest}}  {shown_words(row)}  {_cost(row.cost, money)}".rstrip() for row in rows]


def hour_lines(found: Spent, money: Currency) -> list[str]:
    """Return the hours as lines for a person, then the sum and how much of the time was measured."""
    from kiosk.energy.words import percent_words, wh_words

    lines = [f"{hour.hour}:00  {wh_words(hour.mwh):>10}  {hour.sales:>6}" for hour in found.hours]
    total = _("Total")
    lines.append(
        f"{total:<5}  {wh_words(found.mwh):>10}  {found.sales:>6}  {_cost(found.cost, money)}".rstrip()
    )
    if found.mwh is None:
        return [*lines, _("nothing of it was measured")]
    share = percent_words(found.measured)
    if found.mwh_per_sale is None:
        return [*lines, _("{share} of the time was measured").format(share=share)]
    words = _("{wh} a sale; {share} of the time was measured")
    return [*lines, words.format(wh=wh_words(found.mwh_per_sale), share=share)]


def _cost(cost: int | None, money: Currency) -> str:
    return "" if cost is None else i18n.money(cost, money.code)
