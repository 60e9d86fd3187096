"""Displays from their settings, one function a kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hardware.display.dialect import CD5220, ESCPOS, Dialect
from hardware.display.display import LineDisplay
from hardware.display.screenfeed import ScreenFeed
from hardware.options import BadOptions, Options
from hardware.printer.codepage import ASCII, CODECS
from hardware.wire.address import wire_to


def escpos(name: str, table: Mapping[str, object]) -> LineDisplay:
    """Epson's language. ``address``, ``baud``, ``page`` (CP858) and ``brightness`` (1 to 4)."""
    return _lines(name, table, ESCPOS, (*ESCPOS.pages, ASCII))


def cd5220(name: str, table: Mapping[str, object]) -> LineDisplay:
    """The language most others have too. ``page`` is ASCII, or what the display is set to."""
    return _lines(name, table, CD5220, (ASCII, *CODECS))


def screen(name: str, table: Mapping[str, object]) -> ScreenFeed:
    """``path`` of the file that says where to connect, and ``port`` (0 for any)."""
    options = Options(name, table)
    made = ScreenFeed(name, Path(options.text("path")), options.number("port", 0, 0, 65535))
    options.done()
    return made


def _lines(name: str, table: Mapping[str, object], dialect: Dialect, pages: tuple[str, ...]) -> LineDisplay:
    """A display of two lines on its wire, everything checked."""
    options = Options(name, table)
    address, baud = options.text("address"), options.number("baud", 9600, 1200, 115200)
    page = options.choice("page", dialect.page, pages)
    brightness = options.number("brightness", 4, 1, 4)
    options.done()
    try:
        return LineDisplay(name, wire_to(address, baud), dialect, page, brightness)
    except ValueError as error:
        raise BadOptions(name, [f"address: {error}"]) from error
