"""The till: what is sold at the left, what can be done at the right, one flash line between, power below.

Digits make a number: Enter looks it up as a code, `*` makes it the multiplier. Letters press the product
keys. Everything else is in the table of commands. The product keys give their place to the commands of a
line, or to "more", instead of a menu opening over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.i18n import _
from kiosk.tui.app import monotonic_ms
from kiosk.tui.basketrows import rows_of, sum_of
from kiosk.tui.commands import bindings, commands
from kiosk.tui.power import power_of
from kiosk.tui.quickkeys import BUNDLE, LETTERS, PAGE, QuickKeys, list_tabs, menu_keys, product_keys
from kiosk.tui.screens.adding import of_key
from kiosk.tui.screens.selling import Selling
from kiosk.tui.widgets.basket import BasketView
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.powerstrip import PowerStrip
from kiosk.tui.widgets.total import Total
from kiosk.tui.widgets.touchkey import SMALLEST, TouchKey

if TYPE_CHECKING:
    from kiosk.checkout.customer import View

NARROWEST = 10
"""Cells of the narrowest product key somebody may ask for: seven letters of a name and its edges."""
TALLEST = 9
"""Rows of the tallest product key: 16 x 9 cells, a business card on a 10 inch panel."""


class TillScreen(Selling):
    """Where a seller spends the day."""

    PLACE = "till"
    BINDINGS = bindings("till")
    CSS_PATH = "till.tcss"

    def body(self) -> ComposeResult:
        """Sale, keys, power."""
        with Horizontal(id="till"):
            with Vertical(id="sale"):
                yield BasketView(id="basket")
                yield Total(id="total")
                yield PowerStrip(id="power")
            with Vertical(id="keys"):
                yield KeyGrid(id="tabs")
                yield KeyGrid(id="products")
                yield Flash(id="flash")
                yield KeyGrid(id="bar")
                yield KeyGrid(id="pay")

    def on_mount(self) -> None:
        """Fill everything before the first frame, then fetch the lists."""
        self.query_one(BasketView).empty_text = _("Scan, tap or search")

    def arrived(self) -> None:
        """Back from another place: lists may have been edited, sales parked, a shift opened."""
        self.work_on(self._fetch_lists(), "lists")
        if self.register.person is not None:
            self.work_on(self.settle_in(), "settle in")

    async def _fetch_lists(self) -> None:
        from kiosk.catalogue.quicklists import every_list

        lists = tuple(await self.read(every_list))
        if lists != self.quick.lists:
            self.quick = QuickKeys(lists, self.quick.at)

    def on_screen_resume(self) -> None:
        """Between two sales, fetch what another program has changed: a key sells at the price of now."""
        if self.quick.lists and self.register.basket.is_empty:
            self.work_on(self._fetch_lists(), "lists")

    # -- showing ---------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show register, lists and entry; widgets repaint what differs."""
        basket = self.register.basket
        self.query_one(BasketView).show(rows_of(basket), fresh=basket.last_uid, chosen=self.chosen)
        self.query_one(Total).show(sum_of(basket))
        self._show_keys()
        self.show_customer()

    def customer_view(self) -> View | None:
        """The basket is the customer's to see."""
        from kiosk.checkout.customer import selling

        return selling(self.register.basket)

    def _show_keys(self) -> None:
        tabs = self.query_one("#tabs", KeyGrid)
        tabs.display = self.pane == "list"
        fits = max((tabs.size.width + 1) // 9, 1)
        tabs.show(list_tabs(self.quick, fits), columns=min(fits, max(len(self.quick.lists), 1)))
        products = self.query_one("#products", KeyGrid)
        columns, rows = self._shape(products)
        if self.pane == "list":
            products.show(
                product_keys(self.quick, columns, rows, self.station.settings.currency),
                columns=columns,
                rows=rows,
            )
        else:
            self._show_menu(products)
        bar = self._bar()
        self.query_one("#bar", KeyGrid).show(bar, columns=sum(key.span for key in bar))
        pay = self.pay_keys()
        self.query_one("#pay", KeyGrid).show(pay, columns=max(len(pay), 1))

    def _show_menu(self, grid: KeyGrid) -> None:
        """What can be done to a line, or everything else, in the place of the products."""
        rows = [row for row in commands("till", self.pane) if self.pane == "line" or self.can(row.id)]
        columns = 3 if self.pane == "line" or grid.size.width < 60 else 4
        done = TouchKey("close_pane", _("done"), hint="Esc", hue="accent")
        fits = columns * (grid.size.height // SMALLEST[1])
        keys = menu_keys([self.key(row.id) for row in rows], done, fits, self.menu_page)
        grid.show(keys, columns=columns, rows=max(-(-len(keys) // columns), 3))

    def _shape(self, grid: KeyGrid) -> tuple[int, int]:
        """Columns and rows of product keys: each at least a fingertip, with room for a name and a price.

        As the settings say, as far as that fits. Without a wish a short list gets taller keys instead of an
        empty screen, up to `TALLEST` rows each.
        """
        ui, (width, height) = self.station.settings.ui, grid.size
        wide = 15 if self.size.width < 120 else 16
        high = 4 if self.size.height < 28 else 5 if self.size.height < 42 else 6
        columns = max(min(ui.key_columns or (width + 1) // wide, (width + 1) // NARROWEST), 1)
        needed = max(-(-self.quick.longest // columns), -(-height // TALLEST))
        rows = ui.key_rows or min(needed, height // high)
        return columns, max(min(rows, height // SMALLEST[1]), 1)

    def _bar(self) -> list[TouchKey]:
        """The action bar; after a second scan of the same piece it is mostly one large undo."""
        names = [row.id for row in commands("till", "bar")]
        if self.doubted:
            words = _("Scanned twice? Take back {name}").format(name=self.doubted)
            return [self.key("undo", label=words, hue="warn", span=len(names) - 1), self.key("more")]
        narrow = self.size.width < 96  # there a line is chosen by touching it, or by its key
        return [self._bar_key(name) for name in names if not (narrow and name == "choose")]

    def _bar_key(self, name: str) -> TouchKey:
        """A key of the action bar, which may say more than its command's name."""
        if name == "times" and (count := self.register.multiplier) > 1:
            return self.key(name, label=f"{count} ×", hue="accent")
        if name == "times" and self.digits.typed:
            return self.key(name, label=f"{self.digits.typed[:4]} ×", hue="accent")
        if name == "park" and self.register.basket.is_empty:
            return self.key(name, label=_("recall"))
        return self.key(name)

    # -- keys ------------------------------------------------------------------------------------------------

    def pressed(self, key: TouchKey, /) -> None:
        """A product, a tab, the page key, or the way back from a pane."""
        kind, _colon, rest = key.id.partition(":")
        if kind == "product":
            self._press_product(rest)
        elif kind == "list":
            self.open_list(int(rest))
        elif kind in {PAGE, BUNDLE}:
            self.turn_list()
        elif kind == "close_pane":
            self.do_back()

    def typed(self, character: str, /) -> bool:
        """A digit for the number, a letter for a product key, space for the next page."""
        if character.isdecimal() and character.isascii():
            self.digits = self.digits.press(character)
            self._say_digits()
        elif character == " ":
            self.turn_list()
        elif self.pane != "list" or character.lower() not in LETTERS:
            return False
        else:
            self._press_product(character.lower())
        return True

    def _press_product(self, letter: str) -> None:
        shown = self.quick.shown(self._fits())
        at = LETTERS.index(letter)
        key = shown[at] if at < len(shown) else None
        if key is not None:
            self.chosen = 0
            self.add_offer(key.product, of_key(key.quantity), "tap")

    def _fits(self) -> int:
        columns, rows = self._shape(self.query_one("#products", KeyGrid))
        return min(columns * rows, len(LETTERS))

    def turn_list(self) -> None:
        """Show the next page of the commands or of the open list; of a bundle, add everything."""
        opened = self.quick.open
        if self.pane != "list":
            self.menu_page += 1
        elif opened is not None and opened.kind == "bundle":
            for key in opened.keys:
                self.add_offer(key.product, of_key(key.quantity), "tap")
        else:
            self.quick = self.quick.turned(self._fits())
        self.show_state()

    def open_list(self, list_id: int) -> None:
        """Open a quick-list by its tab or its scanned code."""
        self.pane = "list"
        self.quick = self.quick.opened(list_id)
        self.show_state()

    def _say_digits(self) -> None:
        if self.digits.typed:
            self.say(_("{digits}_   [Enter] code   [*] times   [Esc] clear").format(digits=self.digits.typed))
        else:
            self.say("")
        self.show_state()

    @on(BasketView.LinePicked)
    def _line_picked(self, event: BasketView.LinePicked) -> None:
        if event.uid:
            self.choose(0 if event.uid == self.chosen else event.uid)
        else:
            self.action_do("off_sale")

    def take_button(self, role: str, long: bool, /) -> None:
        """+1 of something weighed weighs again; the page button turns the keys, as space does."""
        line = self.line
        if role == "page" and not long and self.pane == "list" and len(self.quick.screens(self._fits())) > 1:
            self.turn_list()
        elif role == "plus" and not long and line is not None and line.item.unit != "each":
            self.add(line.item, None, None, "tap")
        else:
            super().take_button(role, long)

    def refresh_standing(self) -> None:
        """The status line, and the power strip with it."""
        super().refresh_standing()
        self.show_power()

    def show_power(self) -> None:
        """Show the newest power reading."""
        power = power_of(self.station.headroom, self.station.power, monotonic_ms())
        self.query_one(PowerStrip).show(power)
