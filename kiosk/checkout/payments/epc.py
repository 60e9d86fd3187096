"""The European payment code (GiroCode): a SEPA credit transfer, ready to sign in the payer's bank app.

Source: European Payments Council, EPC069-12, Quick Response Code: Guidelines to Enable the Data Capture for
the Initiation of a SEPA Credit Transfer, versions 2.1 and 3.0. Twelve lines at most, 331 bytes, QR version 13
at level M. Version 001 of the code needs the BIC; 002 only for accounts outside the European Economic Area.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.checkout.money import AmountError, Currency
from kiosk.checkout.payments.epc_rules import (
    CHARSETS,
    bic_fault,
    iban_fault,
    line_fault,
    purpose_fault,
    reference_fault,
)
from kiosk.checkout.payments.refused import Checked, PayloadRefused, Tag
from kiosk.i18n import _

MOST_BYTES = 331
_AMOUNT_MOST = 99_999_999_999  # cents: EUR 999999999.99
_NAMES = (
    "service", "version", "charset", "identification", "bic", "name", "iban", "amount", "purpose",
    "reference", "text", "information",
)  # fmt: skip
"""The lines in their order. `reference` is the structured one, `text` what a person may read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Who is to get how much, and how the payment is found again. An empty text is left out."""

    name: str = ""  # of the account's holder, at most 70 characters
    iban: str = ""
    bic: str = ""
    amount: str = (
        ""  # plain decimal of euros, at most two decimals, written as given; empty: the payer types it
    )
    purpose: str = ""  # ISO 20022 code of up to four letters
    reference: str = ""  # a creditor reference (ISO 11649, RF...), at most 35 characters; excludes a text
    text: str = ""  # free text, at most 140 characters; excludes a reference
    information: str = ""  # for the payer, not transferred; at most 70 characters
    version: str = "002"
    charset: str = "1"  # 1 is UTF-8, 2 is ISO 8859-1, ...; or the charset's name


def charset_number(charset: str) -> str:
    """Return the code's number for a charset given as number or name; itself if it is none of them."""
    plain = charset.lower().replace("_", "-").replace("latin-1", "iso-8859-1").replace("utf8", "utf-8")
    return next((number for number, name in CHARSETS.items() if plain in (number, name)), charset)


def encoded(payload: str) -> bytes:
    """Return a code's bytes in the charset it names, else UTF-8; UnicodeEncodeError if it cannot."""
    lines = payload.split("\n", 3)
    return payload.encode(CHARSETS.get(lines[2].strip(), "utf-8") if len(lines) > 3 else "utf-8")


def make(transfer: Transfer) -> str:
    """Return the code's text, lines ended by LF; PayloadRefused with every reason when it cannot be legal."""
    lines = [
        "BCD",
        transfer.version.zfill(3),
        charset_number(transfer.charset),
        "SCT",
        transfer.bic.replace(" ", "").upper(),
        transfer.name,
        transfer.iban.replace(" ", "").upper(),
        f"EUR{transfer.amount}" if transfer.amount else "",
        transfer.purpose.upper(),
        transfer.reference.replace(" ", ""),
        transfer.text,
        transfer.information,
    ]
    if problems := _faults(lines, "\n".join(lines).rstrip("\n")):
        raise PayloadRefused(problems)
    return "\n".join(lines).rstrip("\n")


def check(payload: str) -> Checked:
    """Return what a code says; `problems` is empty when a bank app can take it."""
    lines = payload.replace("\r\n", "\n").split("\n")
    if len(lines) > len(_NAMES) and lines[-1] == "":
        lines.pop()
    padded = lines + [""] * (len(_NAMES) - len(lines))
    named = dict(zip(_NAMES, padded, strict=False))
    return Checked(
        scheme="epc",
        problems=tuple(_faults(lines, payload)),
        amount=named["amount"].removeprefix("EUR") or None,
        currency="EUR" if named["amount"].startswith("EUR") else None,
        fields={name: value for name, value in named.items() if value},
        tags=tuple(Tag(str(n), value, name) for n, (name, value) in enumerate(named.items(), 1) if value),
    )


def _faults(lines: list[str], payload: str) -> list[str]:
    """Return everything that is wrong with a code's lines."""
    if len(lines) > len(_NAMES):
        return [_("there are {n} lines, at most 12 are allowed").format(n=len(lines))]
    named = dict(zip(_NAMES, lines + [""] * (len(_NAMES) - len(lines)), strict=True))
    problems = [fault for name, value in named.items() if (fault := line_fault(name, value))]
    if fault := _size_fault(payload, named["charset"]):
        problems.append(fault)
    if named["reference"] and named["text"]:
        problems.append(_("there is a reference and a text; only one of them is allowed"))
    wrong_iban = iban_fault(named["iban"])
    candidates = (
        wrong_iban,
        bic_fault(named["bic"], named["version"], "" if wrong_iban else named["iban"]),
        _amount_fault(named["amount"]),
        purpose_fault(named["purpose"]),
        reference_fault(named["reference"]),
    )
    return problems + [fault for fault in candidates if fault]


def _size_fault(payload: str, charset: str) -> str:
    """Say when a code does not fit into its charset or its bytes."""
    if charset not in CHARSETS:
        return ""  # said already
    try:
        size = len(payload.encode(CHARSETS[charset]))
    except UnicodeEncodeError as error:
        return _("the character “{letter}” is not in the charset {charset}").format(
            letter=payload[error.start], charset=CHARSETS[charset]
        )
    if size > MOST_BYTES:
        return _("the code has {n} bytes, at most {most} are allowed").format(n=size, most=MOST_BYTES)
    return ""


def _amount_fault(amount: str) -> str:
    """Check an amount with its currency, such as EUR12.3."""
    if not amount:
        return ""
    if not amount.startswith("EUR"):
        return _("amount: must begin with EUR, found “{amount}”").format(amount=amount)
    try:
        cents = Currency.of("EUR").parse(amount[3:])
    except AmountError as error:
        return _("amount: {reason}").format(reason=error)
    if not 1 <= cents <= _AMOUNT_MOST:
        return _("amount: must be 0.01 to 999999999.99")
    return ""
