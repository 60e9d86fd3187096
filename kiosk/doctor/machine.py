"""Checks the machine the till runs on: Python, the terminal, the clock."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Mapping
from shutil import get_terminal_size

from kiosk.doctor.finding import Finding
from kiosk.i18n import _
from kiosk.ledger.clock import Clock

LEAST_PYTHON = (3, 11)
LEAST_SIZE = (80, 24)
"""Columns and lines the till's smallest layout needs."""
BEST_SIZE = (100, 30)
"""A 7-inch panel of 800x480 with an 8x16 font."""


def python(version: tuple[int, ...] = sys.version_info[:3]) -> Iterator[Finding]:
    """Is Python new enough?"""
    shown = ".".join(map(str, version))
    if version >= LEAST_PYTHON:
        yield Finding(
            "machine",
            "found",
            _("Python {version} on {system}").format(version=shown, system=platform.system()),
        )
    else:
        fix = _("Install Python 3.11 or newer, then install Barrow with it again.")
        yield Finding("machine", "wrong", _("Python {version} is too old").format(version=shown), fix)


def terminal(
    environment: Mapping[str, str] = os.environ,
    size: tuple[int, int] | None = None,
    is_terminal: bool | None = None,
) -> Iterator[Finding]:
    """Is there a terminal, large enough, with colours and block letters?"""
    if not (sys.stdout.isatty() if is_terminal is None else is_terminal):
        yield Finding("machine", "note", _("no terminal here: its size and colours were not looked at"))
        return
    columns, lines = size or tuple(get_terminal_size((0, 0)))
    words = _("terminal of {columns} x {lines}").format(columns=columns, lines=lines)
    if columns < LEAST_SIZE[0] or lines < LEAST_SIZE[1]:
        fix = _("The till needs {columns} x {lines}: enlarge the window or choose a smaller font.")
        yield Finding("machine", "wrong", words, fix.format(columns=LEAST_SIZE[0], lines=LEAST_SIZE[1]))
    elif columns < BEST_SIZE[0] or lines < BEST_SIZE[1]:
        fix = _("{columns} x {lines} or more shows more keys.").format(
            columns=BEST_SIZE[0], lines=BEST_SIZE[1]
        )
        yield Finding("machine", "note", words, fix)
    else:
        yield Finding("machine", "found", words)
    yield from _colours(environment)
    yield from _letters()


def _colours(environment: Mapping[str, str]) -> Iterator[Finding]:
    """How many colours does the terminal promise?"""
    name = environment.get("TERM", "")
    if environment.get("COLORTERM", "") in {"truecolor", "24bit"} or sys.platform == "win32":
        yield Finding("machine", "found", _("terminal with all colours"))
    elif name == "linux":
        fix = _("The till is readable in plain colours; a graphical terminal such as foot shows them all.")
        yield Finding("machine", "note", _("Linux console with 16 colours"), fix)
    elif "256" in name or name in {"foot", "alacritty", "xterm-kitty"}:
        yield Finding("machine", "found", _("terminal with 256 colours"))
    else:
        fix = _("Set TERM to what your terminal is, such as xterm-256color.")
        yield Finding("machine", "note", _("TERM={name} promises few colours").format(name=name or "?"), fix)


def _letters() -> Iterator[Finding]:
    """Can accents and block letters be written?"""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding == "utf8":
        yield Finding("machine", "found", _("terminal writes UTF-8"))
    else:
        fix = _("Set a UTF-8 locale, such as LANG=C.UTF-8; block digits and accents need it.")
        words = _("terminal writes {encoding}, not UTF-8").format(encoding=encoding or "?")
        yield Finding("machine", "wrong", words, fix)


def clock(source: Clock) -> Iterator[Finding]:
    """Has anything confirmed the time since the machine was started?"""
    from kiosk import i18n

    stamp = source.now()
    shown = f"{i18n.date(stamp.wall_ms)} {i18n.time(stamp.wall_ms)}"
    if stamp.trusted:
        yield Finding("machine", "found", _("clock says {time}, confirmed").format(time=shown))
    else:
        fix = _(
            "Connect to the network once, fit a clock battery (RTC), or confirm the time at the till. "
            "Sales are kept in order without it; the receipts say that the time is not certain."
        )
        yield Finding(
            "machine", "note", _("clock says {time}, and nothing has confirmed it").format(time=shown), fix
        )
