"""A field of touch keys, painted as one widget.

One widget instead of one per key: a page of products changes by relabelling, nothing is mounted, and a
press costs the repaint of one key. A press is reported when the finger lifts on the key it came down on, at
once: there is no effect to wait for. A finger that slides off takes its press back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message

from kiosk.tui.widgets.painted import Painted
from kiosk.tui.widgets.touchkey import TouchKey, paint_key

GAP = 1  # cells between two columns; the air above each key is the gap between rows
NARROWEST = 3
"""Cells of a key that shows anything: edge, letter, blank. A terminal may be too small for that."""


def places(width: int, height: int, columns: int, rows: int) -> list[Region]:
    """The places of a grid, row by row; cells left over go to the last column and the last rows.

    Args:
        width: Cells of the whole field.
        height: Rows of the whole field.
        columns: Keys beside one another.
        rows: Keys below one another.
    """
    columns, rows = max(columns, 1), max(rows, 1)
    xs = [(width + GAP) * column // columns for column in range(columns + 1)]
    ys = [height * row // rows for row in range(rows + 1)]
    return [
        Region(xs[column], ys[row], xs[column + 1] - xs[column] - GAP, ys[row + 1] - ys[row])
        for row in range(rows)
        for column in range(columns)
    ]


class KeyGrid(Painted):
    """Touch keys in columns and rows; what is pressed comes back as `Pressed`."""

    DEFAULT_CSS = "KeyGrid { height: 1fr; width: 1fr; }"

    @dataclass
    class Pressed(Message):
        """A key was touched, or clicked, or pressed by name."""

        grid: KeyGrid
        key: TouchKey

        @property
        def control(self) -> KeyGrid:
            """The field it stands in, for `@on(KeyGrid.Pressed, "#id")`."""
            return self.grid

    @dataclass
    class Resized(Message):
        """The field has another size, so another number of keys may fit."""

        grid: KeyGrid

    _keys: tuple[TouchKey | None, ...] = ()
    _columns = 1
    _rows = 1
    _down: int | None = None

    @property
    def keys(self) -> tuple[TouchKey, ...]:
        """The keys shown, without the empty places."""
        return tuple(key for key in self._keys if key is not None)

    def show(
        self, keys: Sequence[TouchKey | None], *, columns: int | None = None, rows: int | None = None
    ) -> None:
        """Relabel the field; only the rows whose keys changed are painted again."""
        new = tuple(keys)
        shape = (columns or self._columns, rows or self._rows)
        if (
            shape != (self._columns, self._rows)
            or len(new) != len(self._keys)
            or _spans(new) != _spans(self._keys)
        ):
            self._columns, self._rows = shape
            self._keys = new
            self.repaint()
            return
        changed = [index for index, (old, key) in enumerate(zip(self._keys, new, strict=True)) if old != key]
        self._keys = new
        for index in changed:
            self._repaint_key(index)

    def places(self) -> list[Region]:
        """Where each key stands, in the field's own cells; a key that spans columns takes them."""
        plain = places(self.size.width, self.size.height, self._columns, self._rows)
        out: list[Region] = []
        slot = 0
        for key in self._keys:
            span = key.span if key else 1
            if slot >= len(plain):
                break
            last = plain[min(slot + span, len(plain)) - 1]
            out.append(plain[slot].union(last))
            slot += span
        return out

    def place_of(self, key_id: str) -> Region | None:
        """Where a key stands on the screen, for whoever is to touch it; None when it is not shown."""
        for key, place in zip(self._keys, self.places(), strict=False):
            if key and key.id == key_id and place.height > 0 and place.width >= NARROWEST:
                return place.translate(self.content_region.offset)
        return None

    def row(self, y: int, _width: int, /) -> list[Segment]:
        """Paint one row through all keys that cross it."""
        out: list[Segment] = []
        x = 0
        for index, place in enumerate(self.places()):
            key = self._keys[index]
            if key is None or place.width < NARROWEST or not place.y <= y < place.bottom:
                continue
            if place.x > x:
                out.append(Segment(" " * (place.x - x), self.ink()))
            rows = paint_key(
                key, place.width, place.height, self.palette_name, self.surface, index == self._down
            )
            out += rows[y - place.y]
            x = place.right
        return out

    def press(self, key_id: str) -> bool:
        """Press a key by its id, as its keyboard twin does.

        False when it is not there or cannot be pressed.
        """
        for key in self.keys:
            if key.id == key_id and key.enabled:
                self.post_message(self.Pressed(self, key))
                return True
        return False

    def on_resize(self) -> None:
        """Tell the screen, which knows what to show more or less of."""
        self.post_message(self.Resized(self))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Show the finger at once and remember where it came down."""
        event.stop()
        index = self._at(event.x, event.y)
        if index is not None:
            self._down = index
            self.capture_mouse()
            self._repaint_key(index)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Report the key if the finger lifts where it came down."""
        event.stop()
        index, self._down = self._down, None
        if index is None:
            return
        self.release_mouse()
        self._repaint_key(index)
        key = self._keys[index] if index < len(self._keys) else None
        if key is not None and index == self._at(event.x, event.y):
            self.post_message(self.Pressed(self, key))

    def _at(self, x: int, y: int) -> int | None:
        for index, place in enumerate(self.places()):
            key = self._keys[index]
            if key is not None and key.enabled and place.grow((0, GAP, 0, 0)).contains(x, y):
                return index
        return None

    def _repaint_key(self, index: int) -> None:
        found = self.places()
        if index < len(found):
            self.repaint(found[index].y, found[index].height)


class PanelKeys(KeyGrid):
    """The same on a panel, as in dialogues."""

    surface = "panel"


def _spans(keys: Sequence[TouchKey | None]) -> list[int]:
    return [key.span if key else 1 for key in keys]
