"""A slip on the screen: the very rows that are, or would be, printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from kiosk.checkout import stored_sale
from kiosk.checkout.receipt import receipt_rows
from kiosk.i18n import _
from kiosk.station.rendering import stationery
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.paper import Paper
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.catalogue.paper import Row
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings

Rows = Callable[["Ledger", "Settings"], Sequence["Row"]]


def rows_of_sale(sale: int) -> Rows:
    """What reads a sale's receipt."""
    return lambda ledger, settings: receipt_rows(stored_sale.load(ledger, sale), stationery(settings))


class PaperScreen(Dialogue[None]):
    """Paper in the right-hand pane, a page at a time."""

    WIDE = True

    def __init__(self, title: str, rows: Rows) -> None:
        """Show the rows that `rows` reads from the ledger."""
        super().__init__(title)
        self._read_rows = rows

    def content(self) -> ComposeResult:
        """The paper and the keys."""
        yield Paper(id="paper")
        yield PanelKeys(id="foot")

    def on_mount(self) -> None:
        """Fetch the rows."""
        self.work_on(self._fetch(), "rows")
        keys = [
            TouchKey("page", _("more"), hint="PgDn"),
            TouchKey("cancel", _("done"), hint="Esc", hue="accent"),
        ]
        self.query_one(KeyGrid).show(keys, columns=2)

    async def _fetch(self) -> None:
        settings = self.station.settings
        rows = await self.read(self._read_rows, settings)
        self.query_one(Paper).show(rows, settings.receipt.columns)

    def on_key(self, event: events.Key) -> None:
        """Page keys turn the page."""
        if event.key in {"pagedown", "pageup"}:
            self.query_one(Paper).turn(1 if event.key == "pagedown" else -1)
            event.stop()
        else:
            super().on_key(event)

    def typed(self, character: str, /) -> bool:
        """The page key by touch."""
        if character == "page":
            self.query_one(Paper).turn()
        return character == "page"

    def enter(self) -> None:
        """Done."""
        self.dismiss(None)
