"""What the till's screens read about energy, in one look at the ledger and the record beside it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.checkout.rights import Approval, Person, Right, require
from kiosk.energy import components, demos
from kiosk.energy.ageing import Aged, aged
from kiosk.energy.powerbook import PowerBook
from kiosk.energy.shown import Shown, shown
from kiosk.energy.spent import Spent, spent

if TYPE_CHECKING:
    from kiosk.energy.components import Act
    from kiosk.energy.demos import Demo
    from kiosk.ledger.connection import Ledger

_TO_SHOW = """
SELECT p.sku, a.name, p.demo FROM product p JOIN article a ON a.id = p.article
WHERE p.active AND (p.demo <> '' OR p.sku IN (SELECT sku FROM demo WHERE ended IS NULL))
ORDER BY a.name, p.sku"""
_SINCE_CLOSING = """
SELECT sku, count(*), sum(mwh) FROM demo
WHERE id > (SELECT coalesce(max(id), 0) FROM closing) GROUP BY sku"""


@dataclass(frozen=True, slots=True)
class Energy:
    """The energy of some business days."""

    shown: tuple[Shown, ...]
    spent: Spent


@dataclass(frozen=True, slots=True)
class ToShow:
    """A product that is shown with an appliance."""

    sku: str
    name: str
    outlet: str
    running: Demo | None
    demos: int  # since the last closing
    mwh: int | None  # of these, what was metered


def read_energy(
    ledger: Ledger,
    folder: Path,
    first: str,
    last: str,
    person: Person,
    *,
    price: int | None = None,
    zone: tzinfo | None = None,
    approvals: Iterable[Approval] = (),
) -> Energy:
    """Return the energy between two business dates (ISO); NotAllowed."""
    require(person, Right.REPORTS, approvals)
    with PowerBook.of(folder) or nullcontext() as book:
        found = spent(ledger, book, first, last, price=price, zone=zone)
    return Energy(shown(ledger, first, last), found)


def read_to_show(ledger: Ledger) -> tuple[ToShow, ...]:
    """Return what can be shown, by name, and what was shown of it since the last closing."""
    running = {demo.sku: demo for demo in demos.running(ledger)}
    counted = {sku: (count, mwh) for sku, count, mwh in ledger.rows(_SINCE_CLOSING)}
    return tuple(
        ToShow(sku, name, outlet, running.get(sku), *counted.get(sku, (0, None)))
        for sku, name, outlet in ledger.rows(_TO_SHOW)
    )


def read_parts(ledger: Ledger, folder: Path, label_ah: float | None) -> tuple[Aged, ...]:
    """Return how every part is."""
    with PowerBook.of(folder) or nullcontext() as book:
        return aged(ledger, book, label_ah)


def read_acts(ledger: Ledger, component: str) -> tuple[Act, ...]:
    """Return what was done with a part, newest first."""
    return components.acts(ledger, component)[::-1]
