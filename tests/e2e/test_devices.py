"""The demo by finger alone, with a scanner that is a keyboard, while plugs are pulled."""

from __future__ import annotations

import json

from tests.e2e.terminal import Terminal

MUG, HONEY = "9520000000011", "9520000000349"
COLUMNS, ROWS = 100, 30


def finger(terminal: Terminal, words: str, *, fault: str = "") -> None:
    """Tap where these words stand."""
    row, line = next((row, line) for row, line in enumerate(terminal.text().splitlines()) if words in line)
    x = (line.index(words) + len(words) / 2) / COLUMNS * 100
    terminal.kiosk(
        "sim", "tap", f"{x:.3f}", f"{(row + 0.5) / ROWS * 100:.3f}", *(["--fault", fault] * bool(fault))
    )


def listening(terminal: Terminal, name: str) -> bool:
    """Whether the till listens to one of the stall's devices."""
    status = terminal.kiosk("sim", "status", "--json", check=False).stdout
    return bool(status) and json.loads(status)[name]["readers"] == 1


def test_a_sale_by_touch_and_keyboard_scanner_alone(terminal: Terminal) -> None:
    terminal.open("demo")
    terminal.shows("Who is selling?", "▌Mia")
    terminal.until(lambda: listening(terminal, "touch") and listening(terminal, "keys"), "its devices")
    finger(terminal, "▌Mia")
    terminal.shows("PIN, then Enter")
    for typed in range(1, 5):
        finger(terminal, "▌    1 ")
        terminal.shows("●" * typed)
    finger(terminal, "sign in")
    terminal.shows("· Mia", "Scan, tap or search")

    terminal.kiosk("sim", "type", MUG, "--step", "5")
    terminal.shows("1 Mug, blue glaze             12.50", "1 item")
    terminal.kiosk("sim", "type", HONEY, "--fault", "dropped")
    terminal.shows("Scan again: part of the code is missing", "1 item")
    terminal.kiosk("sim", "type", HONEY)
    terminal.shows("1 Honey 500 g                  7.80", "2 items")

    terminal.kiosk("sim", "touch", "unplug")
    terminal.until(lambda: "no touch panel" in terminal.top(), "the banner")
    terminal.kiosk("sim", "touch", "replug")
    terminal.until(lambda: "no touch panel" not in terminal.top(), "the panel again")
    finger(terminal, "Mug, green", fault="bounce")
    terminal.shows("1 Mug, green glaze            12.50", "3 items")

    finger(terminal, "CASH")
    terminal.shows("exact")
    finger(terminal, "exact")
    terminal.shows("A-000001 · total €32.80")
