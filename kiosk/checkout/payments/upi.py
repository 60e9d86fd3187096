"""UPI, India: a link that the payer's app opens, shown as a QR code.

Source: National Payments Corporation of India, UPI Linking Specifications 1.6 (November 2017): `upi://pay`
with pa and pn mandatory, am a decimal with at most two places, cu always INR. Only `mam=null`, which the
specification's own sample has, may be no number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from kiosk.checkout.money import AmountError, Currency
from kiosk.checkout.payments.refused import Checked, PayloadRefused, Tag
from kiosk.i18n import _

PREFIX = "upi://pay?"
_INR = Currency("INR", 2)
_ADDRESS = re.compile(r"[A-Za-z0-9.\-_]{1,256}@[A-Za-z0-9.\-]{1,64}")
_MOST = {"pn": 99, "tn": 80, "tr": 35, "tid": 35, "url": 500}
"""Characters, decoded. `tr` and `tid` travel as UPI's 35-character ids; the specification bounds nothing
else, so the others are our own bounds, which keep the QR code readable."""
_NAMES = {
    "pa": "payee address",
    "pn": "payee name",
    "mc": "merchant category code",
    "tid": "transaction id",
    "tr": "transaction reference",
    "tn": "note",
    "am": "amount",
    "mam": "minimum amount",
    "cu": "currency",
    "url": "address of the bill",
}
_LONGEST = 2000  # characters of the whole link; a QR code of version 40 holds 2,953 bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class UpiLink:
    """Who is to get how much. An empty text is left out."""

    pa: str = ""  # the payee's virtual payment address, name@bank
    pn: str = ""  # the payee's name
    am: str = ""  # rupees, plain decimal; empty: the payer types it
    tn: str = ""  # a note for the payer
    tr: str = ""  # the till's own reference
    mc: str = ""  # merchant category code
    tid: str = ""
    mam: str = ""  # least amount, if the payer may change it
    url: str = ""


def make(link: UpiLink) -> str:
    """Return the link; PayloadRefused with every reason when it cannot be legal."""
    values = {
        "pa": link.pa,
        "pn": link.pn,
        "mc": link.mc,
        "tid": link.tid,
        "tr": link.tr,
        "tn": link.tn,
        "am": link.am,
        "mam": link.mam,
        "cu": "INR",
        "url": link.url,
    }
    if problems := _faults(values):
        raise PayloadRefused(problems)
    for name in ("am", "mam"):
        if values[name]:
            values[name] = _INR.plain(_INR.parse(values[name]))
    return PREFIX + "&".join(f"{name}={quote(value, safe='@:/')}" for name, value in values.items() if value)


def check(payload: str) -> Checked:
    """Return what a link says; `problems` is empty when an app can take it."""
    if len(payload) > _LONGEST:
        return Checked("upi", (_("longer than {most} characters").format(most=_LONGEST),))
    if not payload.lower().startswith(PREFIX):
        return Checked("upi", (_("the link must begin with upi://pay?"),))
    pairs, problems = _pairs(payload[len(PREFIX) :])
    values = dict(pairs)
    problems += _faults(values)
    return Checked(
        scheme="upi",
        problems=tuple(problems),
        amount=values.get("am") or None,
        currency=values.get("cu", "INR"),
        fields=values,
        tags=tuple(Tag(name, value, _NAMES.get(name, "")) for name, value in pairs),
    )


def _pairs(query: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Cut a query at its ampersands, each part at its first equals sign; the rest of them is value."""
    pairs: list[tuple[str, str]] = []
    problems: list[str] = []
    for part in query.split("&"):
        name, equals, raw = part.partition("=")
        if not equals or not name:
            problems.append(_("“{part}” is no name=value").format(part=part))
            continue
        try:
            value = unquote_to_bytes(raw).decode("utf-8")
        except UnicodeError:  # half of a surrogate pair cannot even be encoded
            problems.append(_("{name}: is not UTF-8").format(name=name))
            continue
        if any(known == name for known, _value in pairs):
            problems.append(_("{name}: stands twice").format(name=name))
        pairs.append((name, value))
    return pairs, problems


def _faults(values: Mapping[str, str]) -> list[str]:
    """Return everything that is wrong with a link's values."""
    problems = [_("{name}: is missing").format(name=name) for name in ("pa", "pn") if not values.get(name)]
    if values.get("pa") and not _ADDRESS.fullmatch(values["pa"]):
        problems.append(_("pa: “{pa}” is no payment address such as name@bank").format(pa=values["pa"]))
    if values.get("cu", "INR") != "INR":
        problems.append(_("cu: only INR is allowed, found “{cu}”").format(cu=values["cu"]))
    if values.get("mc") and not re.fullmatch("[0-9]{4}", values["mc"]):
        problems.append(_("mc: must be four digits"))
    for name, value in values.items():
        if len(value) > _MOST.get(name, 500):
            problems.append(
                _("{name}: has {n} characters, at most {most} are allowed").format(
                    name=name, n=len(value), most=_MOST.get(name, 500)
                )
            )
        if value and not value.isprintable():
            problems.append(_("{name}: has control characters in it").format(name=name))
    return problems + _amount_faults(values)


def _amount_faults(values: Mapping[str, str]) -> list[str]:
    """Check the amount and the least amount: above zero, two decimals, the least not above the amount."""
    problems: list[str] = []
    read: dict[str, int] = {}
    for name in ("am", "mam"):
        value = values.get(name, "")
        if not value or (name == "mam" and value == "null"):
            continue
        try:
            read[name] = _INR.parse(value)
        except AmountError as error:
            problems.append(_("{name}: {reason}").format(name=name, reason=error))
            continue
        if read[name] <= 0:
            problems.append(_("{name}: must be above zero").format(name=name))
    if read.get("mam", 0) > read.get("am", read.get("mam", 0)):
        problems.append(_("mam: is above the amount"))
    return problems
