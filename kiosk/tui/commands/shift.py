"""Commands of the shift: opening, cash in and out, the drawer, X and Z."""

from __future__ import annotations

from typing import Final

from kiosk.checkout.rights import Right
from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

SHIFT: Final = (
    Command(
        "cash_in",
        "shift",
        "f2",
        N_("cash in"),
        N_("Put cash into the drawer and say what for."),
        right=Right.CASH_MOVE,
    ),
    Command(
        "cash_out",
        "shift",
        "f3",
        N_("cash out"),
        N_("Take cash out of the drawer and say what for."),
        right=Right.CASH_MOVE,
    ),
    Command(
        "drawer",
        "shift",
        "f4",
        N_("drawer"),
        N_("Open the drawer without a sale; it is written down."),
        right=Right.OPEN_DRAWER,
    ),
    Command(
        "x_report",
        "shift",
        "f6",
        N_("X report"),
        N_("Show the running totals; nothing is closed."),
        right=Right.X_REPORT,
    ),
    Command(
        "open_shift",
        "shift",
        "enter",
        N_("open the shift"),
        N_("Say how much change is in the drawer and start selling."),
        hue="accent",
    ),
    Command(
        "close_day",
        "shift",
        "f9",
        N_("close the day"),
        N_("Count the drawer, see the difference, make the Z."),
        right=Right.CLOSE_DAY,
        hue="accent",
    ),
    Command(
        "waiting",
        "shift",
        "f5",
        N_("what waits"),
        N_("Prints in doubt and payments without an outcome."),
        "line",
        goes="prints",
    ),
    Command(
        "old_z",
        "shift",
        "f7",
        N_("old Z"),
        N_("Look at an earlier Z again, or print a copy of it."),
        "line",
    ),
)
