"""The one table of commands, put together from one file a screen, each read when its screen is first shown.

A new screen adds a file with its rows and one line to `WHERE`. `bindings(place)` is the screen's `BINDINGS`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from kiosk.tui.commands.command import Command, Spot

if TYPE_CHECKING:
    from textual.binding import BindingType

WHERE: Final = {
    "*": "common:COMMON",
    "lock": "lock:LOCK",
    "locker": "locker:LOCKER",
    "boxes": "boxes:BOXES",
    "orders": "orders:ORDERS",
    "drops": "drops:DROPS",
    "till": "till:TILL",
    "tender": "pay:TENDER",
    "change": "pay:CHANGE",
    "shift": "shift:SHIFT",
    "receipts": "receipts:RECEIPTS",
    "refund": "receipts:REFUND",
    "return": "receipts:RETURN",
    "prints": "queue:QUEUE",
    "lists": "lists:LISTS",
    "people": "people:PEOPLE",
    "reports": "reports:REPORTS",
    "power": "power:POWER",
    "demos": "energy:DEMOS",
    "parts": "energy:PARTS",
    "whatif": "power:WHAT_IF",
}
"""Place to module and table."""


@cache
def table(place: str) -> tuple[Command, ...]:
    """The rows of one place in the order on the screen; none for a place without commands of its own."""
    module, _colon, name = WHERE.get(place, "").partition(":")
    return cast("tuple[Command, ...]", getattr(import_module(f"{__name__}.{module}"), name)) if module else ()


@cache
def commands(place: str, spot: Spot | None = None) -> tuple[Command, ...]:
    """Every command of a screen, the common ones last; with `spot`, only those whose key stands there."""
    rows = table(place) + (table("*") if place != "*" else ())
    return tuple(row for row in rows if spot is None or row.spot == spot)


@cache
def command(place: str, name: str) -> Command:
    """The command of a screen by its id; `KeyError` when there is none."""
    for row in commands(place):
        if row.id == name:
            return row
    raise KeyError(f"no command {name!r} on the screen {place!r}")


def bindings(place: str) -> list[BindingType]:
    """The key bindings of a screen's own commands; the common ones are the frame's.

    Every key leads to `Frame.action_do` with the command's id.
    """
    from textual.binding import Binding

    return [
        Binding(row.key, f"do('{row.id}')", row.label, tooltip=row.help, show=False) for row in table(place)
    ]


__all__ = ["Command", "Spot", "bindings", "command", "commands", "table"]
