"""What each tag of an EMVCo code is called, and what may stand in it.

Tables 3.2 to 3.9 of the specification (see the package). Its format `ans` is printable ASCII; names and
cities in the wild carry accents and other scripts, and wallets show them, so any printable text passes there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Rule:
    """One tag: its English name and the form of its value."""

    name: str
    least: int
    most: int  # characters
    form: str = ""  # regular expression of the whole value; empty: any printable text
    says: str = ""  # the form in words


_DIGITS = N_("digits only")
_HEADER: Mapping[str, Rule] = {
    "00": Rule("payload format indicator", 2, 2, "01", N_("must be 01")),
    "01": Rule("point of initiation", 2, 2, "1[12]", N_("must be 11 (static) or 12 (dynamic)")),
    "52": Rule("merchant category code", 4, 4, "[0-9]+", _DIGITS),
    "53": Rule("currency", 3, 3, "[0-9]+", _DIGITS),
    "54": Rule("amount", 1, 13, r"[0-9]+(\.[0-9]*)?", N_("digits and one dot")),
    "55": Rule("tip", 2, 2, "0[123]", N_("must be 01, 02 or 03")),
    "56": Rule("fixed fee", 1, 13, r"[0-9]+(\.[0-9]*)?", N_("digits and one dot")),
    "57": Rule("fee in percent", 1, 5, r"[0-9]{1,2}(\.[0-9]{0,2})?", N_("00.01 to 99.99")),
    "58": Rule("country", 2, 2, "[A-Z]{2}", N_("two capital letters")),
    "59": Rule("name", 1, 25),
    "60": Rule("city", 1, 15),
    "61": Rule("postal code", 1, 10),
    "62": Rule("additional fields", 1, 99),
    "63": Rule("crc", 4, 4, "[0-9A-Fa-f]+", N_("four hexadecimal digits")),
    "64": Rule("other language", 1, 99),
}
_ADDITIONAL: Mapping[str, Rule] = {
    "01": Rule("bill number", 1, 25),
    "02": Rule("mobile number", 1, 25),
    "03": Rule("store label", 1, 25),
    "04": Rule("loyalty number", 1, 25),
    "05": Rule("reference label", 1, 25),
    "06": Rule("customer label", 1, 25),
    "07": Rule("terminal label", 1, 25),
    "08": Rule("purpose", 1, 25),
    "09": Rule("consumer details asked for", 1, 3, "[AME]+", N_("letters A, M and E")),
}
_LANGUAGE: Mapping[str, Rule] = {
    "00": Rule("language", 2, 2, "[A-Za-z]{2}", N_("two letters")),
    "01": Rule("name", 1, 25),
    "02": Rule("city", 1, 15),
}
_ANY = Rule("", 1, 99)
_GUID = Rule("identifier", 1, 32)
"""A template's tag 00: an application identifier, a UUID without hyphens or a reversed domain name."""

MANDATORY = ("52", "53", "58", "59", "60")
"""Besides 00, 63 and one merchant account in 02 to 51."""
ACCOUNTS = range(2, 52)
"""Merchant accounts: 02 to 25 are the card networks' own, from 26 on they are templates."""


def is_account(tag: str) -> bool:
    """Whether a tag is a merchant account."""
    return int(tag) in ACCOUNTS


def is_template(tag: str) -> bool:
    """Whether a tag holds tags itself."""
    return 26 <= int(tag) <= 51 or tag in {"62", "64"} or int(tag) >= 80


def rule(tag: str, template: str = "") -> Rule:
    """Return the rule for a tag at the top, or within a template."""
    if not template:
        if is_account(tag):
            return Rule("merchant account", 1, 99)
        return _HEADER.get(tag) or Rule("scheme's own" if int(tag) >= 80 else "reserved", 1, 99)
    if template == "62":
        return _ADDITIONAL.get(tag, _ANY)
    if template == "64":
        return _LANGUAGE.get(tag, _ANY)
    return _GUID if tag == "00" else _ANY


def fault(where: str, value: str, rule: Rule) -> str | None:
    """Return what is wrong with a value, or None."""
    label = f"{where} ({rule.name})" if rule.name else where
    if not rule.least <= len(value) <= rule.most:
        if rule.least == rule.most:
            allowed = _("must have {n}").format(n=rule.least)
        else:
            allowed = _("{least} to {most} are allowed").format(least=rule.least, most=rule.most)
        return _("tag {tag} has {n} characters, {allowed}").format(tag=label, n=len(value), allowed=allowed)
    if not value.isprintable():
        return _("tag {tag} has control characters in it").format(tag=label)
    if rule.form and not re.fullmatch(rule.form, value, re.ASCII):
        return _("tag {tag}: {says}, found “{value}”").format(tag=label, says=_(rule.says), value=value)
    return None
