"""The base of everything we draw ourselves: rows of segments in the colours of the theme, no focus.

A painted widget has no children and no styles beyond its box. It answers `row(y)`, and says `repaint(y, …)`
when rows may have changed. Only the cells that did are written to the terminal: see `kiosk.tui.exact`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kiosk.tui.exact import ExactWidget
from kiosk.tui.theme import NIGHT, PALETTES, style

if TYPE_CHECKING:
    from textual.app import RenderResult


class Painted(ExactWidget, can_focus=False):
    """A widget that paints its own rows.

    Attributes:
        surface: The palette role of what is behind the rows; a style sheet cannot be asked for it while
        painting.
    """

    ALLOW_SELECT = False
    surface = "ground"
    _face = NIGHT.name

    def row(self, _y: int, _width: int, /) -> list[Segment]:
        """The segments of one row, at most `width` cells; what is missing is filled with the surface."""
        return []

    def ink(self, role: str = "ink", surface: str = "", *, bold: bool = False, strike: bool = False) -> Style:
        """The style of a text role on a surface in the present theme, for a row that is being made.

        `surface` defaults to the widget's own.
        """
        return style(self._face, role, surface or self.surface, bold=bold, strike=strike)

    @property
    def palette_name(self) -> str:
        """The present palette; the night one while the application has a theme that is not ours."""
        name = self.app.theme
        return name if name in PALETTES else NIGHT.name

    def strip(self, y: int, width: int, /) -> Strip:
        """One row, filled up with the surface."""
        self._face = self.palette_name
        return Strip(self.row(y, width)).adjust_cell_length(width, self.ink())

    def render(self) -> RenderResult:
        """Answer Textual's general question; the rows above are what is painted."""
        return ""
