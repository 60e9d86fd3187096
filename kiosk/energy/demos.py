"""The log of demonstrations: which product was shown, from when to when, and what that took.

Both ends are journalled. While one runs its figures are written down every half a minute, so that after a
power cut it is closed as it was last seen, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiosk.checkout.rights import Approval, Person, Right, require
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

How = Literal["hand", "switch", "cut"]

_BEGIN = "INSERT INTO demo (id, sku, outlet, person) VALUES (?, ?, ?, ?)"
_RUNNING = (
    "SELECT d.id, d.sku, d.outlet, j.boot_ms, b.boot_id, d.seconds, d.metered_s, d.mwh, d.idle_mw "
    "FROM demo d JOIN journal j ON j.seq = d.id JOIN boot b ON b.id = j.boot "
    "WHERE d.ended IS NULL ORDER BY d.id"
)
_SO_FAR = "UPDATE demo SET seconds = ?, metered_s = ?, mwh = ?, idle_mw = ? WHERE id = ? AND ended IS NULL"
_END = (
    "UPDATE demo SET seconds = ?, metered_s = ?, mwh = ?, idle_mw = ?, price = ?, ended = ?, how = ? "
    "WHERE id = ? AND ended IS NULL"
)
_SHOWN_WITH = "SELECT p.sku FROM product p WHERE p.active AND p.demo = ? ORDER BY p.sku"
_OUTLET_OF = "SELECT demo FROM product WHERE sku = ? AND active"


class NothingToShow(LookupError):
    """There is no such product, or no such demonstration; nothing was begun or ended."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was seen of a demonstration up to now."""

    seconds: int | None  # None: not known how long
    metered_s: int = 0
    mwh: int | None = None  # above idle; None: nothing was metered
    idle_mw: int | None = None  # taken off for that; None: not known


@dataclass(frozen=True, slots=True)
class Demo:
    """One that runs."""

    id: int  # the journal's seq of its beginning
    sku: str
    outlet: str  # empty: nothing meters it
    boot_ms: int
    boot_id: str
    figures: Figures


def running(ledger: Ledger) -> tuple[Demo, ...]:
    """Return what is shown now, oldest first."""
    return tuple(
        Demo(number, sku, outlet, boot_ms, boot_id, Figures(*figures))
        for number, sku, outlet, boot_ms, boot_id, *figures in ledger.rows(_RUNNING)
    )


def begin(
    ledger: Ledger,
    sku: str,
    person: Person,
    price: int | None = None,
    *,
    approvals: Iterable[Approval] = (),
) -> Demo:
    """Begin to show a product by hand; what its outlet shows for another product ends, at `price` a kWh.

    One that runs already goes on. NothingToShow when there is no such product; NotAllowed.
    """
    require(person, Right.SELL, approvals)
    row = ledger.row(_OUTLET_OF, (sku,))
    if row is None:
        raise NothingToShow(_("there is no product {sku}; nothing was begun").format(sku=sku))
    return _begin(ledger, sku, str(row[0]), person, price)


def switched_on(ledger: Ledger, outlet: str) -> Demo | None:
    """Begin to show the product whose appliance was switched on; None where it is none, or several."""
    skus = [str(sku) for (sku,) in ledger.rows(_SHOWN_WITH, (outlet,))]
    if len(skus) != 1 or any(demo.outlet == outlet for demo in running(ledger)):
        return None
    return _begin(ledger, skus[0], outlet, None)


def _begin(ledger: Ledger, sku: str, outlet: str, person: Person | None, price: int | None = None) -> Demo:
    """Write down that it begins."""
    with ledger.transaction():
        for demo in running(ledger):
            if demo.sku == sku:
                return demo
            if outlet and demo.outlet == outlet:
                _close(ledger, demo, "hand", demo.figures, price, person)
        by = None if person is None else person.name
        event = ledger.record("demo.began", {"sku": sku, "outlet": outlet, "by": by})
        ledger.execute(_BEGIN, (event.seq, sku, outlet, None if person is None else person.id))
    return next(demo for demo in running(ledger) if demo.id == event.seq)


def note(ledger: Ledger, demo: int, figures: Figures) -> None:
    """Write down how far a demonstration has come."""
    with ledger.transaction():
        ledger.execute(_SO_FAR, (figures.seconds, figures.metered_s, figures.mwh, figures.idle_mw, demo))


def end(
    ledger: Ledger,
    demo: int,
    how: How,
    figures: Figures,
    price: int | None,
    person: Person | None = None,
    *,
    approvals: Iterable[Approval] = (),
) -> None:
    """End a demonstration; `price` is of a kWh, millionths of the currency's unit.

    One that has ended stays as it ended. NothingToShow when there never was one; NotAllowed.
    """
    if person is not None:
        require(person, Right.SELL, approvals)
    with ledger.transaction():
        found = next((one for one in running(ledger) if one.id == demo), None)
        if found is not None:
            _close(ledger, found, how, figures, price, person)


def close_cut(ledger: Ledger, price: int | None) -> int:
    """Close what ran when the till went off, as it was last seen; return how many that were."""
    with ledger.transaction():
        left = running(ledger)
        for demo in left:
            _close(ledger, demo, "cut", demo.figures, price, None)
    return len(left)


def _close(
    ledger: Ledger, demo: Demo, how: How, figures: Figures, price: int | None, person: Person | None
) -> None:
    """Write down that it ended, inside the caller's transaction."""
    body: dict[str, object] = {
        "demo": demo.id,
        "sku": demo.sku,
        "how": how,
        "seconds": figures.seconds,
        "metered_s": figures.metered_s,
        "mwh": figures.mwh,
        "idle_mw": figures.idle_mw,
        "price": price,
        "by": None if person is None else person.name,
    }
    event = ledger.record("demo.ended", body)
    told = (figures.seconds, figures.metered_s, figures.mwh, figures.idle_mw, price)
    ledger.execute(_END, (*told, event.seq, how, demo.id))
