"""Cash in, cash out, and the drawer opened without a sale: how much, what for, and a slip to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from kiosk.checkout import shift as books
from kiosk.checkout.basketline import MOST_TEXT
from kiosk.checkout.slips import cash_rows
from kiosk.i18n import N_, _, money
from kiosk.station.rendering import enqueue_rows, stationery
from kiosk.tui.screens.place import Place

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

REASONS: Final = {
    "in": (N_("change from the bank"), N_("more float"), N_("paid back")),
    "out": (N_("to the bank"), N_("to the safe"), N_("supplier"), N_("expenses"), N_("private")),
    "drawer": (N_("change money"), N_("check the drawer"), N_("practice")),
}
"""What cash is usually moved for; anything else can be typed."""
OTHER: Final = "other"


class CashMoves(Place):
    """The part of the shift that moves cash without a sale."""

    async def do_cash_in(self) -> None:
        """Put cash into the drawer."""
        await self._move("in", _("Cash in"))

    async def do_cash_out(self) -> None:
        """Take cash out of the drawer."""
        await self._move("out", _("Cash out"))

    async def do_drawer(self) -> None:
        """Open the drawer; the reason is written down."""
        reason = await self._ask_reason("drawer", _("Open the drawer"))
        if reason is None:
            return
        booked = await self.booked(books.open_drawer, reason, self.person)
        if booked is not None:
            self.say(_("The drawer was opened: {reason}").format(reason=reason), "good")

    async def _move(self, kind: Literal["in", "out"], title: str) -> None:
        """Ask how much and what for, book it, print the slip."""
        from kiosk.tui.screens.prompts import NumberDialogue

        currency = self.currency
        number = await self.ask(NumberDialogue(title, decimals=currency.exponent, unit=currency.code))
        reason = await self._ask_reason(kind, title) if number else None
        if not number or reason is None:
            return
        book = books.cash_in if kind == "in" else books.cash_out
        if await self.booked(book, number, reason, self.person) is None:
            return
        if self.station.settings.has_printer:
            await self.tried(self._print_slip, kind, number, reason)
        await self.refresh_shift()
        words = _("Cash in: {amount}, {reason}") if kind == "in" else _("Cash out: {amount}, {reason}")
        self.say(words.format(amount=money(number, currency), reason=reason), "good")

    def _print_slip(self, ledger: Ledger, kind: Literal["in", "out"], number: int, reason: str) -> None:
        settings, now = self.station.settings, self.station.clock.now()
        rows = cash_rows(
            kind, number, reason, self.person.name, now.wall_ms, stationery(settings), settings.currency
        )
        enqueue_rows(ledger, rows)

    async def refresh_shift(self) -> None:
        """Read the shift anew."""

    async def _ask_reason(self, kind: str, title: str) -> str | None:
        """What for: one of the usual reasons, or words of one's own."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option, TextDialogue

        options = [Option(_(reason), _(reason)) for reason in REASONS[kind]]
        options.append(Option(OTHER, _("something else")))
        chosen = await self.ask(ChoiceDialogue(title, options, words=_("What for?")))
        if chosen != OTHER:
            return chosen
        return await self.ask(TextDialogue(title, words=_("What for?"), most=MOST_TEXT))
