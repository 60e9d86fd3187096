"""A small application under our driver, for the terminal test: it writes what it was told into a file."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

from textual import events
from textual.app import App

from kiosk.tui.driver import BarrowDriver


class Child(App[int]):
    """Echoes keys and mouse presses as lines; `q` ends it, `z` suspends it."""

    def __init__(self, log: Path) -> None:
        super().__init__(driver_class=BarrowDriver)
        self.log_path = log

    def note(self, text: str) -> None:
        """Append a line and show it, so that the terminal has something to wait for."""
        with self.log_path.open("a", encoding="utf-8") as log:
            log.write(text + "\n")
        self.screen.title = text
        self.bell()

    def on_ready(self) -> None:
        """Say that input is read now."""
        self.note("ready")

    def on_key(self, event: events.Key) -> None:
        """Echo a key."""
        self.note(f"key {event.key}")
        if event.key == "q":
            self.exit(0)
        elif event.key == "c":
            self.exit(0)
            threading.Thread(target=self._wake_while_ending).start()
        elif event.key == "z":
            self.action_suspend_process()

    def _wake_while_ending(self) -> None:
        """Have this process told to go on, all the way to its end."""
        while threading.main_thread().is_alive():
            os.kill(os.getpid(), signal.SIGCONT)
            time.sleep(0.001)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Echo a press."""
        self.note(f"press {event.x},{event.y}")


if __name__ == "__main__":
    app = Child(Path(sys.argv[1]))
    app.run()
    sys.exit(app.return_code or 0)
