"""The counter: what is to be collected, found by code, slip or name, and given to whoever has come for it.

What is to be said to customers stands here too, until somebody has said it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.i18n import _, date, ngettext, quantity
from kiosk.pickup import handover
from kiosk.pickup.codes import DIGITS
from kiosk.pickup.order import COLLECTABLE, ENDED, Stage
from kiosk.pickup.standing import Standing, standing
from kiosk.tui.commands import bindings
from kiosk.tui.entry import TextEntry
from kiosk.tui.orderwords import TONES, about, customer, message_words, stage_words, when
from kiosk.tui.screens.finding import LONGEST, Finding
from kiosk.tui.screens.handing import Handing
from kiosk.tui.text import clean
from kiosk.tui.widgets.field import Field
from kiosk.tui.widgets.listing import Column, Entry, Listing, widest
from kiosk.tui.widgets.title import Title

if TYPE_CHECKING:
    from kiosk.tui.commands import Command
    from kiosk.tui.messages import BoxMoved, CodeScanned
    from kiosk.tui.widgets.touchkey import TouchKey

TO_COME = frozenset({Stage.PAID, Stage.PICKING, Stage.PACKED, Stage.IN_TRANSIT, Stage.AT_HUB, Stage.NO_BOX})
"""Paid for, and its code counts for nothing yet."""


class OrdersScreen(Finding, Handing):
    """The orders at the left, the chosen one at the right."""

    PLACE = "orders"
    BINDINGS = bindings("orders")
    CSS_PATH: ClassVar = ["place.tcss", "finding.tcss", "orders.tcss"]

    rows: Sequence[Standing] = ()
    _asked = 0

    def beside(self) -> ComposeResult:
        """Whose order it is, what is in it, and what is to be said."""
        with Vertical(id="side"):
            yield Title("", surface="ground")
            yield Listing(id="goods")
            yield Title("", surface="ground")

    def on_mount(self) -> None:
        """Say so when there is none."""
        self.query_one("#found", Listing).empty_text = _("nothing is to be collected")

    async def enter_place(self) -> None:
        """Begin with all of them, the first chosen."""
        self.query_text, self.chosen = TextEntry(most=LONGEST), None
        await self.look()

    async def look(self) -> None:
        """Read what stands now; the chosen one stays chosen, also when it has just ended."""
        self._asked += 1
        number = self._asked
        rows = await self.looked_up(standing)
        if rows is None or number != self._asked:
            return
        self.rows = rows
        key = self.chosen.order.id if self.chosen is not None else ""
        shown = self.shown
        await self.choose(next((one for one in shown if one.order.id == key), shown[0] if shown else None))

    @property
    def shown(self) -> list[Standing]:
        """Those that fit what was typed."""
        return [one for one in self.rows if one.fits(self.query_text.typed)]

    async def choose(self, one: Standing | None) -> None:
        """Show one order with what is in it."""
        self.chosen = one
        found = await self.looked_up(handover.lines, one.order.id) if one is not None else None
        self.lines = found or []
        self.show_state()

    def can(self, name: str, /) -> bool:
        """What makes sense with the chosen order."""
        one = self.chosen
        if name in {"search", "paper", "kept", "other", "above", "below", "page_up", "page_down"}:
            return name != "paper" or (bool(self.rows) and self.station.settings.has_printer)
        if name == "rub_out":
            return bool(self.query_text.typed)
        if name not in {"ready", "told", "hand_over", *self.OTHERS}:
            return super().can(name)
        if one is None:
            return False
        stage = one.order.stage
        return {
            "ready": (stage in TO_COME or stage is Stage.SHORT) and not one.inside,
            "told": one.message is not None,
            "hand_over": (stage in COLLECTABLE or stage in TO_COME) and not one.inside,
            "partly": (stage in COLLECTABLE or stage in TO_COME) and not one.inside and bool(self.lines),
            "missing": (stage in COLLECTABLE or stage in TO_COME - {Stage.IN_TRANSIT}) and not one.inside,
            "longer": stage in COLLECTABLE and not one.order.extended,
            "code": stage not in ENDED and stage is not Stage.RESERVED,
            "restock": stage is Stage.TO_RETURN or (stage is Stage.OVERDUE and one.box == 0),
            "money_back": one.order.sale is not None and stage not in ENDED,
        }[name]

    # -- showing -------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show heading, list, the chosen one and keys."""
        self.heading(_("To collect"), self._counted())
        self.query_one(Field).show(self.query_text.typed)
        entries = [self._entry(one) for one in self.shown]
        widths = [widest([entry.cells[at] for entry in entries]) for at in range(4)]
        columns = (
            Column(width=widths[0]),
            Column(width=widths[1]),
            Column(quiet=True),
            Column(width=min(widths[3], 20)),
        )
        key = self.chosen.order.id if self.chosen is not None else ""
        self.query_one("#found", Listing).show(columns, entries, chosen=key)
        self._show_chosen()
        self.show_bar()

    def _counted(self) -> str:
        """How many wait, and what is to be done about them."""
        ready = sum(one.order.stage in COLLECTABLE for one in self.rows)
        come = sum(one.order.stage in TO_COME for one in self.rows)
        say = sum(one.message is not None for one in self.rows)
        words = [
            ngettext("{n} ready", "{n} ready", ready).format(n=ready),
            ngettext("{n} to prepare", "{n} to prepare", come).format(n=come),
        ]
        if say:
            words.append(ngettext("{n} customer to tell", "{n} customers to tell", say).format(n=say))
        return " · ".join(words)

    def _entry(self, one: Standing) -> Entry:
        today = date(self.station.clock.now().wall_ms)
        mark = "! " if one.message is not None else ""
        cells = (when(one, today), one.order.ref, customer(one), mark + stage_words(one))
        return Entry(one.order.id, cells, TONES.get(one.order.stage, "ink"))

    def _show_chosen(self) -> None:
        one, pickup = self.chosen, self.station.settings.pickup
        self.query_one("#side").display = one is not None
        if one is None:
            return
        titles = list(self.query("#side Title").results(Title))
        titles[0].show(f"{one.order.ref}  {customer(one)}".strip(), about(one, pickup))
        say = message_words(one, pickup)
        titles[1].show(_("To be said") if say else "", say)
        entries = [
            Entry("", (f"{quantity(there - handed)} ×", clean(name)), "ink" if handed < there else "quiet")
            for _sku, name, there, handed in self.lines
        ]
        counts = widest([entry.cells[0] for entry in entries])
        self.query_one("#goods", Listing).show((Column(width=counts, align="right"), Column()), entries)

    def bar_keys(self, rows: Sequence[Command]) -> list[TouchKey]:
        """What makes sense now, and the way to search."""
        return super().bar_keys([row for row in rows if self.can(row.id)])

    # -- finding -------------------------------------------------------------------------------------------

    def question(self) -> tuple[str, str]:
        """For the keyboard on the screen."""
        words = _("A name, what the order is called, or the eight digits of its code.")
        return _("Find an order"), words

    def search(self, entry: TextEntry) -> None:
        """Search for what was typed now; the eighth digit of a code finds its order."""
        digits = entry.typed.replace(" ", "")
        if len(digits) == DIGITS and digits.isdecimal():
            self.query_text = entry
            self.work_on(self._find(digits), "find")
        else:
            super().search(entry)

    async def take_code(self, scan: CodeScanned, /) -> None:
        """A ticket, as QR code or bars, or a bag's label."""
        await self._find(scan.raw)

    async def _find(self, text: str) -> None:
        """The order of a code; what was collected already is shown as well."""
        keys = self.keys()
        if keys is None:
            return
        order = await self.looked_up(handover.find, text, keys)
        self.query_text = TextEntry(most=LONGEST)
        if order is None:
            self.show_state()
            return
        self.chosen = Standing(order)
        if order.stage in ENDED:
            await self.choose(self.chosen)
            self.refuse(self.ended_words(order))
        else:
            await self.look()
            self.say("")

    def pick(self, order: str, /) -> None:
        """Choose an order."""
        one = next((one for one in self.rows if one.order.id == order), None)
        self.work_on(self.choose(one), "choose")

    def box_moved(self, _moved: BoxMoved, /) -> None:
        """Something happened at the cabinet: an order may lie in its box now, or be gone."""
        if self.is_attached and self.app.current_mode == "orders":
            self.work_on(self.look(), "look")
