"""A supervisor's leave for one action: their PIN, and nothing else changes hands.

The seller stays signed in. The service, not this dialogue, decides whether the PIN's owner has the right,
counts wrong ones and makes the next try wait.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.checkout.people import approve
from kiosk.checkout.rights import Approval, Right
from kiosk.i18n import N_, _
from kiosk.tui.screens.pin import PinDialogue

ASKED: Final[Mapping[Right, str]] = {
    Right.DISCOUNT: N_("A discount needs a supervisor."),
    Right.PRICE: N_("Another price needs a supervisor."),
    Right.REFUND: N_("Taking goods back needs a supervisor."),
    Right.VOID_SALE: N_("Throwing a sale away needs a supervisor."),
    Right.OPEN_DRAWER: N_("Opening the drawer needs a supervisor."),
    Right.CASH_MOVE: N_("Cash in or out needs a supervisor."),
    Right.X_REPORT: N_("The running totals need a supervisor."),
    Right.CLOSE_DAY: N_("Closing the day needs a supervisor."),
    Right.EDIT_CATALOGUE: N_("Changing products needs a supervisor."),
    Right.EDIT_LISTS: N_("Changing the keys needs a supervisor."),
    Right.REPORTS: N_("Reports need a supervisor."),
    Right.LOCKER: N_("Working at the boxes needs a supervisor."),
    Right.AGE_OVERRIDE: N_("Selling without checking the age needs a supervisor."),
}
"""Why leave is asked for, by right."""
OTHERWISE: Final = N_("This needs a supervisor.")


class LeaveDialogue(PinDialogue[Approval]):
    """Ask for leave to use a right once."""

    def __init__(self, right: Right) -> None:
        """Ask for leave for `right`."""
        super().__init__(_("Supervisor's PIN"), _(ASKED.get(right, OTHERWISE)))
        self.right = right

    async def check(self, pin: str, /) -> Approval:
        """Have the service judge the PIN."""
        return await self.work(approve, None, pin, self.right)
