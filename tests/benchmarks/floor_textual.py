"""The floor: a bare Textual app. ``scan FIFO`` paints one line and one total a code; ``start`` only appears;
``idle`` waits on a blocking driver with a 1 Hz clock, ``dimmed`` with a clock a minute.
"""

from __future__ import annotations

import os
import sys
import time

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Digits, Static


class Lines(Widget):
    """A page of lines of which only the changed one is repainted."""

    DEFAULT_CSS = "Lines { height: 1fr; }"

    def __init__(self, already: int) -> None:
        """Begin with so many lines."""
        super().__init__()
        self.lines = [f"line {n}" for n in range(already)]

    def render_line(self, y: int) -> Strip:
        """The line at a row of the present page."""
        page = len(self.lines) - (len(self.lines) - 1) % max(1, self.size.height) - 1 if self.lines else 0
        at = page + y
        text = self.lines[at] if 0 <= at < len(self.lines) else ""
        return Strip([Segment(text.ljust(self.size.width))])

    def add(self, line: str) -> None:
        """Append a line and repaint its row, or the page when it begins a new one."""
        self.lines.append(line)
        row = (len(self.lines) - 1) % max(1, self.size.height)
        self.refresh(Region(0, row, self.size.width, 1)) if row else self.refresh()


class Floor(App[None]):
    """As little as a till could be."""

    def __init__(self, mode: str, fifo: str = "", already: int = 0) -> None:
        """See the module."""
        super().__init__()
        self.mode, self.fifo, self.already = mode, fifo, already
        self.total = 0

    def compose(self) -> ComposeResult:
        """One list, one total, one line."""
        yield Lines(self.already)
        yield Digits("0.00")
        yield Static("FLOOR READY", id="clock")

    def on_mouse_up(self) -> None:
        """Answer a touch."""
        self.query_one("#clock", Static).update("TOUCHED", layout=False)

    def on_mount(self) -> None:
        """Listen to the pipe, or start the clock."""
        if self.mode == "scan":
            import asyncio

            self.pipe = os.open(self.fifo, os.O_RDWR | os.O_NONBLOCK)
            asyncio.get_running_loop().add_reader(self.pipe, self.scanned)
        if self.mode == "idle":
            self.set_interval(1, self.tick)
        if self.mode == "dimmed":
            self.set_interval(60, self.tick)

    def scanned(self) -> None:
        """A code arrived: show it and the new total."""
        for code in os.read(self.pipe, 4096).decode().split():
            self.total += 125
            self.query_one(Lines).add(code)
            self.query_one(Digits).update(f"{self.total / 100:.2f}")

    def tick(self) -> None:
        """Show the time, and only that cell."""
        self.query_one("#clock", Static).update(time.strftime("%H:%M:%S"), layout=False)


if __name__ == "__main__":
    mode, *words = sys.argv[1:]
    driver = None
    if mode in {"idle", "dimmed"}:
        from kiosk.tui.driver import BarrowDriver

        driver = BarrowDriver
    app = Floor(mode, *words[:1], **({"already": int(words[1])} if len(words) > 1 else {}))
    if driver:
        app.driver_class = driver
    app.run()
