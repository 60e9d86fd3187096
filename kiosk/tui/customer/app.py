"""The customer's screen as a program of its own: one screen, no keys but the one that ends it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical

from kiosk.checkout.customer import View
from kiosk.tui.app import HEIGHTS, WIDTHS
from kiosk.tui.customer.face import Face, face_of
from kiosk.tui.customer.newest import NewestRows
from kiosk.tui.theme import faces, theme_of
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.qrcode import QrCode
from kiosk.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.binding import BindingType

    from kiosk.settings import Settings

Follow = Callable[[Callable[[View | None], None]], Coroutine[Any, Any, None]]
"""Calls back with every view, and with None when there is no till."""
MINUTE_S = 60.0


class CustomerApp(App[int]):
    """Shop, basket, one large figure, a payment code where there is one."""

    TITLE = "Barrow"
    CSS_PATH = "customer.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,ctrl+c,escape", "quit", show=False, priority=True)
    ]

    def __init__(
        self,
        settings: Settings,
        follow: Follow,
        *,
        night: Callable[[], bool] = lambda: False,
    ) -> None:
        """Show what `follow` tells, in the shop's words; `night` tells whether the dark theme is due."""
        super().__init__()
        self.settings = settings
        self._follow = follow
        self._night = night
        self._face: Face | None = None
        self.faces = faces(self.console.color_system)
        for palette in self.faces:
            self.register_theme(theme_of(palette))
        self._follow_the_hour()

    def compose(self) -> ComposeResult:
        """The shop above; a code or the basket, and the figure with its words."""
        yield Title(self.settings.name, align="centre", surface="raised")
        with Horizontal(id="main"):
            yield QrCode(id="code")
            with Vertical(id="side"):
                yield NewestRows(id="basket")
                yield Title("", align="centre")
                yield BigDigits(id="figure")
                yield Title("", align="centre")

    def on_mount(self) -> None:
        """Say that the till is not there until it speaks, and listen."""
        figure = self.query_one(BigDigits)
        figure.surface, figure.align = "panel", "centre"
        self.show(None)
        self.run_worker(self._follow(self.show), name="follow")
        self.set_interval(MINUTE_S, self._follow_the_hour, name="hour")

    def show(self, view: View | None) -> None:
        """Show a moment; None is a till that is not there."""
        face = face_of(view, self.settings.currency)
        if face == self._face:
            return
        self._face = face
        basket, figure, code = self.query_one(NewestRows), self.query_one(BigDigits), self.query_one(QrCode)
        _shop, word, below = self.query(Title)
        basket.display, figure.display, code.display = bool(face.rows), bool(face.figure), bool(face.qr)
        self.set_class(bool(face.rows), "-rows")
        basket.show(face.rows, fresh=face.rows[-1].uid if face.rows else 0)
        figure.show(face.figure)
        code.show(face.qr)
        word.show(face.word)
        below.show("", face.below)

    def _follow_the_hour(self) -> None:
        day, night = self.faces
        self.theme = night.name if self._night() else day.name
