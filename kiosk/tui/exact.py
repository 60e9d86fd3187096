"""Paints what changed, at once, and nothing else.

Textual renders every widget between the topmost and the lowest change, writes whole rows of a widget and each
piece of text with its whole style, three messages after it was asked to. A scanned line is five milliseconds
and 1,700 bytes that way. Here a widget compares its new rows with those on the screen, only the cells that
differ are written, of a style only what differs from the one before, and in the same turn of the loop.

All that leans on Textual's inside stands in this file; its version is pinned, and a test compares what a
terminal shows after our updates with what it shows after Textual's own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Self

from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import Compositor, CompositorUpdate, LayoutUpdate
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from kiosk.tui.rowdiff import difference

if TYPE_CHECKING:
    from rich.console import Console
    from textual.strip import Strip

PLAIN = Style.null()
BOLD, DIM = 1, 2
"""Bits of Rich's attributes. One sequence (SGR 22) ends both."""
FRAME_S = 1 / 60
"""Pause before another try while Textual holds back updates, as when it changes screens."""


class ExactWidget(Widget):
    """A widget of rows that knows what it last painted. `strip` makes a row anew."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Nothing is painted yet."""
        super().__init__(id=id)
        self._shown: dict[int, Strip] = {}
        """What stands on the screen, by row."""
        self._ready: dict[int, Strip] = {}
        """What will stand there when it is painted."""

    def strip(self, _y: int, _width: int, /) -> Strip:
        """One row of exactly this width."""
        raise NotImplementedError

    def repaint(self, first: int = 0, rows: int | None = None) -> None:
        """Draw everything anew; or of `rows` rows from `first` the cells that differ from those shown."""
        if not self.is_mounted:
            return
        if rows is None:
            self.refresh()
            return
        width, height = self.size
        changed: list[Region] = []
        for y in range(first, min(first + rows, height)):
            self._ready[y] = strip = self.strip(y, width)
            left, right = difference(self._shown.get(y), strip)
            if left < right:
                changed.append(Region(left, y, right - left, 1))
        if changed and isinstance(screen := self.screen, ExactScreen):
            self._set_dirty(*changed)
            screen.paint_soon(self)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Textual's; a widget that is to be drawn anew forgets what it had ready."""
        if not regions:
            self._ready.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        """One row, for whoever paints."""
        width, ready = self.size.width, self._ready.pop(y, None)
        strip = ready if ready is not None and ready.cell_length == width else self.strip(y, width)
        self._shown[y] = strip
        return strip


class ExactScreen(Screen[ScreenResultType]):
    """A screen that paints its `ExactWidget`s by itself; the rest it leaves to Textual."""

    def __init__(self, classes: str = "") -> None:
        """Take the exact compositor."""
        super().__init__(classes=classes)
        self._compositor = ExactCompositor()
        self._painting: asyncio.Handle | None = None

    def paint_soon(self, widget: ExactWidget) -> None:
        """Paint a widget's changes, with all others of this turn of the loop."""
        if widget.display:
            self._dirty_widgets.add(widget)
            if self._painting is None:
                self._painting = asyncio.get_running_loop().call_soon(self._paint)

    def _compositor_refresh(self) -> None:
        """Textual's; while it holds back updates, it would make a whole screen and throw it away."""
        if not self.app._batch_count:
            super()._compositor_refresh()

    def _paint(self) -> None:
        self._painting = None
        if self.is_running and self.app._batch_count:
            self._painting = asyncio.get_running_loop().call_later(FRAME_S, self._paint)
        elif self.is_running:
            self._on_timer_update()


class Piece(NamedTuple):
    """Some cells of one row of the terminal."""

    x: int
    y: int
    strip: Strip


