"""Where the screens are. Each is imported when it is first shown.

A mode is a place with a stack of its own (lock, till, shift, reports); a dialogue is pushed on top of one.
A new mode is one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from textual.screen import Screen

WHERE: Final = {
    "lock": "kiosk.tui.screens.lock:LockScreen",
    "boxes": "kiosk.tui.screens.boxes:BoxesScreen",
    "drops": "kiosk.tui.screens.drops:DropsScreen",
    "locker": "kiosk.tui.screens.locker:LockerScreen",
    "orders": "kiosk.tui.screens.orders:OrdersScreen",
    "till": "kiosk.tui.screens.till:TillScreen",
    "shift": "kiosk.tui.screens.shift:ShiftScreen",
    "people": "kiosk.tui.screens.people:PeopleScreen",
    "prints": "kiosk.tui.screens.queue:QueueScreen",
    "lists": "kiosk.tui.screens.lists:ListsScreen",
    "receipts": "kiosk.tui.screens.receipts:ReceiptsScreen",
    "reports": "kiosk.tui.screens.reports:ReportsScreen",
    "power": "kiosk.tui.screens.power:PowerScreen",
    "demos": "kiosk.tui.screens.demos:DemosScreen",
    "parts": "kiosk.tui.screens.parts:PartsScreen",
    "refund": "kiosk.tui.screens.refund:ReturnsScreen",
}
"""Mode to module and class."""


def _maker(where: str) -> Callable[[], Screen[object]]:
    """A function that imports the screen's module and makes the screen."""
    module, _colon, name = where.partition(":")

    def make() -> Screen[object]:
        return cast("Screen[object]", getattr(import_module(module), name)())

    return make


MODES: Final[dict[str, str | Callable[[], Screen[object]]]] = {
    mode: _maker(where) for mode, where in WHERE.items()
}
