"""What the customer may see of a sale, as one frozen value: for the pole display and for a second screen.

Facts only, in minor units and thousandths: whoever shows them has the shop's language and ways of writing.
It travels as JSON; what comes back is checked, because a file is from outside.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Literal, cast, get_args

if TYPE_CHECKING:
    from kiosk.checkout.basket import Basket, BasketLine

Moment = Literal["closed", "idle", "selling", "weighing", "paying", "paid"]
MOMENTS: tuple[Moment, ...] = get_args(Moment)
MOST_LINES = 60
"""Lines that travel, the newest; the highest screen shows fifty."""
MOST_BYTES = 100_000
"""Of JSON; sixty lines of the longest names need a third of it."""


class BadView(ValueError):
    """What was read is no customer view; nothing of it is shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the basket."""

    name: str
    quantity: int  # thousandths
    unit: str
    price: int  # of one unit
    amount: int  # after its own discount
    off: int = 0  # that discount


@dataclass(frozen=True, slots=True)
class View:
    """One moment at the counter."""

    moment: Moment
    lines: tuple[Line, ...] = ()
    last: Line | None = None  # what was added or changed just now, or lies on the scale
    more: int = 0  # earlier lines that are not in `lines`
    discount: int = 0  # off the whole sale
    pieces: int = 0
    total: int = 0
    due: int = 0  # still to be paid
    grams: int | None = None  # weighing: what the scale shows; None while it shows no weight to sell by
    net: bool = False  # weighing: a tare is taken off
    qr: str = ""  # paying: the payment code's payload
    payee: str = ""
    given: int = 0  # paid: what was handed over
    change: int = 0


CLOSED = View("closed")
IDLE = View("idle")


def selling(basket: Basket, due: int | None = None) -> View:
    """The basket as it stands; idle when there is nothing to pay for. `due` once some of it is paid."""
    if basket.is_empty:
        return IDLE
    live, totals = basket.live, basket.totals
    last = basket.last
    own = sum(line.line_discount for line in live)
    return View(
        "selling",
        lines=tuple(_line(line) for line in live[-MOST_LINES:]),
        last=_line(last) if last is not None and not last.voided else None,
        more=max(0, len(live) - MOST_LINES),
        discount=totals.discount - own if basket.discount is not None else 0,
        pieces=totals.count,
        total=totals.gross,
        due=totals.gross if due is None else due,
    )


def weighing(view: View, item: Line, grams: int | None, *, net: bool = False) -> View:
    """The same with something on the scale; `item` carries its price of one kilogram."""
    return replace(view, moment="weighing", last=item, grams=grams, net=net)


def paying(view: View, amount: int, qr: str = "", payee: str = "") -> View:
    """The same with a payment code, or an amount, asked for."""
    return replace(view, moment="paying", due=amount, qr=qr, payee=payee)


def paid(total: int, given: int, change: int) -> View:
    """The sale is over."""
    return View("paid", total=total, given=given, change=change)


def to_json(view: View) -> str:
    """A view as one line of JSON."""
    return json.dumps(asdict(view), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> View:
    """A view that was written by `to_json`; `BadView` for anything else."""
    try:
        table = json.loads(text) if len(text) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        table = None
    if not isinstance(table, Mapping) or table.get("moment") not in MOMENTS:
        raise BadView("this is no customer view")
    try:
        lines = tuple(_line_from(row) for row in cast("Iterable[object]", table["lines"]))
        last = table["last"]
        plain = {one.name: table[one.name] for one in fields(View) if one.name not in {"lines", "last"}}
        view = View(**plain, lines=lines, last=None if last is None else _line_from(last))
    except (KeyError, TypeError) as error:
        raise BadView("this customer view lacks something") from error
    _check(view)
    return view


def _line(line: BasketLine) -> Line:
    """One line of a basket."""
    item = line.item
    return Line(item.name, line.quantity, item.unit, line.price, line.amount, line.line_discount)


def _line_from(row: object) -> Line:
    """One line of JSON."""
    if not isinstance(row, Mapping):
        raise BadView("a line of this customer view is none")
    line = Line(**row)
    _check(line)
    return line


def _check(value: View | Line) -> None:
    """Whole numbers are whole and texts are texts, whatever the file said."""
    for one in fields(value):
        found = getattr(value, one.name)
        kinds = _KINDS[str(one.type)]
        if not isinstance(found, kinds) or (isinstance(found, bool) and bool not in kinds):
            raise BadView(f"{one.name} of this customer view is wrong")


_KINDS: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "int | None": (int, type(None)),
    "Moment": (str,),
    "tuple[Line, ...]": (tuple,),
    "Line | None": (Line, type(None)),
}
"""What each kind of field may hold, by its annotation."""
