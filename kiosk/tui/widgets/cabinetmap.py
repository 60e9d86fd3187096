"""The cabinet as it stands there, seen from the front: its doors in their rows, one of them lit."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.touchkey import TouchKey

HIGH = 3
"""Rows of a door, the gap included, up to which its number is underlined instead of drawn large."""


class CabinetMap(KeyGrid):
    """A picture made of keys, which nobody can press."""

    def point_at(self, rows: Sequence[Sequence[int]], number: int, *, lit: bool) -> None:
        """Show the doors, row by row from the top; the number of the one that is meant is drawn large."""
        columns = max((len(row) for row in rows), default=1)
        high = self.size.height // max(len(rows), 1) > HIGH
        keys = [
            None if at >= len(row) else self._door(row[at], number, lit, high)
            for row in rows
            for at in range(columns)
        ]
        self.show(keys, columns=columns, rows=max(len(rows), 1))

    @staticmethod
    def _door(door: int, number: int, lit: bool, high: bool) -> TouchKey:
        if door != number:
            return TouchKey(f"door:{door}", str(door))
        return TouchKey(
            f"door:{door}", str(door), hue="accent" if lit else "warn", large=high, opened=not high
        )

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """It is a picture."""
        event.stop()
        event.prevent_default()
