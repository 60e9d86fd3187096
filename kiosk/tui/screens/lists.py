"""The quick-list editor: the till's own keys, to be filled, moved, coloured and named where they stand.

Touch a place to choose it, touch it again (or Enter) to put a product on it; a scan puts the scanned product
there. Every edit is stored at once, with the journal; the till shows it when it is next looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.catalogue.quicklists import every_list
from kiosk.checkout.rights import Right
from kiosk.i18n import _, amount
from kiosk.tui.commands import bindings, commands
from kiosk.tui.listplan import PLACE, place_keys
from kiosk.tui.quickkeys import QuickKeys, list_tabs
from kiosk.tui.screens.keyedit import KeyEdit
from kiosk.tui.text import clean
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.catalogue.quicklists import Place

KEY_COMMANDS = frozenset({"relabel", "recolour", "carry", "how_many", "product", "take_off"})


class ListsScreen(KeyEdit):
    """Lists as tabs, the open one as keys, what can be done to the chosen key below."""

    PLACE = "lists"
    BINDINGS = bindings("lists")
    CSS_PATH: ClassVar = ["place.tcss", "lists.tcss"]
    needs = Right.EDIT_LISTS

    def content(self) -> ComposeResult:
        """Tabs, keys, the commands of a key."""
        with Vertical(id="content"):
            yield KeyGrid(id="tabs")
            yield KeyGrid(id="places")
            yield KeyGrid(id="edit")

    async def enter_place(self) -> None:
        """Ask for leave once, then show the lists."""
        if await self.doorkeeper():
            await self.fetch()

    async def fetch(self) -> None:
        """Read the lists, those of products out of sale too."""

        lists = await self.looked_up(every_list, inactive=True)
        if lists is not None:
            at = min(self.plan.at, max(len(lists) - 1, 0))
            self.plan = replace(self.plan, lists=lists, at=at, carried=None)

    def can(self, name: str, /) -> bool:
        """What makes sense with the chosen place."""
        if name in KEY_COMMANDS:
            return self.plan.key is not None
        if name in {"put", "next_page", "this_list"}:
            return self.plan.open is not None
        return super().can(name)

    # -- showing ---------------------------------------------------------------------------------------------

    def shape(self) -> tuple[int, int]:
        """Columns and rows of keys."""
        size = self.query_one("#places").size
        high = 4 if self.size.height < 28 else 5 if self.size.height < 42 else 6
        return max((size.width + 1) // 16, 1), max(size.height // high, 1)

    @property
    def fits(self) -> int:
        """How many places a screen has."""
        columns, rows = self.shape()
        return columns * rows

    def show_state(self) -> None:
        """Show tabs, places and commands."""
        plan = self.plan
        tabs = self.query_one("#tabs", KeyGrid)
        room = max((tabs.size.width + 1) // 13, 1)
        tabs.show(list_tabs(QuickKeys(plan.lists, plan.at), room), columns=min(room, max(len(plan.lists), 1)))
        columns, rows = self.shape()
        keys = place_keys(plan, columns * rows, self.currency)
        self.query_one("#places", KeyGrid).show(keys, columns=columns, rows=rows)
        edit = [self.key(row.id) for row in commands("lists", "line")]
        self.query_one("#edit", KeyGrid).show(edit, columns=len(edit), rows=1)
        self.heading(_("What stands on the keys"), self._about())
        self.show_bar()

    def _about(self) -> str:
        """The chosen place in words."""
        plan = self.plan
        if plan.open is None:
            return _("There is no list yet: make one.")
        page = _("{list}, page {page}, key {key}").format(
            list=clean(plan.open.name), page=plan.place[0], key=plan.place[1]
        )
        if plan.carried is not None:
            return _("{where}: move it here with Enter, or choose another place.").format(where=page)
        if plan.key is None:
            return _("{where}: empty").format(where=page)
        product = plan.key.product
        worth = "…" if product.price is None else amount(product.price, self.currency)
        return f"{page}: {clean(product.name)} · {clean(product.sku)} · {worth}"

    # -- choosing --------------------------------------------------------------------------------------------

    def pressed(self, key: TouchKey, /) -> None:
        """A place or a tab."""
        kind, _colon, rest = key.id.partition(":")
        if kind == "list":
            self.plan = self.plan.opened(int(rest))
        elif key.id.startswith(PLACE):
            page, position = (int(part) for part in rest.split(":"))
            self._touched((page, position))
        self.show_state()

    def _touched(self, place: Place) -> None:
        if self.plan.carried is not None or place == self.plan.place:
            self.plan = self.plan.choose(place)
            self.action_do("put")
        else:
            self.plan = self.plan.choose(place)

    def do_next_list(self) -> None:
        """The next list."""
        self.plan = self.plan.step(1)

    def do_last_list(self) -> None:
        """The list before."""
        self.plan = self.plan.step(-1)

    def do_next_page(self) -> None:
        """The next page, the empty one behind the last included."""
        self.plan = self.plan.turned(self.fits)

    def do_key_left(self) -> None:
        """One to the left."""
        self.plan = self.plan.moved(-1, self.fits)

    def do_key_right(self) -> None:
        """One to the right."""
        self.plan = self.plan.moved(1, self.fits)

    def do_key_up(self) -> None:
        """One up."""
        self.plan = self.plan.moved(-self.shape()[0], self.fits)

    def do_key_down(self) -> None:
        """One down."""
        self.plan = self.plan.moved(self.shape()[0], self.fits)

    def do_back(self) -> None:
        """First a move is called off, then the till."""
        if self.plan.carried is not None:
            self.plan = replace(self.plan, carried=None)
            self.show_state()
        else:
            super().do_back()
