"""The format of every GS1 application identifier: where an element ends, and what may stand in it.

From the GS1 General Specifications, sections 3.2 and 7.8.5, in their notation: `N6` six digits, `X..20` up
to twenty characters of the large set, `Y` and `Z` the narrower sets of AI 8010 and 8030, brackets what may
be missing. Identifiers with a running last digit, such as 3103 (weight with three decimals), are written
with three.
"""

from __future__ import annotations

import re
from functools import cache

_FORMATS = """
00 N18|01 02 03 N14|10 21 22 X..20|11 12 13 15 16 17 N6|20 N2|235 X..28|240 241 250 251 X..30|242 N..6
243 254 X..20|253 N13[X..17]|255 N13[N..12]|30 37 N..8|310-316 320-337 340-357 360-369 N6
390 392 N..15|391 393 N3N..15|394 N4|395 N6|400 401 403 X..30|402 N17|410-417 N13|420 X..20|421 N3X..9
422 424 426 N3|423 425 N3N..12|427 X..3|4300 4301 4310 4311 4320 X..35|4302-4306 4312-4316 X..70
4307 4317 X2|4308 4319 X..30|4309 N20|4318 X..20|4321-4323 N1|4324 4325 N10|4326 N6|4330-4333 N6[-]
7001 N13|7002 X..30|7003 N10|7004 N..4|7005 X..12|7006 N6|7007 N6[N6]|7008 X..3|7009 X..10|7010 X..2
7011 N6[N4]|7020-7022 X..20|7023 X..30|703 N3X..27|7040 X4|7041 X..4|710-717 X..20|723 X2X..28|7240 X..20
7241 N2|7242 X..25|7250 N8|7251 N12|7252 N1|7253 7254 7259 X..40|7255 X..10|7256 X..90|7257 X..70|7258 X3
8001 N14|8002 X..20|8003 N14[X..16]|8004 X..30|8005 N6|8006 8026 N18|8007 X..34|8008 N8[N..4]|8009 X..50
8010 Y..30|8011 N..12|8012 X..20|8013 8014 8020 X..25|8017 8018 N18|8019 N..10|8030 Z..90|8040 8041 N15
8042 N32|8043 N18[N..2]|8110 8112 8200 X..70|8111 N4|90 X..30|91-99 X..90
"""
_RUNNING = {
    **dict.fromkeys(("31", "32", "33", "34", "35", "36"), "5"),
    "39": "9",
    "395": "5",
    "394": "3",
    "703": "9",
    "723": "9",
}
"""Beginnings of identifiers with a running last digit, and the highest that digit can be."""
_LENGTH_KNOWN = {"00", "01", "02", "03", *map(str, range(11, 21)), *map(str, range(31, 37)), "41"}
"""First two digits of identifiers whose values need no separator, being of known length (section 7.8.5)."""
_SETS = {"N": "[0-9]", "X": '[!"%-?A-Z_a-z]', "Y": "[0-9A-Z#/-]", "Z": "[0-9A-Za-z_-]"}


@cache
def _table() -> dict[str, str]:
    """Return the format of each identifier, without the running digit where there is one."""
    table = {}
    for group in _FORMATS.replace("\n", "|").strip("|").split("|"):
        *names, form = group.split()
        for name in names:
            first, _dash, last = name.partition("-")
            for number in range(int(first), int(last or first) + 1):
                table[str(number).zfill(len(first))] = form
    return table


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """Return the expression that a whole value of a format matches."""

    def part(found: re.Match[str]) -> str:
        letters, open_ended, number = found.groups()
        if letters is None:
            return {"[": "(?:", "]": ")?"}.get(found[0], found[0])
        return f"{_SETS[letters]}{{{'1,' if open_ended else ''}{number}}}"

    return re.compile(re.sub(r"([NXYZ])(\.\.)?(\d+)|[\[\]-]", part, form))


def identifier_at(text: str, at: int) -> str | None:
    """Return the application identifier that stands at a place of a text; None when there is none."""
    table = _table()
    for length in (2, 3, 4):
        name = text[at : at + length]
        if name not in table:
            continue
        most = _RUNNING.get(name) or _RUNNING.get(name[:2])
        if most is None:
            return name
        digit = text[at + length : at + length + 1]
        return name + digit if digit and "0" <= digit <= most else None
    return None


def length_is_known(identifier: str) -> bool:
    """Tell whether values of an identifier end by themselves, without a separator."""
    return identifier[:2] in _LENGTH_KNOWN


def known_length(identifier: str) -> int:
    """Return the length of the values of an identifier of known length."""
    return int(_format(identifier)[1:])


def fits(identifier: str, value: str) -> bool:
    """Tell whether a value is of its identifier's format."""
    return _pattern(_format(identifier)).fullmatch(value) is not None


def _format(identifier: str) -> str:
    """Return the format of an identifier that `identifier_at` found."""
    table = _table()
    return table.get(identifier) or table[identifier[:3]]
