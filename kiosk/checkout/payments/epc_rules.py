"""The rules for single lines of a European payment code: length, charset, account, bank and reference."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kiosk.checkout.fields import shown
from kiosk.i18n import _

CHARSETS: Mapping[str, str] = {
    "1": "utf-8",
    "2": "iso-8859-1",
    "3": "iso-8859-2",
    "4": "iso-8859-4",
    "5": "iso-8859-5",
    "6": "iso-8859-7",
    "7": "iso-8859-10",
    "8": "iso-8859-15",
}
"""EPC069-12, element 3."""
_FIXED = {
    "service": ("BCD",),
    "version": ("001", "002"),
    "charset": tuple(CHARSETS),
    "identification": ("SCT",),
}
_MOST = {
    "name": 70,
    "iban": 34,
    "bic": 11,
    "amount": 15,
    "purpose": 4,
    "reference": 35,
    "text": 140,
    "information": 70,
}
"""Characters of each line."""
_EEA = frozenset(
    country
    for row in (
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU",
        "IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK",
    )
    for country in row.split()
)
"""IBAN countries of the European Economic Area; accounts elsewhere need the BIC."""


def line_fault(name: str, value: str) -> str:
    """Check what any line must be: one of few words, or present, short enough and printable."""
    if allowed := _FIXED.get(name):
        if value in allowed:
            return ""
        return _("{name}: must be {allowed}, found “{value}”").format(
            name=name, allowed=_(" or ").join(allowed), value=value
        )
    if not value.strip() and name in {"name", "iban"}:
        return _("{name}: is missing").format(name=name)
    if len(value) > _MOST[name]:
        return _("{name}: has {n} characters, at most {most} are allowed").format(
            name=name, n=len(value), most=_MOST[name]
        )
    if value and not value.isprintable():
        return _("{name}: has control characters in it").format(name=name)
    return ""


def iban_fault(iban: str) -> str:
    """Check an account number: country, length and check digits."""
    from stdnum import exceptions
    from stdnum import iban as numbers

    if not iban:
        return ""  # said already
    if not re.fullmatch("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", iban):
        return _("iban: “{iban}” is no IBAN: two letters, two check digits, no spaces").format(
            iban=shown(iban)
        )
    try:
        numbers.validate(iban)
    except exceptions.InvalidChecksum:
        return _("iban: the check digits are wrong: a digit was mistyped")
    except exceptions.InvalidLength:
        return _("iban: the length is wrong for its country")
    except exceptions.ValidationError:
        return _("iban: the number is not one of its country's")
    return ""


def bic_fault(bic: str, version: str, iban: str) -> str:
    """Check a bank's code, and whether it may be left out."""
    if not bic:
        if version == "001":
            return _("bic: version 001 needs it; use version 002 or give the BIC")
        if iban[:2].isalpha() and iban[:2].upper() not in _EEA:
            return _("bic: accounts outside the European Economic Area need it")
        return ""
    from stdnum import bic as banks

    return "" if banks.is_valid(bic) and bic == bic.upper() else _("bic: “{bic}” is no BIC").format(bic=bic)


def purpose_fault(purpose: str) -> str:
    """Check a purpose code."""
    if purpose and not re.fullmatch("[A-Z0-9]{1,4}", purpose):
        return _("purpose: must be up to four capital letters or digits")
    return ""


def reference_fault(reference: str) -> str:
    """Check a structured reference; one that begins with RF carries check digits (ISO 11649)."""
    if not reference:
        return ""
    from stdnum import iso11649

    if reference[:2].upper() == "RF" and not iso11649.is_valid(reference):
        return _("reference: the check digits of “{reference}” are wrong").format(reference=reference)
    if not re.fullmatch(r"[A-Za-z0-9/+]{1,35}", reference):
        return _("reference: must be letters and digits; put free words into the text")
    return ""
