"""Trade item numbers: EAN-13, EAN-8, UPC-A, UPC-E, ISBN and GTIN-14, all brought to fourteen digits.

One article may be printed as `036000291452`, `0036000291452` or, shortened, as a UPC-E: the catalogue keeps
every number as a GTIN-14, so that all of them find it. A number with a wrong check digit is refused and the
message says what the digit should be, because such a number was misread or mistyped. Sources of the check
digit and of the expansion of UPC-E: GS1 General Specifications, sections 7.9.1 and 7.10.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.i18n import _

LENGTHS = {8: "EAN-8", 12: "UPC-A", 13: "EAN-13", 14: "GTIN-14"}
"""Lengths that a trade item number has, and what the number is called then."""
PLAIN_MOST = 64
"""Longest plain code the catalogue keeps."""


class BadCode(ValueError):
    """A scanned or typed text means nothing the till could use; basket and catalogue are unchanged."""


class BadCheckDigit(BadCode):
    """The last digit of a number does not fit the digits before it: misread or mistyped."""

    def __init__(self, code: str, should: str) -> None:
        self.code = code
        self.should = should
        super().__init__(
            _(
                "{code} has a wrong check digit: the last digit is {last} but should be {should}; "
                "nothing was added, scan or type it again"
            ).format(code=code, last=code[-1:], should=should)
        )


@dataclass(frozen=True, slots=True)
class Number:
    """A trade item number that passed its check."""

    gtin: str  # 14 digits
    symbology: str  # EAN-13, EAN-8, UPC-A, UPC-E, GTIN-14 or ISBN-10
    other: str = ""  # what the same text also could be, where eight digits are valid in two ways


def shown(text: str) -> str:
    """Return what may be repeated of a foreign text in a message: short, and printable all through."""
    return "".join(letter if letter.isprintable() else "·" for letter in text[:40])


def digits_only(text: str) -> bool:
    """Tell whether a text is ASCII digits and nothing else (`str.isdigit` alone lets `²` and `٣` pass)."""
    return text.isascii() and text.isdigit()


def check_digit(payload: str) -> str:
    """Return the check digit that belongs to a number without it: weights 3, 1, 3, ... from the right."""
    odd, even = sum(map(int, payload[::-2])), sum(map(int, payload[-2::-2]))
    return str(-(3 * odd + even) % 10)


def has_right_check_digit(number: str) -> bool:
    """Tell whether the last digit of a number fits the others."""
    return check_digit(number[:-1]) == number[-1]


def require_check_digit(number: str) -> None:
    """Raise BadCheckDigit, naming the right one, when the last digit of a number is wrong."""
    if (should := check_digit(number[:-1])) != number[-1]:
        raise BadCheckDigit(number, should)


def expand_upc_e(code: str) -> str:
    """Return the UPC-A (12 digits) behind a UPC-E of eight digits; its check digit is not looked at."""
    system, body, check = code[0], code[1:7], code[7]
    last = body[5]
    if last in "012":
        middle = f"{body[:2]}{last}0000{body[2:5]}"
    elif last == "3":
        middle = f"{body[:3]}00000{body[3:5]}"
    elif last == "4":
        middle = f"{body[:4]}00000{body[4]}"
    else:
        middle = f"{body[:5]}0000{last}"
    return f"{system}{middle}{check}"


def read_eight(code: str) -> Number:
    """Read eight digits, which are an EAN-8 or a UPC-E; BadCheckDigit when they are neither.

    Where both fit, a leading 0 makes it a UPC-E (EAN-8 with 0 is for use inside one company only, GS1 section
    1.4), any other digit an EAN-8; the other reading is kept in `other`.
    """
    as_ean = code.zfill(14) if has_right_check_digit(code) else ""
    upc = expand_upc_e(code) if code[0] in "01" else ""
    as_upc = upc.zfill(14) if upc and has_right_check_digit(upc) else ""
    if as_upc and (code[0] == "0" or not as_ean):
        return Number(as_upc, "UPC-E", as_ean)
    if as_ean:
        return Number(as_ean, "EAN-8", as_upc)
    raise BadCheckDigit(code, check_digit(upc[:-1]) if code[0] == "0" else check_digit(code[:-1]))


def read(code: str) -> Number:
    """Read a number of 8, 12, 13 or 14 digits; BadCheckDigit when it is wrong, BadCode when it is none."""
    if len(code) not in LENGTHS or not digits_only(code):
        raise BadCode(_("{code} is not a number of 8, 12, 13 or 14 digits").format(code=shown(code)))
    if len(code) == 8:
        return read_eight(code)
    require_check_digit(code)
    return Number(code.zfill(14), LENGTHS[len(code)])


def read_isbn10(text: str) -> Number | None:
    """Read an ISBN of ten places (`0-306-40615-2`, `080442957X`) as the book's EAN-13; None if it is none.

    The check is a sum with the weights 10 to 1, modulo 11, where X stands for ten (ISO 2108).
    """
    code = text.replace("-", "").upper()
    if len(code) != 10 or not digits_only(code[:9]) or not (code[9] == "X" or digits_only(code[9])):
        return None
    places = [*map(int, code[:9]), 10 if code[9] == "X" else int(code[9])]
    if sum(weight * digit for weight, digit in zip(range(10, 0, -1), places, strict=True)) % 11:
        return None
    payload = f"978{code[:9]}"
    return Number(f"0{payload}{check_digit(payload)}", "ISBN-10")


def printed(gtin: str) -> str:
    """Return a GTIN-14 as it stands under the bars, or the code itself when it is a plain one.

    The shortest form that reads back as the same number: EAN-8, UPC-A, EAN-13, else all fourteen digits.
    """
    if len(gtin) != 14 or not digits_only(gtin):
        return gtin
    for zeros in (6, 2, 1):
        short = gtin[zeros:]
        if gtin.startswith("0" * zeros) and has_right_check_digit(short) and read(short).gtin == gtin:
            return short
    return gtin


def barcode_key(text: str) -> str:
    """Return the form in which the catalogue keeps a barcode: GTIN-14, or the plain code as it is.

    BadCheckDigit for a wrong number of 8, 12, 13 or 14 digits, BadCode for a text no scanner would deliver.
    """
    code = text.strip()
    if len(code) in LENGTHS and digits_only(code):
        return read(code).gtin
    if "-" in code and (book := read_isbn10(code)):
        return book.gtin
    hyphenless = code.replace("-", "")
    if "-" in code and len(hyphenless) == 13 and hyphenless[:3] in {"978", "979"}:
        return read(hyphenless).gtin
    if not 1 <= len(code) <= PLAIN_MOST:
        raise BadCode(_("a barcode has 1 to {most} characters").format(most=PLAIN_MOST))
    if any(not "!" <= letter <= "~" for letter in code):
        raise BadCode(_("a barcode has only letters, digits and signs of ASCII, without spaces"))
    return code
