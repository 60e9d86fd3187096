"""`kiosk setup devices` in a real terminal: a scan and four touches end up in shop.toml."""

from __future__ import annotations

from pathlib import Path

from hardware.scanner.binding import SETUP_CODE
from hardware.simulated.stall import SimulatedStall
from kiosk.fitting.draft import Draft
from kiosk.settings import load
from tests.e2e.terminal import Terminal

COLUMNS, LINES = 100, 30
MARK = "✚"


def listening(stall: SimulatedStall, name: str) -> bool:
    """Whether anybody reads one of the stall's devices: the second to come, the first only looked at it."""
    return bool(stall.do("status")[name]["visits"] >= 2)  # type: ignore[index,operator]


def marked(terminal: Terminal) -> tuple[float, float]:
    """Where the mark stands, in percent of the screen."""
    row, line = next((row, line) for row, line in enumerate(terminal.text().splitlines()) if MARK in line)
    return (line.index(MARK) + 0.5) / COLUMNS * 100, (row + 0.5) / LINES * 100


def test_a_scanner_and_a_panel_are_fitted_and_written_down(terminal: Terminal, shop: Path) -> None:
    with SimulatedStall() as stall:
        draft = Draft(shop)
        for name in ("keys", "touch"):
            table = stall.devices()[name]
            role, _, kind = str(table["kind"]).partition("-")
            draft.put(f"devices.{name}", {"role": role, "kind": kind, "address": str(table["address"])})
        draft.save()
        before = (shop / "shop.toml").read_bytes()
        terminal.open("--shop", str(shop), "setup", "devices", "keys", "touch")
        terminal.shows("Try keys now? (yes / no) [yes]:")
        terminal.press("Enter")
        terminal.shows(f"Scan this code now: {SETUP_CODE}")
        terminal.until(lambda: listening(stall, "keys"), "ears")
        terminal.wedge(SETUP_CODE)  # what a scanner types that is not grabbed
        stall.do("type", code=SETUP_CODE, layout="it")
        terminal.shows("keyboard it, enter behind each code", "Try touch now? (yes / no) [yes]:")
        terminal.press("Enter")
        for number in range(1, 5):
            terminal.shows(f"({number} of 4)", MARK)
            terminal.until(lambda: listening(stall, "touch"), "a reader of the panel")
            x, y = marked(terminal)
            stall.do("tap", x=x, y=100 - y)  # the panel is mounted upside down
        terminal.shows("The panel is calibrated.", '+ layout = "it"', "Write this? (yes / no) [yes]:")
        assert (shop / "shop.toml").read_bytes() == before
        terminal.press("Enter")
        assert terminal.ended() == 0
    devices = {device.name: device.options for device in load(shop).devices}
    assert devices["keys"]["layout"] == "it"
    six = devices["touch"]["calibration"]
    assert isinstance(six, list)
    assert [round(float(number), 2) for number in six] == [1.0, 0.0, 0.0, 0.0, -1.0, 1.0]
    assert (shop / "shop.toml.bak").read_bytes() == before
