"""Payments that wait for a person's word: those of other sales, and money whose sale is gone.

What became of a payment is looked up at the reader or the bank and said here. Money that belongs to no sale
is cleared with a reason by who may give money back; the ledger keeps the payment, the journal the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.checkout import attempts
from kiosk.checkout.basketline import MOST_TEXT
from kiosk.checkout.unfinished import Unfinished
from kiosk.i18n import N_, _, money
from kiosk.tui.screens.listplace import ListPlace
from kiosk.tui.text import clean
from kiosk.tui.waiting import attempt_words

if TYPE_CHECKING:
    from kiosk.checkout.attempts import OpenAttempt

TRY = "try:"
CLEARED: Final = (N_("given back on the reader"), N_("given back by transfer"), N_("it was a trial"))
"""What usually becomes of money whose sale is gone; anything else can be typed."""
OTHER: Final = "other"


class StrayMoney(ListPlace):
    """The part of what waits that is about money."""

    waiting = Unfinished((), ())
    chosen = ""
    """The entry the keys act upon: `job:` and a print job's number, or `try:` and a payment's key."""

    @property
    def attempt(self) -> OpenAttempt | None:
        """The chosen payment."""
        return next((one for one in self.waiting.attempts if f"{TRY}{one.attempt.id}" == self.chosen), None)

    async def look(self) -> None:
        """Read what waits now."""

    def try_title(self, one: OpenAttempt) -> str:
        """A payment in words: `Card €12.50`."""
        method = self.station.methods.get(one.attempt.method)
        label = clean(method.label if method else one.attempt.method)
        return f"{label} {money(one.attempt.asked, self.currency)}"

    async def do_settle(self) -> None:
        """Say what became of a payment of another sale, or of money whose sale is gone."""
        one = self.attempt
        if one is None:
            return
        if one.attempt.is_open:
            await self._settle(one)
        else:
            await self._clear(one)

    async def _settle(self, one: OpenAttempt) -> None:
        """Whether the money came is what somebody has looked up."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        options = (
            Option("confirmed", _("It was paid"), hue="accent"),
            Option("failed", _("It was not paid"), hue="bad"),
        )
        words = attempt_words(one, own=False)
        state = await self.ask(ChoiceDialogue(self.try_title(one), options, words=words, columns=1))
        if state is None or not await self.did(attempts.settle_attempt, one.attempt.id, state):
            return
        await self.look()
        astray = self.attempt is not None and self.attempt.attempt.id == one.attempt.id
        if astray:
            self.say(_("Noted as paid, but its sale is gone: give the money back."), "warn")
        elif state == "confirmed":
            self.say(_("Noted as paid: finish its sale from the parked ones."), "good")
        else:
            self.say(_("Noted: it was not paid."), "good")

    async def _clear(self, one: OpenAttempt) -> None:
        """Why money without a sale need not be looked after any more: a supervisor's word, in the journal."""
        reason = await self._ask_reason(one)
        if not reason:
            return
        if await self.booked(attempts.clear, one.attempt.id, reason, self.person) is not None:
            await self.look()
            self.say(
                _("Cleared: {payment}. It is in the journal.").format(payment=self.try_title(one)), "good"
            )

    async def _ask_reason(self, one: OpenAttempt) -> str | None:
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option, TextDialogue

        title = _("What became of the money?")
        options = [Option(_(reason), _(reason)) for reason in CLEARED] + [Option(OTHER, _("something else"))]
        words = self.try_title(one)
        chosen = await self.ask(ChoiceDialogue(title, options, words=words))
        if chosen != OTHER:
            return chosen
        return await self.ask(TextDialogue(title, words=words, most=MOST_TEXT))
