"""What a scanned or typed text means. Pure: it looks nothing up and opens nothing.

The order is that of the least doubt first: our own tokens, GS1 Digital Link, other web addresses, GS1
element strings, numbers printed by a scale, trade item numbers, plain text. A scanner that sends AIM
prefixes (`]E0` before an EAN-13, `]C1` before a GS1-128) takes away all guessing. Without one, a number of
8, 12, 13 or 14 digits is a trade item number first: 4006381333931 would also pass for GS1 identifier 400
with text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from kiosk.catalogue import gs1, gtin
from kiosk.catalogue import patterns as shop_patterns
from kiosk.catalogue.gtin import BadCheckDigit, BadCode
from kiosk.catalogue.symbols import Gtin, ListToken, PickupToken, PlainCode, Symbol, Url
from kiosk.i18n import _

__all__ = ["BadCheckDigit", "BadCode", "interpret", "unwrap"]

LONGEST = 2953
"""The most bytes a QR code holds (version 40, level L)."""
_AIM = re.compile(r"\]([A-Za-z][0-9A-Za-z])")
_GS1_AIM = {"C1", "e0", "d2", "Q3", "J1"}
"""AIM identifiers of symbols that begin with FNC1 (ISO/IEC 15424)."""
_WEB = re.compile("https?://", re.IGNORECASE)
_OWN = re.compile("(?:.*/)?([LP])/([A-Z2-7]{8,32})/?", re.IGNORECASE)
_TOKEN_LENGTH = 8
_UNMARKED_GS1 = re.compile(r"0[12]\d{14}", re.ASCII)
"""An element string that tells itself without prefix or separator: (01) or (02) and a number of 14 digits."""
_WITH_ADDON = {15: 13, 18: 13}
"""Lengths of an EAN-13 with the small bars beside it, and where they begin."""
_EDGES = " \t\r\n"
"""Taken off both ends. Not `str.strip()`: for Python the GS1 separator is white space too."""


def interpret(raw: str, patterns: Sequence[str] = (), exponent: int = 2) -> Symbol:
    """Say what a text means.

    `patterns` are the shop's number patterns (see `kiosk.catalogue.patterns`), `exponent` the decimals of its
    currency. BadCheckDigit when a number's check digit is wrong, BadCode for what no till can use.
    """
    aim, text = unwrap(raw)
    if _WEB.match(text):
        return _web(text)
    if aim in _GS1_AIM or gs1.GS in text or re.match(r"\(\d{2,4}\)", text, re.ASCII):
        return gs1.parse(text)
    if gtin.digits_only(text):
        number = _number(aim, text, tuple(patterns), exponent)
        if number is not None:
            return number
    if not aim and _UNMARKED_GS1.match(text):
        return gs1.parse(text)
    return _text(aim, text)


def unwrap(raw: str) -> tuple[str, str]:
    """Return the AIM identifier (or "") and the text behind it; BadCode when it is empty or hostile."""
    if len(raw) > LONGEST:
        raise BadCode(
            _("this code has {n} characters, no symbol holds more than {most}; nothing was added").format(
                n=len(raw), most=LONGEST
            )
        )
    text = raw.strip(_EDGES)
    found = _AIM.match(text)
    if found:
        text = text[found.end() :].strip(_EDGES)
    if not text.strip(gs1.GS):
        raise BadCode(_("this code is empty; nothing was added"))
    if any((ord(letter) < 32 and letter != gs1.GS) or 127 <= ord(letter) < 160 for letter in text):
        raise BadCode(_("there are control characters in this code; nothing was added, scan it again"))
    return (found[1] if found else ""), text


def _web(text: str) -> Symbol:
    """Say what a web address means: ours, a GS1 Digital Link, or any other."""
    try:
        path = urlsplit(text).path
    except ValueError:
        return Url(text)
    own = _OWN.fullmatch(path)
    if own and own[1] in "Ll" and len(own[2]) == _TOKEN_LENGTH:
        return ListToken(own[2].upper())
    if own and own[1] in "Pp":
        return PickupToken(own[2].upper())
    return gs1.parse_link(text) or Url(text)


def _number(aim: str, text: str, patterns: tuple[str, ...], exponent: int) -> Symbol | None:
    """Say what digits mean as a trade item number; None when they are none."""
    of_ean = aim[:1] in {"", "E"}
    if of_ean and len(text) in {12, 13} and (measured := shop_patterns.read(text, patterns, exponent)):
        return measured
    if aim == "E0" and len(text) == 8:
        upc = gtin.expand_upc_e(text)
        gtin.require_check_digit(upc)
        return Gtin(upc.zfill(14), "UPC-E")
    if aim == "E4" and len(text) == 8:
        gtin.require_check_digit(text)
        return Gtin(text.zfill(14), "EAN-8")
    if of_ean and len(text) in _WITH_ADDON and (aim == "E3" or text[:3] in {"977", "978", "979"}):
        main = text[: _WITH_ADDON[len(text)]]
        gtin.require_check_digit(main)
        return Gtin(f"0{main}", "EAN-13", addon=text[len(main) :])
    if len(text) not in gtin.LENGTHS:
        return None
    try:
        number = gtin.read(text)
    except BadCheckDigit:
        if of_ean:
            raise
        return None  # a Code 128 or QR code may hold any number
    others = (number.other,) if number.other else ()
    return Gtin(number.gtin, number.symbology, others=others if of_ean else (*others, text))


def _text(aim: str, text: str) -> Symbol:
    """Say what text means: a book's number, or just itself."""
    bare = text[4:].lstrip(": ") if text[:4].upper() == "ISBN" else text
    if aim[:1] in {"", "A", "C"} and (book := gtin.read_isbn10(bare)):
        return Gtin(book.gtin, book.symbology, others=(text,))
    digits = bare.replace("-", "")
    if digits[:3] in {"978", "979"} and len(digits) == 13 and gtin.digits_only(digits):
        gtin.require_check_digit(digits)
        return Gtin(f"0{digits}", "EAN-13", others=(text,))
    return PlainCode(text)
