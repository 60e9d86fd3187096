"""A slip beside what it says in short: the figure large at the left, the very rows of paper at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout import printqueue
from kiosk.checkout.shift_slip import shift_rows
from kiosk.i18n import _, amount, day, speaking
from kiosk.station.rendering import enqueue_rows, stationery
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.paper import Paper
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.catalogue.paper import Row
    from kiosk.checkout.money import Currency
    from kiosk.checkout.rights import Person
    from kiosk.checkout.shift_report import ShiftReport
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings

Rows = Callable[["Ledger", "Settings"], Sequence["Row"]]
"""What reads the slip's rows, in the reader's thread."""
Print = Callable[["Ledger", "Settings", "Person"], str]
"""Queues the slip, in the writer's thread, and says so in words."""


class SlipScreen(Dialogue[None]):
    """Figure, words and keys at the left; paper at the right, a page at a time."""

    WIDE = True
    CSS_PATH = "slipview.tcss"

    def __init__(
        self,
        title: str,
        rows: Rows,
        *,
        words: str = "",
        figure: str = "",
        caption: str = "",
        printing: Print | None = None,
        word: str = "",
    ) -> None:
        """Show a slip.

        Args:
            title: What it is.
            rows: Reads its rows.
            words: More about it.
            figure: The one amount to see; empty for none.
            caption: What the figure is.
            printing: Prints it; None when there is nothing more to print.
            word: What the key that prints says.
        """
        super().__init__(title, words)
        self._rows = rows
        self.figure, self.caption = figure, caption
        self.queue = printing
        self._word = word or _("print")

    def content(self) -> ComposeResult:
        """What it says in short, the keys, the paper."""
        with Horizontal(id="slip"):
            with Vertical(id="short"):
                yield Title(self.caption)
                yield BigDigits(id="figure")
                yield PanelKeys(id="keys")
            yield Paper(id="paper")

    def on_mount(self) -> None:
        """Show the figure and fetch the rows."""
        digits = self.query_one(BigDigits)
        digits.surface, digits.display = "panel", bool(self.figure)
        self.query_one(Paper).surface = "panel"
        digits.show(self.figure, "accent")
        self.work_on(self._fetch(), "rows")

    async def _fetch(self) -> None:
        settings = self.station.settings
        rows = await self.read(self._rows, settings)
        self.query_one(Paper).show(rows, settings.receipt.columns)

    def on_resize(self) -> None:
        """The page of the paper has changed."""
        self.show_state()

    def show_state(self) -> None:
        """Show the keys."""
        paper = self.query_one(Paper)
        keys: list[TouchKey | None] = []
        if self.prints:
            keys.append(TouchKey("print", self._word, hint="P"))
        if paper.pages > 1:
            mark = f"{paper.page + 1}/{paper.pages}"
            keys.append(TouchKey("page", _("more"), detail=mark, hint="PgDn"))
        keys.append(TouchKey("cancel", _("done"), hint="Enter", hue="accent"))
        rows = max(self.query_one("#keys").size.height // 4, len(keys))
        self.query_one("#keys", KeyGrid).show([*[None] * (rows - len(keys)), *keys], columns=1, rows=rows)

    @property
    def prints(self) -> bool:
        """Whether there is something more to print, and a printer to print it."""
        return self.queue is not None and self.station.settings.has_printer

    def on_key(self, event: events.Key) -> None:
        """Page keys turn the page."""
        if event.key in {"pagedown", "pageup", "down", "up"}:
            self.turn(1 if event.key in {"pagedown", "down"} else -1)
            event.stop()
        else:
            super().on_key(event)

    def turn(self, by: int) -> None:
        """Show a later or an earlier page."""
        self.query_one(Paper).turn(by)
        self.show_state()

    def typed(self, character: str, /) -> bool:
        """The keys by touch, and their letter."""
        if character == "page":
            self.turn(1)
        elif character in {"print", "p", "P"} and self.prints and self.queue is not None:
            self.work_on(self._put(self.queue), "print")
        return True

    def enter(self) -> None:
        """Done."""
        self.dismiss(None)

    async def _put(self, printing: Print) -> None:
        person = self.station.register.person
        if person is None:
            return
        try:
            self.say(await self.work(printing, self.station.settings, person), "good")
        except REFUSALS as refused:
            self.say(str(refused), "bad")

    @classmethod
    def of_shift(cls, report: ShiftReport, currency: Currency, closing: int | None = None) -> SlipScreen:
        """An X, or the Z with the journal seq of its `closing`. Looking at one prints nothing."""

        def rows(_ledger: Ledger, settings: Settings) -> list[Row]:
            with speaking(settings.language):
                return shift_rows(report, stationery(settings), currency)

        def queue(ledger: Ledger, settings: Settings, person: Person) -> str:
            if closing is None:
                enqueue_rows(ledger, rows(ledger, settings))
                return _("It is being printed.")
            count = printqueue.reprint(ledger, "z", closing, person)
            return _("Copy {n} is being printed.").format(n=count)

        is_x = report.z_number is None
        return cls(
            _("X report") if is_x else _("Z report {n}").format(n=report.z_number),
            rows,
            words=day(report.business_date),
            figure=amount(report.gross, currency),
            caption=_("taken so far") if is_x else _("taken that day"),
            printing=queue,
            word="" if closing is None else _("print a copy"),
        )
