"""What is done about goods that come back: repair before swap before money, and how the money goes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal
from uuid import uuid4

from kiosk.checkout import printqueue, stored_sale
from kiosk.checkout import refund as books
from kiosk.checkout.basketline import MOST_TEXT
from kiosk.checkout.slips import return_rows
from kiosk.checkout.tender import CASH
from kiosk.i18n import N_, _, amount, money, speaking
from kiosk.pickup import cancelling
from kiosk.station.moneyback import refund
from kiosk.station.rendering import enqueue_rows, rows_of_sale, stationery
from kiosk.tui.screens.place import Place
from kiosk.tui.screens.slipview import SlipScreen
from kiosk.tui.text import clean

if TYPE_CHECKING:
    from kiosk.catalogue.paper import Row
    from kiosk.checkout.cash import CashRounding
    from kiosk.checkout.refund_rows import RefundRows
    from kiosk.checkout.return_case import Remedy
    from kiosk.checkout.rights import Person
    from kiosk.checkout.sale import Receipt
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings
    from kiosk.tui.returning import Returning
    from kiosk.tui.screens.prompts import Option

REASONS: Final = (N_("broken"), N_("does not fit"), N_("not as expected"), N_("wrong article"))
"""Why goods usually come back; anything else can be typed, and so can nothing."""
OTHER: Final = "other"


class MoneyBack(Place):
    """The part of a return that ends it."""

    @property
    def rounding(self) -> CashRounding | None:
        """How cash is rounded here."""
        return self.station.settings.pricing.cash

    async def settle(self, goods: Returning) -> None:
        """Ask for the remedy, the reason and, for money, the way; book it; show the slip."""
        from kiosk.tui.screens.prompts import ChoiceDialogue

        question = ChoiceDialogue(_("What can be done?"), _remedies(), words=_("In this order."), columns=1)
        remedy = await self.ask(question)
        if remedy is None:
            return
        reason = await self._ask_reason()
        if reason is None:
            return
        method, reference = CASH, ""
        if remedy == "refund":
            way = await self._ask_way(goods)
            if way is None:
                return
            method, reference = way
        lies_in = await self.looked_up(cancelling.lies_in, goods.sale.id) or []
        receipt = await self.booked(
            refund,
            goods.sale.id,
            dict(goods.back),
            remedy,
            self.person,
            method=method,
            reference=reference,
            rounding=self.rounding,
            reason=reason,
            event_id=uuid4(),
            slip=self.station.settings.has_printer,
        )
        if receipt is not None:
            await self._show(goods, remedy, reason, receipt, lies_in)

    async def _ask_reason(self) -> str | None:
        """Why it comes back; empty for no reason given, None for not at all."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option, TextDialogue

        options = [Option(_(reason), _(reason)) for reason in REASONS]
        options += [Option(OTHER, _("something else")), Option("", _("not said"))]
        chosen = await self.ask(ChoiceDialogue(_("Why does it come back?"), options))
        if chosen != OTHER:
            return chosen
        return await self.ask(TextDialogue(_("Why does it come back?"), most=MOST_TEXT))

    # -- money -----------------------------------------------------------------------------------------------

    async def _ask_way(self, goods: Returning) -> tuple[str, str] | None:
        """How the money goes back: method and reference. A whole sale goes back the way it was paid."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        methods = [name for name in self.station.settings.methods if name in self.station.methods]
        ways: dict[str, RefundRows] = {}
        for name in [CASH, *(name for name in methods if name != CASH)]:
            rows = await self.looked_up(
                books.preview, goods.sale.id, goods.back, method=name, rounding=self.rounding
            )
            if rows is None:
                return None
            ways[name] = rows
        if len({tuple(rows.payments) for rows in ways.values()}) == 1:
            options = [Option(CASH, _("Give it back"), detail=self._said(ways[CASH]), hue="accent")]
            by_hand = any(row[0] != CASH for row in ways[CASH].payments)
            words = _("Give it back on the reader first.") if by_hand else _("The way it was paid.")
        else:
            options = [
                Option(
                    name,
                    self._method(name),
                    detail=amount(_paid_out(rows), self.currency),
                    hue="accent" if name == CASH else "plain",
                )
                for name, rows in ways.items()
            ]
            words = _("How does it go back?")
        title = _("Give back {amount}").format(amount=money(_paid_out(ways[CASH]), self.currency))
        chosen = await self.ask(ChoiceDialogue(title, options, words=words, columns=1))
        if chosen is None:
            return None
        reference = await self._ask_reference(chosen)
        return None if reference is None else (chosen, reference)

    def _said(self, rows: RefundRows) -> str:
        """The payments of a refund in words: `Cash 10.00 · Card 2.50`."""
        return " · ".join(
            f"{self._method(row[0])} {amount(-row[2], self.currency)}"
            for row in rows.payments
            if row[1] != "rounding"
        )

    def _method(self, name: str) -> str:
        known = self.station.methods.get(name)
        return clean(known.label if known else name)

    async def _ask_reference(self, name: str) -> str | None:
        """The reader's number of the money it gave back, where a method wants one."""
        from kiosk.tui.screens.prompts import TextDialogue

        method = self.station.methods.get(name)
        if method is None or not method.needs_reference:
            return ""
        words = _("Give it back on the reader first, then type the number on its slip.")
        return await self.ask(TextDialogue(_("Reference"), words=words, most=40, empty=True))

    # -- the slip --------------------------------------------------------------------------------------------

    async def _show(
        self, goods: Returning, remedy: Remedy, reason: str, receipt: Receipt, lies_in: Sequence[int]
    ) -> None:
        """Show what was booked as paper, then leave for the till."""
        if remedy == "refund":
            slip = self._money_slip(receipt, lies_in)
        else:
            slip = self._goods_slip(goods, remedy, reason, receipt.wall_ms)
            if slip.queue is not None and self.station.settings.has_printer:
                await self.tried(slip.queue, self.station.settings, self.person)
        await self.ask(slip)
        self.app.pop_screen()
        self.app.go("till")

    def _money_slip(self, receipt: Receipt, lies_in: Sequence[int]) -> SlipScreen:
        """The refund's receipt; it was queued with the booking. `lies_in` are boxes that still hold it."""
        words = _("Receipt {number}").format(number=receipt.number)
        if lies_in:
            fetch = _("Take it out of box {box}. No code opens that until you have looked inside.")
            words = f"{words} · {fetch.format(box=', '.join(map(str, lies_in)))}"

        def rows(ledger: Ledger, settings: Settings) -> Sequence[Row]:
            return rows_of_sale(ledger, stored_sale.load(ledger, receipt.id), settings)

        def copy(ledger: Ledger, _settings: Settings, person: Person) -> str:
            count = printqueue.reprint(ledger, "receipt", receipt.id, person)
            return _("Copy {n} is being printed.").format(n=count)

        return SlipScreen(
            _("Given back"),
            rows,
            words=words,
            figure=amount(abs(receipt.total), self.currency),
            caption=self.currency.code,
            printing=copy,
            word=_("print a copy"),
        )

    def _goods_slip(
        self, goods: Returning, remedy: Literal["repair", "swap"], reason: str, wall_ms: int
    ) -> SlipScreen:
        """The customer's proof of goods given in or swapped."""

        def rows(_ledger: Ledger, settings: Settings) -> Sequence[Row]:
            name, paper = self.person.name, stationery(settings)
            with speaking(settings.language):
                return return_rows(goods.sale, goods.back, remedy, reason, name, wall_ms, paper)

        def queue(ledger: Ledger, settings: Settings, _person: Person) -> str:
            enqueue_rows(ledger, list(rows(ledger, settings)))
            return _("It is being printed.")

        title = _("Taken in for repair") if remedy == "repair" else _("Swapped")
        printed = self.station.settings.has_printer
        words = _("No money moves. Give the customer the slip.") if printed else _("No money moves.")
        return SlipScreen(title, rows, words=words, printing=queue, word=_("print again"))


def _remedies() -> Sequence[Option[Remedy]]:
    from kiosk.tui.screens.prompts import Option

    return (
        Option("repair", _("Repair it"), detail=_("it stays here and comes back mended"), hue="green"),
        Option("swap", _("Swap it"), detail=_("for another of the same"), hue="teal"),
        Option("refund", _("Money back"), detail=_("when nothing else will do"), hue="amber"),
    )


def _paid_out(rows: RefundRows) -> int:
    """What leaves the shop, in minor units."""
    return -sum(row[2] for row in rows.payments if row[1] != "rounding")