class ExactCompositor(Compositor):
    """Textual's compositor with its updates exchanged."""

    def render_full_update(self, simplify: bool = False) -> ExactUpdate | LayoutUpdate | None:  # type: ignore[override]
        """Every cell, as when a screen comes to the front; `simplify` is for a picture of it."""
        if simplify:
            return super().render_full_update(simplify)
        self._dirty_regions.add(self.size.region)
        return self.render_partial_update()

    def render_partial_update(self) -> ExactUpdate | None:  # type: ignore[override]
        """The cells that changed, from whichever widgets are in front there."""
        regions = self._dirty_regions.copy()
        self._dirty_regions.clear()
        if not regions:
            return None
        screen = self.size.region
        changed = Region.from_union(regions).intersection(screen)
        crop = Region(0, changed.y, screen.width, changed.height)
        rows = Rows(crop)
        spans = self._regions_to_spans(region.intersection(crop) for region in regions)
        return ExactUpdate([piece for span in spans for piece in self._pieces(*span, rows)])

    def _pieces(self, y: int, x1: int, x2: int, rows: Rows) -> Iterator[Piece]:
        """One changed span of a row, cut where another widget is in front."""
        spans = [(x1, x2)]
        for widget, visible, region in self.layers_visible[y]:
            behind = []
            for start, end in spans:
                left, right = max(start, visible.x), min(end, visible.right)
                if left < right:
                    strip = rows.of(widget, y, visible, region)
                    yield Piece(left, y, strip.crop(left - region.x, right - region.x))
                    behind += [part for part in ((start, left), (right, end)) if part[0] < part[1]]
                else:
                    behind.append((start, end))
            spans = behind
            if not spans:
                return


class Rows:
    """The rows of widgets that one update needs: ours one by one, others' once for the part of the screen."""

    def __init__(self, crop: Region) -> None:
        """Have nothing rendered yet; `crop` is the part of the screen that changes are in."""
        self._crop = crop
        self._rendered: dict[Widget, list[Strip]] = {}

    def of(self, widget: Widget, y: int, visible: Region, region: Region) -> Strip:
        """A widget's row at a row of the screen; `visible` is what can be seen of its region."""
        if isinstance(widget, ExactWidget) and _is_plain(widget):
            return widget.render_line(y - region.y)
        part = visible.intersection(self._crop)
        if widget not in self._rendered:
            band = Region(0, part.y - region.y, region.width, part.height)
            self._rendered[widget] = widget.render_lines(band)
        return self._rendered[widget][y - part.y]


def _is_plain(widget: Widget) -> bool:
    """Whether a widget has nothing around its rows, and nothing (as NO_COLOR does) changes them afterwards.

    Turning the terminal's own colours into true ones changes nothing: we use none of those.
    """
    return not any(widget.gutter) and all(
        isinstance(one, ANSIToTruecolor) for one in widget.get_line_filters()
    )


class ExactUpdate(CompositorUpdate):
    """Pieces to be written."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        """Take the pieces in the order they shall be written."""
        self.pieces = list(pieces)

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        system = console._color_system
        out: list[str] = []
        pen = PLAIN
        for x, y, strip in self.pieces:
            out.append(f"\x1b[{y + 1};{x + 1}H")
            for text, style, _control in strip:
                if style is not pen:
                    out.append(change(pen, style or PLAIN, system))
                    pen = style or PLAIN
                out.append(text)
        out.append(change(pen, PLAIN, system))
        return "".join(out)


@lru_cache(maxsize=1024)
def change(before: Style, after: Style, system: ColorSystem | None) -> str:
    """The shortest sequence from one style to another; none on a terminal without colours."""
    if system is None or before == after:
        return ""
    old, new = (style._attributes & style._set_attributes for style in (before, after))
    if old ^ new not in {0, BOLD} or (old | new) & DIM:
        whole = after._make_ansi_codes(system)
        return f"\x1b[0;{whole}m" if whole else "\x1b[0m"
    codes = [] if old == new else ["1" if new & BOLD else "22"]
    if before.color != after.color:
        codes += after.color.downgrade(system).get_ansi_codes() if after.color else ["39"]
    if before.bgcolor != after.bgcolor:
        codes += after.bgcolor.downgrade(system).get_ansi_codes(foreground=False) if after.bgcolor else ["49"]
    return f"\x1b[{';'.join(codes)}m"
