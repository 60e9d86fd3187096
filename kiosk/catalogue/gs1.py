"""GS1 barcodes: element strings such as `01` + GTIN + `17` + expiry, and Digital Link web addresses.

An element of variable length ends at a separator (GS, 0x1D, which a scanner sends for FNC1). When the
separator is missing the rest of the code is swallowed: where that shows, because the value gets too long or
does not fit, the message says so. Source: GS1 General Specifications, sections 3 and 7.8, and GS1 Digital
Link URI Syntax 1.6.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kiosk.catalogue import gs1_formats, gtin
from kiosk.catalogue.gtin import BadCode
from kiosk.catalogue.symbols import Element, Gs1
from kiosk.i18n import _

GS = "\x1d"
"""The separator after an element of variable length."""
_BRACKETED = re.compile(r"\((\d{2,4})\)([^()]+)")
_CHECKED = {"00": 18, "01": 14, "02": 14, "03": 14, **{f"41{n}": 13 for n in range(8)}, "402": 17, "253": 13}
"""Identifiers whose value ends, after so many digits, in a check digit."""
_DATES = {"11": "made", "13": "packed", "15": "best_before", "16": "sell_by", "17": "expiry"}
_TEXTS = {"10": "lot", "21": "serial", "8020": "reference"}
_MEASURES = {"311": "m", "314": "m2", "315": "l", "316": "m3"}
_CENTURY_TURNS = 76
"""Two-digit years up to this are 20xx. GS1 section 7.12 takes the century within 49 years back and 50 ahead
of the present year, here 2026: a till's clock may be wrong by decades after a power cut and must not move
an expiry."""
_POUND = 45_359_237
"""A pound in hundred-millionths of a kilogram (exact by definition)."""


def parse(text: str) -> Gs1:
    """Read an element string without AIM prefix, also as printed with brackets; BadCode when it is none."""
    if text.startswith("("):
        if _BRACKETED.sub("", text):
            raise BadCode(_("the brackets of this GS1 code do not pair up; nothing was added"))
        return read_elements(Element(ai, value) for ai, value in _BRACKETED.findall(text))
    elements, at = [], 0
    while at < len(text):
        if text[at] == GS:
            at += 1
            continue
        element, at = _element_at(text, at)
        elements.append(element)
    return read_elements(elements)


def _element_at(text: str, at: int) -> tuple[Element, int]:
    """Return the element that begins at a place, and the place behind it."""
    name = gs1_formats.identifier_at(text, at)
    if name is None:
        raise BadCode(
            _("no GS1 identifier begins at place {n}; nothing was added, scan it again").format(n=at + 1)
        )
    at += len(name)
    if gs1_formats.length_is_known(name):
        end = at + gs1_formats.known_length(name)
    else:
        end = text.find(GS, at)
        end = len(text) if end < 0 else end
    return Element(name, text[at:end]), end


def read_elements(elements: Iterable[Element], source: str = "GS1") -> Gs1:
    """Check elements and read those a till can use; BadCode or BadCheckDigit when one is wrong."""
    kept: dict[str, Element] = {}
    for element in elements:
        _require_sound(element)
        if kept.setdefault(element.ai, element) != element:
            raise BadCode(_("({ai}) stands in this code twice and differs").format(ai=element.ai))
    if not kept:
        raise BadCode(_("there is nothing in this GS1 code"))
    meaning: dict[str, Any] = {}
    for element in kept.values():
        meaning |= _meaning(element.ai, element.value, meaning)
    return Gs1(tuple(kept.values()), source, **meaning)


def _require_sound(element: Element) -> None:
    """Raise BadCode when a value does not fit its identifier, BadCheckDigit when its check digit is wrong."""
    if gs1_formats.identifier_at(element.ai, 0) != element.ai:
        raise BadCode(_("there is no GS1 identifier ({ai})").format(ai=element.ai[:4]))
    if not gs1_formats.fits(element.ai, element.value):
        raise BadCode(
            _("({ai}) cannot be “{value}”: part of the code is missing, or a separator in it").format(
                ai=element.ai, value=gtin.shown(element.value)
            )
        )
    if length := _CHECKED.get(element.ai):
        gtin.require_check_digit(element.value[:length])


def _meaning(ai: str, value: str, known: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of `Gs1` that one element fills; none for an element a till has no use for."""
    if ai == "01" or (ai == "02" and "gtin" not in known):
        return {"gtin": value}
    if name := _TEXTS.get(ai):
        return {name: value}
    if name := _DATES.get(ai):
        return {name: day(value)}
    if ai == "7003":
        return {"expiry": day(value[:6])}
    if ai in {"30", "37"}:
        return {"count": int(value)}
    return _amount(ai[:3], int(ai[-1]), value) if len(ai) == 4 else {}


def _amount(kind: str, places: int, value: str) -> dict[str, Any]:
    """Return the weight, measure or price of an element whose decimal point is `places` from the right."""
    if kind == "310":
        return {"weight": thousandths(value, places)}
    if kind == "320":
        return {"weight": thousandths(str(int(value) * _POUND), places + 8)}
    if unit := _MEASURES.get(kind):
        return {"measure": thousandths(value, places), "measure_unit": unit}
    if kind == "392":
        return {"price": decimal(value, places)}
    if kind == "393":
        return {"price": decimal(value[3:], places), "currency": value[:3]}
    return {}


def thousandths(digits: str, places: int) -> int:
    """Return a number with so many decimals as thousandths, halves rounded up."""
    scale = 10**places
    rounded: int = (2 * 1000 * int(digits) + scale) // (2 * scale)
    return rounded


def decimal(digits: str, places: int) -> str:
    """Write digits with the decimal point `places` from the right: `1250` and 2 give `12.50`."""
    text = digits.zfill(places + 1)
    whole = text[: len(text) - places].lstrip("0") or "0"
    return f"{whole}.{text[-places:]}" if places else whole


def day(value: str) -> str:
    """Return `yymmdd` as an ISO date, the day 00 as the last of its month; BadCode when it is no date."""
    year, month, number = int(value[:2]), int(value[2:4]), int(value[4:6])
    year += 2000 if year <= _CENTURY_TURNS else 1900
    last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
    if not 0 <= number <= last:
        raise BadCode(_("{value} is no date (year, month, day)").format(value=value))
    return f"{year}-{month:02}-{number or last:02}"


def parse_link(url: str) -> Gs1 | None:
    """Read a GS1 Digital Link of any domain; None when the address is an ordinary one.

    The path has `/01/` and a GTIN, then pairs of identifier and value; further elements may stand in the
    query, where words that are no identifier (`linkType`, `utm_source`) are ignored. The address is not
    opened.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = parts.path.strip("/").split("/")
    start = next((n for n in range(len(path) - 1) if path[n] == "01" and _looks_like_gtin(path[n + 1])), None)
    rest = path[start:] if start is not None else []
    if not rest or len(rest) % 2:
        return None
    pairs = [(ai, unquote(value)) for ai, value in zip(rest[::2], rest[1::2], strict=True)]
    pairs[0] = ("01", pairs[0][1].zfill(14))
    pairs += [(name, value) for name, value in parse_qsl(parts.query) if name.isdecimal()]
    return read_elements((Element(ai, value) for ai, value in pairs), "GS1 Digital Link")


def _looks_like_gtin(text: str) -> bool:
    """Tell whether a part of a path has the shape of a trade item number."""
    return len(text) in gtin.LENGTHS and gtin.digits_only(text)
