"""One large code for the customer's camera, and beside it what it is."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.i18n import _
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.widgets.flash import PanelFlash
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.qrcode import QrCode
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

Compose = Callable[[Callable[[str], bool]], str]
"""Makes the code's text, given what tells whether a text fits the screen."""


class CodeScreen(Dialogue[None]):
    """The code has the whole height; Enter and Escape leave."""

    WIDE = True
    CSS_PATH = "codeview.tcss"

    def __init__(self, title: str, make: Compose) -> None:
        """Show what `make` makes of the room there is."""
        super().__init__(title, _("Hold the phone's camera to it. No network is needed."))
        self._make = make

    def compose(self) -> ComposeResult:
        """The code, then words and the way back."""
        with Horizontal(id="pane"):
            yield QrCode(id="code")
            with Vertical(id="beside"):
                yield Title(self.title_text, self.words)
                yield PanelFlash(id="flash")
                yield PanelKeys(id="foot")

    def on_resize(self) -> None:
        """Fill the room there is now."""
        code = self.query_one(QrCode)
        code.show(self._make(code.holds))

    def show_state(self) -> None:
        """Show the way back."""
        done = TouchKey("cancel", _("done"), hint="Esc", hue="accent")
        self.query_one("#foot", KeyGrid).show([done], columns=1, rows=1)

    def enter(self) -> None:
        """Done."""
        self.dismiss(None)
