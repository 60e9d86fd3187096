"""PromptPay, Thailand: pay a phone number, a national or tax number, or an e-wallet.

Source: Bank of Thailand, Thai QR Code Payment Standard, as kept in dtinth/promptpay-qr (whose test vectors
are ours) and thai-qr-payment.js.org/reference/spec: template 29 with A000000677010111 and one of 01 phone
(0066 and nine digits), 02 national or tax number (13 digits), 03 e-wallet (15 digits). Such codes go without
category, name and city. Check digits of national numbers are left to the bank: the published vectors fail
them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.checkout.payments.emvco.merchant import Merchant
from kiosk.checkout.payments.emvco.tlv import Pair, join
from kiosk.checkout.payments.refused import Tag
from kiosk.i18n import _

AID = "A000000677010111"
_AIDS = (AID, "A000000677010114")  # the second asks for a one-time authorisation
_BILL_AID = "A000000677010112"  # bill payment, in template 30
FREE = frozenset({"52", "59", "60"})
"""EMVCo's mandatory tags that Thai codes leave out."""
_ORDER = ("00", "01", "29", "52", "58", "53", "54")
_FORMS = {"01": r"0066[0-9]{9}", "02": r"[0-9]{13}", "03": r"[0-9]{15}", "04": r"[0-9A-Za-z]{1,43}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptPay(Merchant):
    """A PromptPay code: where the money goes; everything else is optional."""

    country: str = "TH"
    currency: str = "THB"
    mcc: str = ""
    target: str = ""  # phone, national or tax number, or e-wallet, with or without dashes

    def faults(self) -> list[str]:
        """Return what is missing or cannot be written."""
        problems = Merchant.faults(self)  # named, not super(): slots make a new class
        if self._target() is None:
            problems.append(
                _(
                    "target: must be a Thai phone number (0812345678), a national or tax number (13 digits) "
                    "or an e-wallet (15 digits)"
                )
            )
        return problems

    def needed(self) -> tuple[str, ...]:
        """Return the fields that cannot be left out: country and currency are given."""
        return ("country", "currency")

    def account_pairs(self) -> list[Pair]:
        """Return the account with the target in its own tag."""
        target = self._target()
        return [("29", join([("00", AID), target]))] if target else []

    def pairs(self) -> list[Pair]:
        """Return the tags in the order that Thai codes have them: the country before the currency."""
        rows = Merchant.pairs(self)
        return sorted(
            rows, key=lambda row: (_ORDER.index(row[0]) if row[0] in _ORDER else len(_ORDER), row[0])
        )

    def _target(self) -> Pair | None:
        """Return the tag and value of the target; None when it is none of the three kinds."""
        digits = re.sub(r"[\s()+-]", "", self.target)
        if not (digits.isascii() and digits.isdigit()):
            return None
        if len(digits) == 15:
            return "03", digits
        if phone := re.fullmatch(r"(?:0066|66|0)([0-9]{9})", digits):
            return "01", "0066" + phone[1]
        return ("02", digits) if len(digits) == 13 else None


def account(root: Mapping[str, Tag]) -> Tag | None:
    """Return the PromptPay account of a code, if it has one."""
    for tag in root.values():
        if tag.tag in {"29", "30"} and any(
            one.tag == "00" and one.value in (*_AIDS, _BILL_AID) for one in tag.tags
        ):
            return tag
    return None


def faults(root: Mapping[str, Tag], found: Tag) -> list[str]:
    """Return what PromptPay asks for beyond EMVCo."""
    problems: list[str] = []
    values = {one.tag: one.value for one in found.tags}
    if values["00"] in _AIDS:
        targets = [tag for tag in values if tag in _FORMS]
        if len(targets) != 1:
            problems.append(_("PromptPay: tag 29 must hold exactly one of 01, 02, 03 and 04"))
        problems += [
            _("PromptPay: tag 29-{tag} has the wrong form: “{value}”").format(tag=tag, value=values[tag])
            for tag in targets
            if not re.fullmatch(_FORMS[tag], values[tag], re.ASCII)
        ]
    for tag, wanted in (("53", "764"), ("58", "TH")):
        if tag in root and root[tag].value != wanted:
            problems.append(_("PromptPay: tag {tag} must be {wanted}").format(tag=tag, wanted=wanted))
    return problems
