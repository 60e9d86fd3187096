"""The one table of commands, put together from one file a screen.

A new screen adds a file with its rows and one line to `TABLES`. `bindings(place)` is the screen's `BINDINGS`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from kiosk.tui.commands.command import Command, Spot
from kiosk.tui.commands.common import COMMON
from kiosk.tui.commands.lists import LISTS
from kiosk.tui.commands.lock import LOCK
from kiosk.tui.commands.pay import CHANGE, TENDER
from kiosk.tui.commands.people import PEOPLE
from kiosk.tui.commands.queue import QUEUE
from kiosk.tui.commands.receipts import RECEIPTS, REFUND, RETURN
from kiosk.tui.commands.reports import REPORTS
from kiosk.tui.commands.shift import SHIFT
from kiosk.tui.commands.till import TILL

if TYPE_CHECKING:
    from textual.binding import BindingType

TABLES: Final = (
    COMMON, LOCK, TILL, TENDER, CHANGE, SHIFT, RECEIPTS, REFUND, RETURN, QUEUE, LISTS, PEOPLE, REPORTS
)  # fmt: skip
"""Every screen's rows. Order is the order on the screen."""


@cache
def commands(place: str, spot: Spot | None = None) -> tuple[Command, ...]:
    """Every command of a screen, the common ones last; with `spot`, only those whose key stands there."""
    rows = [row for table in TABLES for row in table]
    mine = [row for row in rows if row.place == place]
    common = [row for row in rows if row.place == "*"] if place != "*" else []
    return tuple(row for row in mine + common if spot is None or row.spot == spot)


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

    rows = (row for row in commands(place) if row.place == place)
    return [Binding(row.key, f"do('{row.id}')", row.label, tooltip=row.help, show=False) for row in rows]


__all__ = ["Command", "Spot", "bindings", "command", "commands"]
