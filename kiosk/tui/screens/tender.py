"""Taking the money: one way after the other until nothing is left, then one commit.

The register's tender is the truth; every try by something that may answer late is on disk before it begins.
A payment nobody knows the outcome of keeps the sale here, or parked, until a person settles it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout import attempts, sale
from kiosk.checkout.payments.method import Request
from kiosk.checkout.payments.pending import begin
from kiosk.checkout.tender import CASH, Attempt, Tender
from kiosk.i18n import _, amount, money
from kiosk.tui.basketrows import rows_of, sum_of
from kiosk.tui.commands import bindings, commands
from kiosk.tui.messages import CodeScanned
from kiosk.tui.screens.cash import CashDialogue
from kiosk.tui.screens.frame import Frame
from kiosk.tui.text import clean
from kiosk.tui.widgets.basket import BasketView
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.listing import Column, Entry, Listing
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.total import Total

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.checkout.payments.method import PaymentMethod
    from kiosk.checkout.payments.pending import UnderWay
    from kiosk.ledger.connection import Ledger
    from kiosk.tui.screens.payment import Verdict

SHOWN = ("cash", "card", "qr")
"""Ways with a key of their own; the others stand behind `other`."""


class TenderScreen(Frame[None]):
    """What is due, what has come, and the ways to take the rest."""

    PLACE = "tender"
    BINDINGS = bindings("tender")
    CSS_PATH = "tender.tcss"

    def __init__(self, first: str = "") -> None:
        """Begin with a way to pay, or with the choice of one."""
        super().__init__()
        self.first = first

    def body(self) -> ComposeResult:
        """What is left, large; what came; the keys."""
        with Horizontal(id="tender"):
            with Vertical(id="sale"):
                yield BasketView(id="basket")
                yield Total(id="total")
            with Vertical(id="money"):
                yield Title(_("To pay"), surface="ground")
                yield BigDigits(id="due")
                yield Listing(id="came")
                yield Flash(id="flash")
                yield KeyGrid(id="pay")

    def on_mount(self) -> None:
        """Show what is due, then ask for it the way the seller chose."""
        super().on_mount()
        self.show_state()
        if self.first:
            self.work_on(self._take(self.first), self.first)

    @property
    def tender(self) -> Tender:
        """The money side of the sale on the screen."""
        return self.station.register.pay()

    def show_state(self) -> None:
        """Show what is left and what came."""
        if self.station.register.basket.is_empty:
            return
        tender, currency = self.tender, self.station.settings.currency
        self.query_one("#due", BigDigits).show(amount(tender.remaining(""), currency))
        basket = self.station.register.basket
        self.query_one(BasketView).show(rows_of(basket), fresh=0, chosen=0)
        self.query_one(Total).show(sum_of(basket))
        total = money(tender.totals.gross, currency)
        self.query_one(Title).show(_("To pay"), _("of {total}").format(total=total) if tender.paid else "")
        rows = [
            Entry(
                one.id,
                (clean(self._label(one.method)), _state(one), amount(one.counts or one.asked, currency)),
                _tone(one),
            )
            for one in tender.attempts
        ]
        self.query_one(Listing).show(
            (Column(width=14), Column(quiet=True), Column(width=14, align="right")), rows
        )
        keys = [self.key(row.id) for row in commands("tender", "pay") if self.can(row.id)]
        self.query_one("#pay", KeyGrid).show(keys, columns=max(len(keys), 1), rows=1)

    def can(self, name: str, /) -> bool:
        """Ways the shop offers, while something is left and nothing is waited for."""
        tender = self.station.register.tender
        if tender is None:
            return name not in {"settle", "finish"}
        if name == "settle":
            return tender.open is not None
        if name == "finish":
            return tender.settled
        free = tender.open is None and not tender.settled
        if name == "other":
            return free and bool(self._others())
        return free and name in self.station.methods if name in SHOWN else True

    def _others(self) -> list[str]:
        return [name for name in self.station.methods if name not in SHOWN]

    def _label(self, name: str) -> str:
        method = self.station.methods.get(name)
        return method.label if method else name

    async def do_cash(self) -> None:
        """Cash."""
        await self._take("cash")

    async def do_card(self) -> None:
        """Card."""
        await self._take("card")

    async def do_qr(self) -> None:
        """Payment code."""
        await self._take("qr")

    async def do_other(self) -> None:
        """A way that a plug-in brings."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        options = [Option(name, self._label(name)) for name in self._others()]
        chosen = await self.ask(ChoiceDialogue(_("Paid how?"), options))
        if chosen is not None:
            await self._take(chosen)

    async def do_finish(self) -> None:
        """Book what is paid."""
        await self._finish()

    def do_back(self) -> None:
        """Back to the till; what was taken stays taken."""
        register = self.station.register
        if register.tender is not None and not register.tender.attempts:
            register.tender = None
        self.app.pop_screen()

    async def take_code(self, _scan: CodeScanned, /) -> None:
        """Goods scanned now belong to nobody yet."""
        self.say(_("Not added: finish or leave the payment first, then scan again."), "warn")

    # -- one way ---------------------------------------------------------------------------------------------

    async def _take(self, name: str) -> None:
        """Take what is left by one way; go on to the commit when that was all."""
        method = self.station.methods.get(name)
        if method is None or self.tender.settled or self.tender.open is not None:
            return
        await (self._cash() if method.can_overpay else self._later(method))
        if self.tender.settled:
            await self._finish()
        elif not self.tender.attempts and self.first:
            self.do_back()

    async def _cash(self) -> None:
        """Ask how much was handed over."""
        tender = self.tender
        due = tender.remaining(CASH)
        given = await self.ask(CashDialogue(due, self.station.settings.currency, due - tender.remaining("")))
        if given is None:
            return
        try:
            taken = tender.hand_over(uuid4().hex, given)
        except ValueError as refused:
            self.say(str(refused), "bad")
            return
        self.station.register.tender = taken
        if not taken.settled:
            await self.app.keeper.keep_now()
            await self.work(attempts.store_attempt, self.app.keeper.draft, taken.attempts[-1])

    async def _later(self, method: PaymentMethod, asked: int | None = None) -> None:
        """Ask for money that somebody else moves, and for what became of it."""
        tender = self.tender
        due = tender.remaining(method.name) if asked is None else asked
        currency = self.station.settings.currency
        key = uuid4().hex
        await self.app.keeper.keep_now()
        request = Request(key, due, currency, self.app.keeper.draft[:8].upper())
        try:
            started = await self.work_aside(begin_stored, method, request, self.app.keeper.draft)
        except ValueError as refused:
            self.say(str(refused), "bad")
            return
        self.station.register.tender = tender.ask(key, method.name, due)
        if started.instruction is None:
            self.station.register.tender = self.tender.doubt(key)
            self.say(started.words, "bad")
            return
        await self._await(method, started, request, may_split=asked is None)

    async def _await(
        self, method: PaymentMethod, started: UnderWay, request: Request, *, may_split: bool
    ) -> None:
        """Show the code or the words until the seller, or the reader, says what became of it."""
        from kiosk.tui.screens.payment import PaymentDialogue

        assert started.instruction is not None  # noqa: S101  (the caller turned away the unanswered)
        key = request.attempt
        dialogue = PaymentDialogue(
            method.label, request.amount, request.currency, started.instruction, may_split=may_split
        )
        verdict: Verdict | None = await self.ask(dialogue)
        while verdict is not None and verdict.kind == "print":
            await self._print_code(started, request)
            dialogue = PaymentDialogue(
                method.label, request.amount, request.currency, started.instruction, may_split=may_split
            )
            verdict = await self.ask(dialogue)
        if verdict is None or verdict.kind == "part":
            await self._answer(key, "cancelled")
            if verdict is not None:
                await self._part(method)
        elif verdict.kind == "unknown":
            await self._answer(key, "unknown")
        else:
            await self._paid(method, key)

    async def _paid(self, method: PaymentMethod, key: str) -> None:
        """Note the reference where the method wants one; without it the outcome stays open."""
        reference = ""
        if method.needs_reference:
            from kiosk.tui.screens.prompts import TextDialogue

            words = _("The number on the reader's slip; leave it empty if there is none.")
            answer = await self.ask(TextDialogue(_("Reference"), words=words, most=40, empty=True))
            if answer is None:
                await self._answer(key, "unknown")
                self.say(_("Is it paid? Nothing was booked: ask again when you know."), "warn")
                return
            reference = answer
        await self._answer(key, "confirmed", reference)

    async def _part(self, method: PaymentMethod) -> None:
        """Ask for less than all that is left."""
        from kiosk.tui.screens.prompts import NumberDialogue

        currency = self.station.settings.currency
        left = self.tender.remaining(method.name)
        wrong = _("at most {amount}").format(amount=money(left, currency))
        part = await self.ask(
            NumberDialogue(
                _("How much of it?"),
                decimals=currency.exponent,
                unit=currency.code,
                check=lambda number: "" if 0 < number <= left else wrong,
            )
        )
        if part is not None:
            await self._later(method, part)

    async def _print_code(self, started: UnderWay, request: Request) -> None:
        """Put the payment code on paper."""
        from kiosk.station.rendering import enqueue_code

        await self.work(enqueue_code, started.instruction, request.amount, self.station.settings)

    async def do_settle(self) -> None:
        """Say what became of the payment that is open."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        attempt = self.tender.open
        if attempt is None:
            return
        method = self.station.methods.get(attempt.method)
        words = f"{self._label(attempt.method)} {money(attempt.asked, self.station.settings.currency)}"
        options = (
            Option("paid", _("It was paid"), hue="accent"),
            Option("not", _("It was not paid"), hue="bad"),
        )
        answer = await self.ask(ChoiceDialogue(_("What became of it?"), options, words=words, columns=1))
        if answer == "paid" and method is not None:
            await self._paid(method, attempt.id)
        elif answer is not None:
            await self._answer(attempt.id, "confirmed" if answer == "paid" else "failed")
        if self.tender.settled:
            await self._finish()

    async def _answer(self, key: str, state: str, reference: str = "") -> None:
        """Write down what became of a payment, then show it."""
        await self.work(attempts.settle_attempt, key, state, reference)
        tender = self.tender
        change = {"confirmed": tender.confirm, "unknown": tender.doubt, "failed": tender.fail}.get(state)
        self.station.register.tender = change(key, reference) if change else tender.cancel(key)
        self.show_state()

    # -- all of it -------------------------------------------------------------------------------------------

    async def _finish(self) -> None:
        """Commit the sale; the till is free as soon as the ledger has it."""
        from kiosk.tui.screens.change import ChangeScreen

        station, register, keeper = self.station, self.station.register, self.app.keeper
        tender = self.tender
        assert register.person is not None  # noqa: S101  (Register.pay refuses without one)
        payments = tender.payments()
        new = sale.NewSale(
            register.basket,
            payments,
            register.person,
            keeper.sale_id,
            approvals=register.approvals,
            attempts=tender.attempts,
            draft=keeper.draft,
            opens_drawer=any(self._opens_drawer(one.method) for one in payments),
            receipt=station.settings.receipt.printing == "always",
        )
        try:
            receipt = await self.work(sale.commit, new)
        except sale.NoShift as closed:
            self.say(str(closed), "bad")
            return
        except (OSError, RuntimeError, ValueError) as failed:
            self.say(str(failed), "bad")
            self.app.bell()
            return
        register.clear()
        keeper.begin()
        self.app.switch_screen(ChangeScreen(receipt, tender, printed=new.receipt))

    def _opens_drawer(self, name: str) -> bool:
        method = self.station.methods.get(name)
        return method is not None and method.opens_drawer

    async def work_aside(self, function: Callable[..., UnderWay], *args: object) -> UnderWay:
        """Run a call to the outside world in the payments' own thread."""
        return await asyncio.wrap_future(self.station.aside(function, *args))


def begin_stored(ledger: Ledger, method: PaymentMethod, request: Request, draft: str) -> UnderWay:
    """Begin a payment whose try is in the ledger before the first call goes out."""
    return begin(method, request, lambda attempt: attempts.store_attempt(ledger, draft, attempt))


def _state(attempt: Attempt) -> str:
    """What is known of a payment, in words."""
    words = {
        "pending": _("waiting"),
        "confirmed": _("received"),
        "failed": _("refused"),
        "unknown": _("nobody knows: ask"),
        "cancelled": _("given up"),
    }
    return " ".join(part for part in (words[attempt.state], clean(attempt.reference)) if part)


def _tone(attempt: Attempt) -> str:
    return {"confirmed": "good", "unknown": "bad", "pending": "warn"}.get(attempt.state, "quiet")
