"""Printers from their settings, one function a kind.

All share ``profile``, ``page``, ``number``, ``qr`` and ``status``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from hardware.options import BadOptions, Options
from hardware.printer.link import Link
from hardware.printer.printer import Printer
from hardware.printer.profile import PROFILES, Profile, UnknownProfile, choose


def tcp(name: str, table: Mapping[str, object]) -> Printer:
    """``host`` and ``port`` (9100)."""
    from hardware.wire.tcp import TcpLink

    options = Options(name, table)
    host, port = options.text("host"), options.number("port", 9100, 1, 65535)
    return _printer(name, TcpLink(host, port, answers=options.flag("status", True)), options)


def serial(name: str, table: Mapping[str, object]) -> Printer:
    """``path``, ``baud`` (115200) and ``flow``: none, rtscts (default) or xonxoff."""
    from hardware.wire.serial import Flow, SerialLink

    options = Options(name, table)
    path, baud = options.text("path"), options.number("baud", 115200, 1200, 921600)
    flow = cast(Flow, options.choice("flow", "rtscts", ("none", "rtscts", "xonxoff")))
    return _printer(name, SerialLink(path, baud, flow=flow, answers=options.flag("status", True)), options)


def usb(name: str, table: Mapping[str, object]) -> Printer:
    """``path`` (/dev/usb/lp0)."""
    from hardware.printer.usblp import UsbLink

    options = Options(name, table)
    path = options.text("path", "/dev/usb/lp0")
    return _printer(name, UsbLink(path, answers=options.flag("status", True)), options)


def file(name: str, table: Mapping[str, object]) -> Printer:
    """``path``, a file that jobs are appended to."""
    from hardware.printer.file import FileLink

    options = Options(name, table)
    return _printer(name, FileLink(options.text("path")), options)


def _printer(name: str, link: Link, options: Options) -> Printer:
    """The printer on a link, with the shared options read and everything checked."""
    chosen = options.choice("profile", "80mm", PROFILES)
    page = options.text("page", PROFILES[chosen].page)
    number = options.number("number", -1, -1, 255)
    drawn = options.choice("qr", "profile", ("profile", "native", "picture"))
    options.done()
    return Printer(name, link, _profile(name, chosen, page, number, drawn))


def _profile(name: str, chosen: str, page: str, number: int, drawn: str) -> Profile:
    """The preset with the shop's own page, its number (-1: the preset's), and way of drawing QR codes."""
    native = None if drawn == "profile" else drawn == "native"
    try:
        return choose(chosen, page=page, number=None if number < 0 else number, native_qr=native)
    except UnknownProfile as error:
        raise BadOptions(name, [f"page: {error}"]) from error
