"""The customer's ticket on the screen: its code in digits and as a QR code, for who takes no paper.

Whoever has it can collect, so it is shown when somebody asks for it and is gone when they leave. Nothing
keeps it but the customer's phone.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.i18n import _, date, time
from kiosk.pickup.codes import DIGITS
from kiosk.station.collecting import print_ticket, taken_from_screen
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.flash import PanelFlash
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.qrcode import QrCode
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.pickup.desk import Ticket


class TicketScreen(Dialogue[None]):
    """The QR code at the left; order, digits and keys beside it."""

    WIDE = True
    CSS_PATH: ClassVar = "ticket.tcss"

    on_paper = False
    """Whether it was printed from here."""

    def __init__(self, ticket: Ticket) -> None:
        """Show a ticket."""
        order = ticket.order
        when = _("From {date} {time} until {last} {end}.").format(
            date=date(order.slot_ms), time=time(order.slot_ms),
            last=date(order.until_ms), end=time(order.until_ms),
        )  # fmt: skip
        words = _("Photograph it, or write it down.")
        super().__init__(_("Order {ref}").format(ref=order.ref), f"{when} {words}")
        self.ticket = ticket

    def compose(self) -> ComposeResult:
        """The code, then digits, words and keys."""
        with Horizontal(id="pane"):
            yield QrCode(id="code")
            with Vertical(id="beside"):
                yield Title(self.title_text, self.words)
                yield BigDigits(id="first")
                yield BigDigits(id="second")
                yield PanelFlash(id="flash")
                yield PanelKeys(id="foot")

    def on_mount(self) -> None:
        """Show the code: digits four and four, as they are said."""
        self.query_one(QrCode).show(self.ticket.token)
        halves = (self.ticket.code[: DIGITS // 2], self.ticket.code[DIGITS // 2 :])
        for digits, half in zip(self.query(BigDigits), halves, strict=True):
            digits.surface, digits.align = "panel", "centre"
            digits.show(half)
        self.show_state()

    def show_state(self) -> None:
        """Show the keys."""
        keys = [TouchKey("cancel", _("done"), hint="Enter", hue="accent")]
        if self.station.settings.has_printer:
            keys.insert(0, TouchKey("print", _("print"), hint="P"))
        self.query_one("#foot", KeyGrid).show(keys, columns=len(keys), rows=1)

    def typed(self, character: str, /) -> bool:
        """Print it."""
        if character in {"print", "p", "P"} and self.station.settings.has_printer:
            self.work_on(self._print(), "print")
        return True

    async def _print(self) -> None:
        try:
            await self.work(print_ticket, self.ticket, self.station.settings, self._by)
        except REFUSALS as refused:
            self.say(str(refused), "bad")
        else:
            self.on_paper = True
            self.say(_("It is being printed."), "good")

    def enter(self) -> None:
        """Done: the customer has it."""
        self.work_on(self._leave(), "leave")

    def do_back(self) -> None:
        """The same."""
        self.enter()

    async def _leave(self) -> None:
        """Paper that still waits for the printer need not tell the code to whoever stands there later."""
        if not self.on_paper:
            with suppress(*REFUSALS):
                await self.work(taken_from_screen, self.ticket, self._by)
        self.dismiss(None)

    @property
    def _by(self) -> str:
        person = self.station.register.person
        return person.name if person is not None else ""
