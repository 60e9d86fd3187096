"""Makes ``keymaps.json`` from the keyboards of xkb: ``python -m hardware.scanner.keymaps``.

Needs ``xkbcli`` (Debian: libxkbcommon-tools). What the tables keep is what scanners can type: Latin-1, the
euro and dead keys. ``--check`` only compares.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys

from hardware.scanner.keymap import ACCENTS, LAYOUTS, TABLES

NAMES = """
space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright asterisk plus comma
minus period slash 0 1 2 3 4 5 6 7 8 9 colon semicolon less equal greater question at A B C D E F G H I J K L
M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore grave a b c d e f g h i
j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde EuroSign nobreakspace exclamdown cent
sterling currency yen brokenbar section diaeresis copyright ordfeminine guillemotleft notsign hyphen
registered macron degree plusminus twosuperior threesuperior acute mu paragraph periodcentered cedilla
onesuperior masculine guillemotright onequarter onehalf threequarters questiondown Agrave Aacute Acircumflex
Atilde Adiaeresis Aring AE Ccedilla Egrave Eacute Ecircumflex Ediaeresis Igrave Iacute Icircumflex Idiaeresis
ETH Ntilde Ograve Oacute Ocircumflex Otilde Odiaeresis multiply Oslash Ugrave Uacute Ucircumflex Udiaeresis
Yacute THORN ssharp agrave aacute acircumflex atilde adiaeresis aring ae ccedilla egrave eacute ecircumflex
ediaeresis igrave iacute icircumflex idiaeresis eth ntilde ograve oacute ocircumflex otilde odiaeresis
division oslash ugrave uacute ucircumflex udiaeresis yacute thorn ydiaeresis
"""
"""xkb's names of Latin-1 with the euro, in the order of Unicode."""
LATIN = dict(zip(NAMES.split(), map(chr, (*range(0x20, 0x7F), 0x20AC, *range(0xA0, 0x100))), strict=True))
DEAD_NAMES = """
grave acute circumflex tilde macron breve abovedot diaeresis abovering doubleacute caron cedilla ogonek
"""
"""xkb's names of dead keys, without ``dead_``, in the order of `ACCENTS`."""
DEAD = dict(zip(DEAD_NAMES.split(), ACCENTS, strict=True))
KEY = re.compile(r"key <(\w+)>\s*\{[^\[\]]*(?:\[Group1\]=)?\s*\[([^\]]*)\]")
CODE = re.compile(r"<(\w+)>\s*= (\d+);")
KINDS = re.compile(r"TLDE|BKSL|LSGT|SPCE|A[BCDE]\d\d")
"""Keys that type; the keypad is the same everywhere."""
FIRST = 8
"""X counts keys from here on; the kernel from 0."""


def tables() -> dict[str, dict[str, list[str]]]:
    """The tables, freshly made; ``FileNotFoundError`` without xkbcli."""
    return {layout: _table(layout) for layout in LAYOUTS}


def as_json(made: dict[str, dict[str, list[str]]]) -> str:
    """The tables as the file has them, a key a line."""
    layouts = []
    for name, keys in made.items():
        rows = [
            f"  {json.dumps(key)}: {json.dumps(levels, ensure_ascii=False)}" for key, levels in keys.items()
        ]
        layouts.append(f"{json.dumps(name)}: {{\n" + ",\n".join(rows) + "\n}")
    return "{\n" + ",\n".join(layouts) + "\n}\n"


def _table(layout: str) -> dict[str, list[str]]:
    """One keyboard: what each key types on each level."""
    command = ("xkbcli", "compile-keymap", "--layout", layout)
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    codes = {name: int(code) - FIRST for name, code in CODE.findall(text)}
    symbols = {name: [one.strip() for one in found.split(",")] for name, found in KEY.findall(text)}
    most = 4 if symbols["RALT"] == ["ISO_Level3_Shift"] else 2
    table = {}
    for name, levels in symbols.items():
        if KINDS.fullmatch(name):
            typed = [_character(symbol) for symbol in levels[:most]]
            while typed and not typed[-1]:
                typed.pop()
            table[codes[name]] = typed
    return {str(code): table[code] for code in sorted(table)}


def _character(symbol: str) -> str:
    """What a key symbol types; nothing for those that no scanner sends."""
    return DEAD.get(symbol.removeprefix("dead_"), "") if symbol.startswith("dead_") else LATIN.get(symbol, "")


def main() -> int:
    """Write the tables, or compare: 0 when they are the same."""
    fresh = as_json(tables())
    if "--check" in sys.argv[1:]:
        return int(TABLES.read_text(encoding="utf-8") != fresh)
    TABLES.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
