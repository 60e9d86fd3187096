"""What the till's commands do beyond lines, money and parking: numbers, search, leaving."""

from __future__ import annotations

from typing import Literal

from kiosk.i18n import _
from kiosk.tui.app import monotonic_ms
from kiosk.tui.commands import command
from kiosk.tui.entry import TextEntry
from kiosk.tui.messages import CodeScanned
from kiosk.tui.places import WHERE
from kiosk.tui.quickkeys import QuickKeys
from kiosk.tui.screens.adding import TYPED
from kiosk.tui.screens.parking import Parking
from kiosk.tui.screens.paying import SHOWN
from kiosk.tui.widgets.basket import BasketView

Pane = Literal["list", "line", "more"]
"""What the product keys' place shows."""

LINE_COMMANDS = frozenset({"choose", "fewer", "another", "quantity", "price", "discount", "note", "void"})
PAY_COMMANDS = frozenset({*SHOWN, "other", "collect"})
SALE_COMMANDS = frozenset({*PAY_COMMANDS, "off_sale", "void_sale"})


class Selling(Parking):
    """The part of the till that moves between goods, money and people."""

    quick = QuickKeys()
    """The quick-lists and where in them the keys are."""
    pane: Pane = "list"
    menu_page = 0
    """Which page of commands that place shows."""
    digits = TextEntry(most=32)
    """Digits typed and not yet used."""

    def can(self, name: str, /) -> bool:
        """What makes sense with this basket, these settings and what has been typed."""
        if name in LINE_COMMANDS:
            return self.line is not None
        if name in SALE_COMMANDS:
            return not self.register.basket.is_empty and (name not in PAY_COMMANDS or self.takes(name))
        if name in {"enter_code", "rub_out"}:
            return bool(self.digits.typed)
        if name == "undo":
            return bool(self.register.basket.lines)
        if name == "park":
            return not self.register.basket.is_empty or self.parked > 0
        if name in {"next_list", "last_list"}:
            return len(self.quick.lists) > 1
        if name == "demos":
            return self.station.settings.power is not None
        if name in {"boxes", "orders"}:
            return self.station.settings.pickup is not None
        if name == "clock":
            return not self.station.clock.now().trusted
        goes = command("till", name).goes
        return super().can(name) if not goes else goes in WHERE

    # -- numbers and codes -----------------------------------------------------------------------------------

    async def do_times(self) -> None:
        """What was typed becomes the multiplier; without a number it is asked for."""
        from kiosk.tui.screens.prompts import NumberDialogue

        typed, self.digits = self.digits.typed, TextEntry(most=32)
        count = int(typed) if typed else None
        if count is None:
            count = await self.ask(NumberDialogue(_("How many of the next?"), unit="×"))
        if count is None:
            return
        try:
            self.register.times(count)
        except ValueError as refused:
            self.say(str(refused), "bad")
        else:
            self.say(_("Next: {n} ×").format(n=count) if count > 1 else "")

    def do_enter_code(self) -> None:
        """Look up what was typed, in its turn behind the scans."""
        typed, self.digits = self.digits.typed, TextEntry(most=32)
        self.app.post_message(CodeScanned(typed, TYPED, monotonic_ms()))

    def do_rub_out(self) -> None:
        """Take the last digit back."""
        self.digits = self.digits.back()
        self.say(f"{self.digits.typed}_" if self.digits.typed else "")

    async def do_find(self) -> None:
        """Search by name, number or code."""
        from kiosk.tui.screens.search import SearchDialogue

        start, self.digits = self.digits.typed, TextEntry(most=32)
        found = await self.ask(SearchDialogue(start))
        if isinstance(found, str):
            self.app.post_message(CodeScanned(found, TYPED, monotonic_ms()))
        elif found is not None:
            self.add_offer(found, None, "search")

    async def do_add_product(self) -> None:
        """Give the unknown code a product, or make one without a code."""
        from kiosk.tui.screens.product import ProductDialogue

        offer = await self.ask(ProductDialogue(self.unknown_code))
        if offer is not None:
            self.add_offer(offer, None, "scan")

    # -- lines and lists -------------------------------------------------------------------------------------

    def choose(self, uid: int) -> None:
        """Choose a line, or with 0 none; the product keys make place for what can be done to it."""
        self.chosen = uid
        self.pane = "line" if uid else "list"
        self.menu_page = 0
        self.show_state()

    def do_choose(self) -> None:
        """Open the commands of the line, or close them."""
        line = self.line
        self.choose(0 if self.pane == "line" or line is None else line.uid)

    def do_more(self) -> None:
        """Open everything else, or close it."""
        self.pane = "list" if self.pane == "more" else "more"
        self.menu_page = 0

    def do_line_up(self) -> None:
        """Choose the open line above."""
        self._move(-1)

    def do_line_down(self) -> None:
        """Choose the open line below."""
        self._move(1)

    def _move(self, by: int) -> None:
        live = self.register.basket.live
        line = self.line
        if line is not None:
            at = live.index(line) + (by if self.chosen else 0)
            self.choose(live[min(max(at, 0), len(live) - 1)].uid)

    def do_page_up(self) -> None:
        """Earlier lines."""
        self.query_one(BasketView).turn(-1)

    def do_page_down(self) -> None:
        """Later lines."""
        self.query_one(BasketView).turn(1)

    def do_next_list(self) -> None:
        """The next quick-list."""
        self.pane, self.quick = "list", self.quick.step(1)

    def do_last_list(self) -> None:
        """The quick-list before."""
        self.pane, self.quick = "list", self.quick.step(-1)

    def do_back(self) -> None:
        """Undo half a step: the number typed, the multiplier, the pane; the sale itself is never left."""
        if self.digits.typed:
            self.digits = TextEntry(most=32)
            self.say("")
        elif self.register.multiplier > 1:
            self.register.times(1)
            self.say("")
        self.pane, self.chosen = "list", 0
        self.show_state()

    # -- leaving --------------------------------------------------------------------------------------------

    async def do_clock(self) -> None:
        """Ask whether the clock is right, which only a person can tell."""
        from kiosk.tui.screens.clock import check_clock

        await check_clock(self)

    def do_lock(self) -> None:
        """Sign out; the basket stays where it is."""
        self.app.sign_out()

    async def do_quit(self) -> None:
        """Close the till after a supervisor's leave."""
        from kiosk.checkout.rights import Right, require

        person = self.register.person
        if person is None:
            return
        leave = await self.with_leave(
            lambda approval: require(person, Right.SETTINGS, [approval] if approval else [])
        )
        if leave is not None:
            self.app.exit(0)
