"""The base of everything we draw ourselves: rows of segments, no focus, repaint by row.

A painted widget has no children and no styles beyond its box. It answers `row(y)`, and says `repaint(y, …)`
when rows changed. Textual keeps every other row, so one changed basket line costs one line on the wire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kiosk.tui.theme import NIGHT, PALETTES, style

if TYPE_CHECKING:
    from textual.app import RenderResult


class Painted(Widget, can_focus=False):
    """A widget that paints its own rows.

    Attributes:
        surface: The palette role of what is behind the rows; a style sheet cannot be asked for it while
        painting.
    """

    ALLOW_SELECT = False
    surface = "ground"

    def row(self, _y: int, _width: int, /) -> list[Segment]:
        """The segments of one row, at most `width` cells; what is missing is filled with the surface."""
        return []

    def ink(self, role: str = "ink", surface: str = "", *, bold: bool = False, strike: bool = False) -> Style:
        """The style of a text role on a surface in the present theme.

        `surface` defaults to the widget's own.
        """
        return style(self.palette_name, role, surface or self.surface, bold=bold, strike=strike)

    @property
    def palette_name(self) -> str:
        """The present palette; the night one while the application has a theme that is not ours."""
        name = self.app.theme
        return name if name in PALETTES else NIGHT.name

    def repaint(self, first: int = 0, rows: int | None = None) -> None:
        """Draw rows anew: all of them, or `rows` of them from `first`."""
        if not self.is_mounted:
            return
        width, height = self.size
        if rows is None:
            self.refresh()
        elif first < height:
            self.refresh(Region(0, first, width, min(rows, height - first)))

    def render_line(self, y: int) -> Strip:
        """Paint one row for the compositor."""
        width = self.size.width
        return Strip(self.row(y, width)).adjust_cell_length(width, self.ink())

    def render(self) -> RenderResult:
        """Answer Textual's general question; the rows above are what is painted."""
        return ""
