"""One large code for the customer's camera, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from kiosk.i18n import _
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.qrcode import QrCode
from kiosk.tui.widgets.touchkey import TouchKey

Compose = Callable[[Callable[[str], bool]], str]
"""Makes the code's text, given what tells whether a text fits the screen."""


class CodeScreen(Dialogue[None]):
    """The code in the middle of the screen; any key leaves."""

    WIDE = True

    def __init__(self, title: str, make: Compose) -> None:
        """Show what `make` makes of the room there is."""
        super().__init__(title)
        self._make = make

    def content(self) -> ComposeResult:
        """Code and way back."""
        yield QrCode(id="code")
        yield PanelKeys(id="foot")

    def on_resize(self) -> None:
        """Fill the room there is now."""
        code = self.query_one(QrCode)
        code.show(self._make(code.holds))
        self.query_one("#foot", KeyGrid).show(
            [TouchKey("cancel", _("done"), hint="Esc", hue="accent")], columns=1
        )

    def enter(self) -> None:
        """Done."""
        self.dismiss(None)
