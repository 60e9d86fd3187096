"""What can be done to a line and to the whole sale once goods are in the basket.

Every change is the register's; where it refuses for want of a right, a supervisor's leave is asked for and
the same action is tried once more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from kiosk.checkout.basket import Discount
from kiosk.checkout.basketline import ONE
from kiosk.checkout.money import MILLION
from kiosk.i18n import _, money
from kiosk.tui.app import monotonic_ms
from kiosk.tui.screens.adding import Adding
from kiosk.tui.text import clean

if TYPE_CHECKING:
    from kiosk.checkout.basket import Basket, BasketLine
    from kiosk.checkout.outcome import Outcome
    from kiosk.checkout.people import Approval

USUAL = (5, 10, 15, 20, 25, 50)
"""Percentages offered as keys; any other can be typed."""


class Lines(Adding):
    """The part of the till that changes what is there."""

    chosen = 0
    """The uid of the line the line commands act upon; 0 stands for the last one."""

    @property
    def line(self) -> BasketLine | None:
        """The line the commands act upon.

        The chosen one, else the one changed last, else the last open one.
        """
        live = self.register.basket.live
        for uid in (self.chosen, self.register.basket.last_uid):
            for line in live:
                if line.uid == uid:
                    return line
        return live[-1] if live else None

    async def _agree(self, action: Callable[[Approval | None], Outcome]) -> None:
        """Do something that may need leave, and say what came of it."""
        try:
            outcome = await self.with_leave(action)
        except (ValueError, LookupError, PermissionError) as refused:
            self.say(str(refused), "bad")
            return
        if outcome is not None:
            self.tell(outcome)

    def do_undo(self) -> None:
        """Take the last change back."""
        self.guarded(lambda: self.register.undo(monotonic_ms()))

    def _step(self, by: int) -> None:
        line = self.line
        if line is None:
            return
        count = line.quantity + by * ONE
        if count < ONE:
            self.guarded(lambda: self.register.void(line.uid, monotonic_ms()))
        else:
            self.guarded(lambda: self.register.set_quantity(line.uid, count, monotonic_ms()))

    def do_another(self) -> None:
        """One more."""
        self._step(1)

    def do_fewer(self) -> None:
        """One less; the last one is struck out."""
        self._step(-1)

    async def do_quantity(self) -> None:
        """Ask how many, or how much of something weighed."""
        from kiosk.tui.screens.prompts import NumberDialogue

        line = self.line
        if line is None:
            return
        each = line.item.unit == "each"
        unit = "×" if each else line.item.unit
        number = await self.ask(
            NumberDialogue(_("How many?"), decimals=0 if each else 3, unit=unit, words=clean(line.item.name))
        )
        if number is not None:
            count = number * ONE if each else number
            self.guarded(lambda: self.register.set_quantity(line.uid, count, monotonic_ms()))

    async def do_price(self) -> None:
        """Ask for another price of one unit."""
        from kiosk.tui.screens.prompts import NumberDialogue

        line = self.line
        if line is None:
            return
        currency = self.station.settings.currency
        words = f"{clean(line.item.name)} · {money(line.price, currency)}"
        number = await self.ask(
            NumberDialogue(_("Another price"), decimals=self.exponent, unit=currency.code, words=words)
        )
        if number is not None:
            await self._agree(
                lambda leave: self.register.override_price(line.uid, number, monotonic_ms(), leave)
            )

    async def do_discount(self) -> None:
        """Take something off the line."""
        line = self.line
        if line is None:
            return
        answer = await self._ask_discount(_("Discount on {name}").format(name=clean(line.item.name)))
        if answer is not None:
            off = answer or None
            await self._agree(lambda leave: self.register.discount_line(line.uid, off, monotonic_ms(), leave))

    async def do_off_sale(self) -> None:
        """Take something off everything."""
        answer = await self._ask_discount(_("Discount on the whole sale"))
        if answer is not None:
            off = answer or None
            await self._agree(lambda leave: self.register.discount_sale(off, monotonic_ms(), leave))

    async def _ask_discount(self, title: str) -> Discount | Literal[False] | None:
        """Ask for a discount; False takes an agreed one away, None is no answer."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, NumberDialogue, Option

        options = [Option(f"{share}", f"{share} %") for share in USUAL]
        options += [
            Option("percent", _("other %")),
            Option("amount", _("an amount")),
            Option("none", _("no discount")),
        ]
        answer = await self.ask(ChoiceDialogue(title, options, columns=3))
        if answer is None or answer == "none":
            return None if answer is None else False
        if answer not in {"percent", "amount"}:
            return Discount(percent=int(answer) * MILLION // 100)
        share = answer == "percent"
        unit = "%" if share else self.station.settings.currency.code
        number = await self.ask(NumberDialogue(title, decimals=2 if share else self.exponent, unit=unit))
        if number is None:
            return None
        if share:
            return Discount(percent=min(number, 10_000) * MILLION // 10_000)
        return Discount(amount=number)

    async def do_note(self) -> None:
        """Write on the line."""
        from kiosk.tui.screens.prompts import TextDialogue

        line = self.line
        if line is None:
            return
        words = line.item.prompt or clean(line.item.name)
        text = await self.ask(TextDialogue(_("Note"), start=line.note, words=words, most=200, empty=True))
        if text is not None:
            self.guarded(lambda: self.register.write_note(line.uid, text, monotonic_ms()))

    def do_void(self) -> None:
        """Strike the line out; it stays visible."""
        line = self.line
        if line is not None:
            self.guarded(lambda: self.register.void(line.uid, monotonic_ms()))

    async def do_void_sale(self) -> None:
        """Throw the whole sale away, after a question."""
        from kiosk.tui.screens.prompts import ConfirmDialogue

        total = money(self.register.basket.totals.gross, self.station.settings.currency)
        sure = await self.ask(
            ConfirmDialogue(
                _("Throw this sale away?"),
                words=_("{total}, not paid").format(total=total),
                yes=_("Throw it away"),
                no=_("Keep it"),
                hue="bad",
            )
        )
        if not sure:
            return
        lent: list[Approval] = []

        def throw_away(approval: Approval | None) -> Basket:
            left = self.register.void_sale(approval)
            lent.extend([approval] if approval else [])
            return left

        try:
            left = await self.with_leave(throw_away)
            if left is not None:
                await self.app.keeper.discard(left, lent)
                self.say(_("The sale was thrown away"))
                if self.register.dropped:
                    from kiosk.tui.screens.collecting import drop_hold

                    drop_hold(self)
        except (ValueError, PermissionError, OSError) as refused:
            self.say(str(refused), "bad")
