"""Fonts to try the console font on, and the script that makes it, as a module."""

from __future__ import annotations

import importlib.util
import struct
import sys
from pathlib import Path
from types import ModuleType

SCRIPT = Path(__file__).parents[2] / "image" / "console_font.py"


def _console_font() -> ModuleType:
    """The script as a module; `image` is a folder of scripts, not a package."""
    spec = importlib.util.spec_from_file_location("console_font", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


console_font = _console_font()


def psf1(rows: list[str], height: int = 8) -> bytes:
    """A stock font of 512 glyphs, each glyph's pixels telling its number; `rows` are its first characters."""
    glyphs = b"".join(struct.pack(">Q", n) for n in range(512))
    words = [list(map(ord, row)) for row in rows] + [[0x0400 + n] for n in range(512 - len(rows))]
    table = b"".join(struct.pack(f"<{len(row) + 1}H", *row, 0xFFFF) for row in words)
    return bytes((0x36, 0x04, 0x03, height)) + glyphs + table
