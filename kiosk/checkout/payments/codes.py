"""Every payment code behind two calls: `make(scheme, fields)` and `check(payload)`.

Fields arrive as people and other programs call them; `read` finds out which one is meant and names the ones
it does not know. Amounts are plain decimal text all the way: no float can slip in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from kiosk.checkout.fields import shown
from kiosk.checkout.payments import epc, upi
from kiosk.checkout.payments.emvco import check as emvco_check
from kiosk.checkout.payments.emvco.tlv import BadTlv, split
from kiosk.checkout.payments.refused import Checked, PayloadRefused
from kiosk.checkout.payments.schemes import SCHEMES, scheme_of
from kiosk.i18n import _

_YES = dict.fromkeys(("yes", "true", "1", "12", "dynamic"), True)
_YES |= dict.fromkeys(("no", "false", "0", "11", "static"), False)


def field_names(scheme: str) -> tuple[str, ...]:
    """Return the fields of a scheme, in their order."""
    return tuple(one.name for one in fields(SCHEMES[scheme].record))


def field_name(scheme: str, key: str) -> str:
    """Return the scheme's own name of a field that may be called otherwise; the plain key if it has none."""
    plain = key.strip().lower().replace("-", "_").replace(" ", "_")
    return SCHEMES[scheme].aliases.get(plain, plain)


def make(scheme: str, given: Mapping[str, object]) -> str:
    """Return the code for named fields; PayloadRefused with every reason when it cannot be legal."""
    kind = SCHEMES[scheme_of(scheme)]
    return kind.write(read(scheme, given))


def read(scheme: str, given: Mapping[str, object]) -> Any:
    """Return a scheme's record from named fields; PayloadRefused names every field that cannot be used."""
    scheme = scheme_of(scheme)
    kind = SCHEMES[scheme]
    types = {one.name: one.type for one in fields(kind.record)}
    values: dict[str, object] = {}
    problems: list[str] = []
    for key, value in given.items():
        name = field_name(scheme, key)
        if value is None or value == "":
            continue
        if name == "currency" and name not in types:
            if str(value).upper() != kind.currency:
                problems.append(_("currency: must be {currency}").format(currency=kind.currency))
        elif name not in types:
            problems.append(
                _("{field}: unknown; known are {known}").format(field=shown(key), known=", ".join(types))
            )
        elif name in values:
            problems.append(_("{field}: given twice, under two names").format(field=name))
        else:
            values[name] = _value(name, str(types[name]), value, problems)
    if kind.currency and str(values.get("currency", kind.currency)).upper() != kind.currency:
        problems.append(_("currency: must be {currency}").format(currency=kind.currency))
    if problems:
        raise PayloadRefused(problems)
    return kind.record(**values)


def _value(name: str, kind: str, value: object, problems: list[str]) -> object:
    """Return a field's value as its record wants it: text, yes or no, or accounts by tag."""
    if kind.startswith("Mapping"):
        if isinstance(value, str):
            value = _account_text(value)
        if isinstance(value, Mapping):
            return _accounts(_by_tag(value), problems)
        problems.append(_("{field}: must be like 26.00=com.example 26.01=12345").format(field=name))
    elif kind.startswith("bool"):
        if str(value).lower() in _YES:
            return _YES[str(value).lower()]
        problems.append(_("{field}: must be yes or no").format(field=name))
    elif _is_text(value):
        text = str(value).strip()
        return text.upper() if name in {"currency", "country"} else text
    else:
        problems.append(_("{field}: must be a text").format(field=name))
    return ""


def _by_tag(given: Mapping[object, object]) -> Mapping[object, object]:
    """Return one account told as `{"guid": ..., "id": ...}` by its tags; anything else as it is."""
    guid = given.get("guid") or given.get("gui")
    if not guid:
        return given
    return {given.get("tag", "26"): {"00": guid} | ({"01": given["id"]} if given.get("id") else {})}


def _accounts(given: Mapping[object, object], problems: list[str]) -> dict[str, object]:
    """Return merchant accounts by two-digit tag."""
    accounts: dict[str, object] = {}
    for key, value in given.items():
        tag = str(key).zfill(2)
        if not (tag.isascii() and tag.isdigit() and 2 <= int(tag) <= 51):
            problems.append(_("accounts: the tag “{tag}” is not 02 to 51").format(tag=shown(str(key))))
        elif isinstance(value, Mapping) and all(map(_is_text, value.values())):
            accounts[tag] = {str(sub).zfill(2): str(text) for sub, text in value.items()}
        elif _is_text(value):
            accounts[tag] = str(value)
        else:
            problems.append(_("{field}: must be a text").format(field=f"accounts {tag}"))
    return accounts


def _is_text(value: object) -> bool:
    """Whether a value is a text, or a number that may be written as one."""
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def _account_text(text: str) -> Mapping[str, object] | None:
    """Read accounts on one line: `26.00=com.example 26.01=12345`, `02=4000123412341234`, or raw TLV."""
    try:
        return dict(split(text))
    except BadTlv:
        pass
    accounts: dict[str, object] = {}
    for item in text.split():
        found = re.fullmatch(r"([0-9]{1,2})(?:[.-]([0-9]{1,2}))?=(.+)", item)
        if found is None:
            return None
        tag, sub, value = found[1], found[2], found[3]
        template = accounts.setdefault(tag, {} if sub else value)
        if isinstance(template, dict) and sub:
            template[sub] = value
    return accounts


def check(payload: str) -> Checked:
    """Return what any payment code says and what is wrong with it; `scheme` is empty when it is none."""
    if payload[:3] == "BCD":
        return epc.check(payload)
    if payload[:4].lower() == "upi:":
        return upi.check(payload)
    if payload[:2].isdigit():
        return emvco_check.check(payload)
    return Checked(
        "",
        (
            _(
                "this is no payment code: EMVCo codes begin with 000201, EPC codes with BCD, "
                "UPI links with upi://pay?"
            ),
        ),
    )
