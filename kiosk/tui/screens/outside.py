"""Money that somebody else moves: asked for with a key that is on disk first, waited for, written down.

The ledger's word on a payment is final: what is confirmed there stays so, and the register's tender follows
it. Whatever fails on the way, the basket and the payments taken so far stay as they are.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from kiosk.checkout import attempts
from kiosk.checkout.payments import stored
from kiosk.checkout.payments.method import PolledMethod, Request
from kiosk.i18n import _, money
from kiosk.tui.screens.booking import REFUSALS, Booking

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.checkout.payments.method import Instruction, PaymentMethod
    from kiosk.checkout.tender import State, Tender
    from kiosk.tui.screens.payment import PaymentDialogue, Verdict

T = TypeVar("T")


class Outside(Booking[None]):
    """The part of taking money that reaches outside of the till."""

    busy = False
    """Something is under way that must not be left, or begun twice."""

    @property
    def tender(self) -> Tender:
        """The money side of the sale on the screen; NotReady, NotAllowed when there is nothing to pay."""
        return self.station.register.pay()

    async def aside(self, function: Callable[..., T], *args: object) -> T:
        """Run what may wait for the outside world in the payments' own thread."""
        return await asyncio.wrap_future(self.station.aside(function, *args))

    def request_of(self, attempt: str, size: int) -> Request:
        """What is asked of the customer; the sale's id is what a bank statement can say of it."""
        return Request(attempt, size, self.currency, self.app.keeper.draft[:8].upper())

    async def ask_for(self, method: PaymentMethod, size: int, *, may_split: bool = True) -> None:
        """Ask for money in minor units, and for what became of it."""
        request = self.request_of(uuid4().hex, size)
        self.busy = True
        self.say(_("Asking for {amount}…").format(amount=money(size, self.currency)))
        try:
            asked = self.tender.ask(request.attempt, method.name, size)
            await self.app.keeper.keep_now()
            started = await self.aside(stored.begin, method, request, self.app.keeper.draft)
        except REFUSALS as refused:
            self.refuse(str(refused))
            return
        finally:
            self.busy = False
        self.say("")
        self.station.register.tender = asked
        if started.instruction is None:
            self.station.register.tender = asked.doubt(request.attempt)
            self.refuse(started.words)
        else:
            await self.wait_for(method, request, started.instruction, may_split=may_split)

    async def wait_for(
        self, method: PaymentMethod, request: Request, instruction: Instruction, *, may_split: bool
    ) -> None:
        """Show the code or the words until the seller, or the reader, says what became of it."""
        settled = False
        while not settled:
            verdict = await self.ask(self._dialogue(method, request, instruction, may_split=may_split))
            settled = await self._judge(method, request, verdict)
        if verdict is not None and verdict.kind == "part":
            await self._part(method)

    def _dialogue(
        self, method: PaymentMethod, request: Request, instruction: Instruction, *, may_split: bool
    ) -> PaymentDialogue:
        from kiosk.tui.screens.payment import PaymentDialogue
        from kiosk.tui.screens.reader import ReaderDialogue

        if method.confirmed_by == "reader" and isinstance(method, PolledMethod):
            return ReaderDialogue(method, request, instruction, may_split=may_split)
        return PaymentDialogue(method.label, request, instruction, may_split=may_split)

    async def _judge(self, method: PaymentMethod, request: Request, verdict: Verdict | None) -> bool:
        """Write down what came of the waiting; False when the seller wants to go back to it."""
        key = request.attempt
        if verdict is not None and verdict.attempt is not None:
            told = verdict.attempt
            await self.answer(key, told.state, told.reference)
            if verdict.words:
                self.say(verdict.words, "note" if told.state == "confirmed" else "bad")
            return True
        kind = "cancel" if verdict is None else verdict.kind
        if kind == "paid":
            return await self.paid(method, request)
        await self.answer(key, "unknown" if kind == "open" else "cancelled")
        return True

    async def paid(self, method: PaymentMethod, request: Request) -> bool:
        """Note the reference where the method wants one; False when the seller went back from that."""
        reference = ""
        if method.needs_reference:
            from kiosk.tui.screens.prompts import TextDialogue

            words = _("The number on the reader's slip; leave it empty if there is none.")
            answer = await self.ask(TextDialogue(_("Reference"), words=words, most=40, empty=True))
            if answer is None:
                return False
            reference = answer
        await self.answer(request.attempt, "confirmed", reference)
        return True

    async def answer(self, key: str, state: State, reference: str = "") -> None:
        """Write down what became of a payment, then follow the ledger's word on it."""
        tender = self.tender
        try:
            if state == "confirmed":
                tender.confirm(key)  # refused when nothing is left to pay: then nothing is written either
            known = await self.work(attempts.settle_attempt, key, state, reference)
            self.station.register.tender = _followed(tender, key, known.state, known.reference)
            if known.state == "confirmed" != state:
                self.say(_("It was paid after all: the reader said so meanwhile."), "good")
        except REFUSALS as refused:
            self.refuse(str(refused))
        self.show_state()

    async def _part(self, method: PaymentMethod) -> None:
        """Ask for less than all that is left."""
        from kiosk.tui.screens.prompts import NumberDialogue

        left = self.tender.remaining(method.name)
        most = _("at most {amount}").format(amount=money(left, self.currency))
        wrong = {True: _("That is more than is left."), False: _("Nought is no payment.")}
        part = await self.ask(
            NumberDialogue(
                _("How much of it?"),
                decimals=self.currency.exponent,
                unit=self.currency.code,
                words=most,
                check=lambda number: "" if 0 < number <= left else wrong[number > left],
            )
        )
        if part is not None:
            await self.ask_for(method, part, may_split=False)


def _followed(tender: Tender, key: str, state: State, reference: str) -> Tender:
    """The tender with a payment as the ledger has it."""
    match state:
        case "confirmed":
            return tender.confirm(key, reference)
        case "unknown":
            return tender.doubt(key, reference)
        case "failed":
            return tender.fail(key, reference)
        case "cancelled":
            return tender.cancel(key)
        case _:
            return tender
