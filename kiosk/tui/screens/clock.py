"""Is the clock right? A box without a battery clock wakes up in the past, and only a person can tell.

The answer holds until the box is switched off; it goes into the journal with who gave it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from kiosk.i18n import _, date, time
from kiosk.ledger.confirmation import confirm_clock
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.prompts import ConfirmDialogue
from kiosk.tui.widgets.bigdigits import BigDigits

if TYPE_CHECKING:
    from kiosk.tui.screens.frame import Frame


class ClockDialogue(ConfirmDialogue):
    """Time and date, large enough to be compared with a watch."""

    CSS_PATH = "clock.tcss"
    WIDE = True

    def __init__(self) -> None:
        """Ask."""
        super().__init__(
            _("Is this the right time?"),
            yes=_("Yes, it is right"),
            no=_("No, it is wrong"),
            words=_("Nothing confirms it, and receipts say so. Look at a watch or a telephone."),
        )
        self.columns = 2

    def content(self) -> ComposeResult:
        """Time, date, then the answers."""
        yield BigDigits(id="time")
        yield BigDigits(id="date")
        yield from super().content()

    def on_mount(self) -> None:
        """Show them."""
        for digits in self.query(BigDigits):
            digits.surface, digits.align = "panel", "centre"
        self.refresh_standing()

    def refresh_standing(self) -> None:
        """A minute has passed."""
        wall_ms = self.station.clock.now().wall_ms
        self.query_one("#time", BigDigits).show(time(wall_ms))
        self.query_one("#date", BigDigits).show(date(wall_ms), "ink")


async def check_clock(screen: Frame[None]) -> None:
    """Ask whether the clock is right, and trust it from then on if it is."""
    right = await screen.ask(ClockDialogue())
    if right is None:
        return
    if not right:
        words = _("Set the clock of this device, or connect it to a network. Sales go on meanwhile.")
        screen.say(words, "warn")
        return
    person = screen.station.register.person
    try:
        await screen.work(confirm_clock, person.id if person else None)
    except REFUSALS as refused:
        screen.say(str(refused), "bad")
    else:
        screen.app.on_lamps_changed()
        screen.say(_("The clock is confirmed until the device is switched off."), "good")
