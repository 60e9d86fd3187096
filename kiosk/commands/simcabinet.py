"""Draws the simulated cabinet for a second terminal: doors, what lies behind them, pulses, and the board."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping

from kiosk.i18n import _

COLUMNS, WIDTH = 4, 16
WATCH_S = 0.5
CLEAR = "\x1b[H\x1b[2J"


def drawing(locks: Mapping[str, object]) -> str:
    """The cabinet as lines of text, from what the stall says of it."""
    cells = [
        _cell(name.removeprefix("box "), str(words))
        for name, words in locks.items()
        if name.startswith("box ")
    ]
    rows = [cells[at : at + COLUMNS] for at in range(0, len(cells), COLUMNS)]
    lines = [_rule("┌┬┐")]
    for number, row in enumerate(rows):
        lines += [_rule("├┼┤")] if number else []
        lines += ["│" + "│".join(cell[line] for cell in row) + "│" for line in range(3)]
    lines.append(_rule("└┴┘"))
    plug = _("plugged in") if locks.get("plugged") else _("unplugged")
    lines.append(_("lock board: {plug}, faults: {faults}").format(plug=plug, faults=locks.get("faults", "-")))
    return "\n".join(lines)


def watch(look: Callable[[], Mapping[str, object]]) -> int:
    """Draw it anew twice a second until Ctrl+C, or the stall ends; once where that is no terminal."""
    if not sys.stdout.isatty():
        print(drawing(look()))
        return 0
    try:
        while True:
            print(CLEAR + drawing(look()), _("Ctrl+C ends"), sep="\n", flush=True)
            time.sleep(WATCH_S)
    except KeyboardInterrupt:
        return 0


def _cell(number: str, words: str) -> tuple[str, str, str]:
    """Number and parcel, the door, and how often its coil was pulsed."""
    said = words.split(", ")
    parcel = "▒▒▒▒" if "full" in said else "    "
    door = _("shut") if "shut" in said else _("OPEN").center(WIDTH - 2, "░")
    pulses = next(word for word in said if word.endswith("pulses")).split()[0]
    pulsed = _("pulsed {n} ×").format(n=pulses) if int(pulses) else ""
    lock = _("stuck") + f" · {pulses} ×" if "stuck" in said else pulsed
    return _padded(f"{number:>3}    {parcel}"), _padded(door), _padded(lock)


def _padded(text: str) -> str:
    """One line of a cell."""
    return f" {text}".ljust(WIDTH)[:WIDTH]


def _rule(ends: Iterable[str]) -> str:
    """A line between cells."""
    left, middle, right = ends
    return left + middle.join(["─" * WIDTH] * COLUMNS) + right
