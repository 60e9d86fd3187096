"""Pay by QR: the customer's bank app reads who is to get how much, the seller's own phone shows the money.

A customer's screen proves nothing (pictures of "paid" are a common fraud), so the words say where to look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kiosk.checkout.payments import codes
from kiosk.checkout.payments.method import Instruction, Request
from kiosk.checkout.payments.refused import PayloadRefused
from kiosk.checkout.payments.schemes import SCHEMES, scheme_of
from kiosk.i18n import _, money

_TRIAL = "1"
"""An amount that every currency can carry: making a code for it tells whether the settings can be used."""


@dataclass(frozen=True, slots=True)
class QrPayment:
    """A payment code made for each sale from the payee's details."""

    name: str
    scheme: str  # as in `schemes.SCHEMES`
    fields: Mapping[str, object] = field(default_factory=dict)  # the scheme's own names; no amount
    opens_drawer: bool = False
    can_overpay: bool = False
    needs_reference: bool = False
    confirmed_by: Literal["seller", "reader"] = "seller"

    @property
    def label(self) -> str:
        """What stands on its key."""
        return _("QR")

    @property
    def payee(self) -> str:
        """Who is paid, as the customer will read it."""
        return next((str(self.fields[key]) for key in ("name", "pn", "target") if self.fields.get(key)), "")

    def start(self, request: Request) -> Instruction:
        """Make the code; PayloadRefused when this amount or currency cannot be asked for this way."""
        amount = money(request.amount, request.currency)
        words = _("{amount}: check your own phone or sound box, not the customer's screen").format(
            amount=amount
        )
        return Instruction(words, self.payload(request), self.payee)

    def payload(self, request: Request) -> str:
        """Return the code's text."""
        kind = SCHEMES[self.scheme]
        code = request.currency.code
        if kind.currency not in (None, code):
            raise PayloadRefused(
                [_("{scheme} carries {currency} only").format(scheme=self.scheme, currency=kind.currency)]
            )
        given = dict(self.fields) | {"amount": request.currency.plain(request.amount)}
        if kind.currency is None:
            given["currency"] = code
        if reference := self._reference(request.reference):
            given[kind.reference] = reference
        return codes.make(self.scheme, given)

    def _reference(self, reference: str) -> str:
        """Return the reference as this scheme can carry it: in words, or as letters and digits."""
        kind = SCHEMES[self.scheme]
        own = str(self.fields.get(kind.reference, ""))
        if self.scheme == "epc" and self.fields.get("reference"):
            return own  # a structured reference excludes words
        if kind.reference_in_words:
            return " ".join(part for part in (own, reference) if part)[: kind.reference_most]
        return re.sub(r"[^A-Za-z0-9]", "", reference)[: kind.reference_most] or own


def make(name: str, table: Mapping[str, object]) -> QrPayment:
    """Return the method for `scheme = "..."` and the payee's details; PayloadRefused says what is wrong."""
    scheme = scheme_of(str(table.get("scheme", "")))
    fields = {codes.field_name(scheme, key): value for key, value in table.items() if key != "scheme"}
    trial = {"amount": _TRIAL} | ({} if SCHEMES[scheme].currency else {"currency": "EUR"})
    codes.make(scheme, trial | fields)
    return QrPayment(name, scheme, fields)
