"""What became of payments of this sale: the open one, money that came late, money that went back.

A person decides. Only the ledger and the journal remember for good, so each word is written there first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from kiosk.checkout import attempts
from kiosk.checkout.payments.method import Instruction, PolledMethod
from kiosk.checkout.tender import CASH
from kiosk.i18n import _, money
from kiosk.tui.screens.finishing import Finishing
from kiosk.tui.text import clean
from kiosk.tui.widgets.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.checkout.tender import Attempt
    from kiosk.tui.screens.prompts import Option


class Settling(Finishing):
    """The part of taking money that looks back."""

    @property
    def questionable(self) -> Sequence[Attempt]:
        """The payments something can be said about; the open one alone while there is one."""
        tender = self.station.register.tender
        if tender is None:
            return ()
        if tender.open is not None:
            return (tender.open,)
        return tuple(one for one in tender.attempts if one.state == "confirmed" or one.method != CASH)

    def label(self, name: str) -> str:
        """What a way to pay is called."""
        method = self.station.methods.get(name)
        return clean(method.label if method else name)

    def said(self, attempt: Attempt) -> str:
        """A payment in words: `Card €12.50`."""
        return f"{self.label(attempt.method)} {money(attempt.counts or attempt.asked, self.currency)}"

    async def do_settle(self) -> None:
        """Choose a payment, where there are several, and say what became of it."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        known = self.questionable
        chosen: str | None = known[0].id if len(known) == 1 else None
        if len(known) > 1:
            options = [Option(one.id, self.said(one), detail=state_words(one)) for one in known]
            chosen = await self.ask(ChoiceDialogue(_("Which payment?"), options, columns=1))
        if chosen is not None:
            await self.settle(chosen)

    @on(Listing.Chosen)
    def _touched(self, event: Listing.Chosen) -> None:
        """A payment in the list was touched."""
        event.stop()
        if self.busy or self.under_way("settle"):
            return
        if any(one.id == event.id for one in self.questionable):
            self.work_on(self.settle(event.id), "settle")

    async def settle(self, key: str) -> None:
        """Ask what became of one payment, and write it down."""
        from kiosk.tui.screens.prompts import ChoiceDialogue

        attempt = self.tender.attempt(key)
        if attempt.state == "confirmed":
            await self._give_back(attempt)
            return
        question = ChoiceDialogue(
            _("What became of it?"), self._answers(attempt), words=self.said(attempt), columns=1
        )
        said = await self.ask(question)
        method = self.station.methods.get(attempt.method)
        if said == "ask" and isinstance(method, PolledMethod):
            request = self.request_of(attempt.id, attempt.asked)
            await self.wait_for(method, request, Instruction(_("Asking the reader…")), may_split=False)
        elif said == "paid" and method is not None:
            await self.paid(method, self.request_of(attempt.id, attempt.asked))
        elif said is not None:
            await self.answer(key, "confirmed" if said == "paid" else "failed")
        await self.go_on()

    def _answers(self, attempt: Attempt) -> list[Option[str]]:
        from kiosk.tui.screens.prompts import Option

        if not attempt.is_open:
            return [Option("paid", _("It was paid after all"), hue="accent")]
        method = self.station.methods.get(attempt.method)
        asks = method is not None and method.confirmed_by == "reader" and isinstance(method, PolledMethod)
        first = [Option("ask", _("Ask the reader again"), hue="accent")] if asks else []
        return [
            *first,
            Option("paid", _("It was paid"), hue="plain" if asks else "accent"),
            Option("not", _("It was not paid"), hue="bad"),
        ]

    async def _give_back(self, attempt: Attempt) -> None:
        """Money goes back to the customer before the sale is booked."""
        from kiosk.tui.screens.prompts import ConfirmDialogue

        words = (
            _("Hand it back first.") if attempt.method == CASH else _("Give it back by the same way first.")
        )
        title = _("Give back {payment}?").format(payment=self.said(attempt))
        dialogue = ConfirmDialogue(title, yes=_("It went back"), no=_("Keep it"), words=words, hue="bad")
        if await self.ask(dialogue) and await self.did(attempts.give_back, attempt, self.person):
            self.station.register.tender = self.tender.give_back(attempt.id)
            self.say(_("Given back: {payment}").format(payment=self.said(attempt)))
        self.show_state()


def state_words(attempt: Attempt) -> str:
    """What is known of a payment."""
    words = {
        "pending": _("waiting"),
        "confirmed": _("received"),
        "failed": _("not paid"),
        "unknown": _("nobody knows: ask"),
        "cancelled": _("given up"),
    }
    return " ".join(part for part in (words[attempt.state], clean(attempt.reference)) if part)


def tone_of(attempt: Attempt) -> str:
    """The ink that goes with it."""
    return {"confirmed": "good", "unknown": "bad", "pending": "warn"}.get(attempt.state, "quiet")
