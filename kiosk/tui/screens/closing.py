"""Closing the day: count blind, look at the difference, see what is left over, then the Z."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout.rights import Approval, NotAllowed, Right, require
from kiosk.checkout.z_report import LeftOpen, close_shift, x_report, z_numbers
from kiosk.i18n import _, amount
from kiosk.tui.leftovers import COLUMNS, left_entries
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.counting import CountDialogue
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.screens.place import Place
from kiosk.tui.screens.slipview import SlipScreen
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.listing import Column, Entry, Listing, PanelListing
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.checkout.money import Currency
    from kiosk.checkout.shift_report import ShiftReport

Verdict = Literal["close", "again"]


class DifferenceDialogue(Dialogue[Verdict]):
    """What was counted against what should be there, and what is left over, before anything is final."""

    WIDE = True
    CSS_PATH = "closing.tcss"

    def __init__(self, report: ShiftReport, currency: Currency) -> None:
        """Show a report with a count in it."""
        super().__init__(_("Close the day?"), _("A Z cannot be changed afterwards."))
        self.report = report
        self.currency = currency

    def content(self) -> ComposeResult:
        """The difference and how it comes about; what is left; the keys."""
        with Horizontal(id="result"):
            with Vertical(id="drawer"):
                yield Title("")
                yield BigDigits(id="difference")
                yield PanelListing(id="sums")
            with Vertical(id="rest"):
                yield Title(_("Not finished"))
                yield PanelListing(id="left")
        yield PanelKeys(id="foot")

    def on_mount(self) -> None:
        """Fill everything; nothing here changes."""
        report, currency = self.report, self.currency
        difference = report.difference or 0
        words = (
            _("The drawer is right") if not difference else _("Too much") if difference > 0 else _("Missing")
        )
        self.query_one("#drawer Title", Title).show(words)
        digits = self.query_one(BigDigits)
        digits.surface = "panel"
        digits.show(amount(abs(difference), currency), "good" if not difference else "bad")
        cash = sum(total.amount for total in report.methods if total.method == "cash")
        rows = [
            (_("float"), report.float_amount),
            (_("cash from sales"), cash),
            (_("cash in"), report.cash_in),
            (_("cash out"), -report.cash_out),
            (_("expected"), report.expected),
            (_("counted"), report.counted or 0),
        ]
        entries = [
            Entry("", (label, amount(value, currency)), strong=at >= len(rows) - 2)
            for at, (label, value) in enumerate(rows)
            if value or at >= len(rows) - 2
        ]
        self.query_one("#sums", Listing).show((Column(), Column(width=14, align="right")), entries)
        self.query_one("#left", Listing).show(COLUMNS, left_entries(report.left))
        keys = [
            TouchKey("cancel", _("not yet"), hint="Esc"),
            TouchKey("again", _("count again"), hint="F2"),
            TouchKey("close", _("close the day"), hint="F9", hue="accent"),
        ]
        self.query_one("#foot", KeyGrid).show(keys, columns=3)

    def key_f2(self) -> None:
        """Count again, from what was counted."""
        self.dismiss("again")

    def key_f9(self) -> None:
        """Make the Z."""
        self.dismiss("close")

    def typed(self, character: str, /) -> bool:
        """The keys by touch."""
        press = {"again": self.key_f2, "close": self.key_f9}.get(character)
        if press is not None:
            press()
        return press is not None


class Closing(Place):
    """The part of the shift that ends it."""

    async def do_close_day(self) -> None:
        """Ask for the count, show the difference, close, show the Z."""
        leave: tuple[Approval, ...] = ()
        try:
            require(self.person, Right.CLOSE_DAY)
        except NotAllowed as refused:
            approval = await self.ask_leave(refused.right)
            if approval is None:
                return
            leave = (approval,)
        counted = await self._count(leave)
        if counted is not None:
            await self._close(counted, leave)

    async def _count(self, leave: tuple[Approval, ...]) -> Mapping[int, int] | None:
        """Have the drawer counted, as often as it takes, until somebody agrees to close with the result."""
        counted: Mapping[int, int] | None = None
        while True:
            counted = await self.ask(CountDialogue(_("Count the drawer"), self.currency, counted))
            if counted is None:
                return None
            report = await self._with_count(counted, leave)
            if report is None:
                return None
            answer = await self.ask(DifferenceDialogue(report, self.currency))
            if answer != "again":
                return counted if answer == "close" else None

    async def _with_count(
        self, counted: Mapping[int, int], leave: tuple[Approval, ...]
    ) -> ShiftReport | None:
        """The running totals with what was counted; nothing is booked."""
        answerable = leave[0].person if leave else self.person
        report = await self.looked_up(x_report, answerable, zone=self.station.settings.zone)
        total = sum(value * pieces for value, pieces in counted.items())
        return replace(report, counted=total) if report else None

    async def _close(self, counted: Mapping[int, int], leave: tuple[Approval, ...]) -> None:
        """Make the Z; what holds it up is carried over only with a supervisor's leave."""
        z = await self._make_z(counted, leave, None)
        if isinstance(z, LeftOpen):
            agreed = await self._carry_over(z)
            z = await self._make_z(counted, leave, agreed) if agreed else None
        if z is None or isinstance(z, LeftOpen):
            return
        await self.refresh_shift()
        self.say(_("The day is closed."), "good")
        newest = await self.looked_up(z_numbers, 1)
        closing = newest[0][1] if newest else None
        await self.app.push_screen(SlipScreen.of_shift(z, self.currency, closing))

    async def _carry_over(self, left: LeftOpen) -> Approval | None:
        """Ask whether to close with something unfinished; a supervisor's word, even if one is signed in."""
        from kiosk.tui.screens.prompts import ConfirmDialogue

        words = str(left)
        sure = await self.ask(
            ConfirmDialogue(
                _("Close all the same?"),
                words=words[:1].upper() + words[1:],
                yes=_("Carry it over to the next day"),
                no=_("Finish it first"),
                hue="warn",
            )
        )
        if not sure:
            return None
        if self.person.may(Right.CLOSE_DAY):
            return Approval(self.person, Right.CLOSE_DAY)
        return await self.ask_leave(Right.CLOSE_DAY)

    async def _make_z(
        self, counted: Mapping[int, int], leave: tuple[Approval, ...], carry_over: Approval | None
    ) -> ShiftReport | LeftOpen | None:
        settings = self.station.settings
        close = partial(
            close_shift,
            approvals=leave,
            carry_over=carry_over,
            zone=settings.zone,
            slip=settings.has_printer,
        )
        try:
            return await self.work(close, counted, self.person)
        except LeftOpen as left:
            return left
        except REFUSALS as refused:
            self.refuse(str(refused))
            return None

    async def refresh_shift(self) -> None:
        """Read the shift anew."""
