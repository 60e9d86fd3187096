"""LANKAQR, Sri Lanka: one 28-character merchant number in template 26, rupees only.

Source: Central Bank of Sri Lanka, Payment and Settlement Systems Circular 2 of 2019 and LANKAQR
Specification 1.3 (January 2026), which build on EMVCo 1.1. The number is made by the acquiring bank: network
and bank codes (8), merchant (16), terminal (4), as in Bank of Ceylon's generator (prathibhasathyajith/webqr)
and in the sample of kasunranganamw/LankaQRUtilSDK. Tag 26 is the first free one; more networks take 27 up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.checkout.payments.emvco.merchant import Merchant
from kiosk.checkout.payments.emvco.tlv import Pair, join
from kiosk.checkout.payments.refused import Tag
from kiosk.i18n import _

_NUMBER = re.compile(r"[0-9A-Za-z]{28}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LankaQr(Merchant):
    """A LANKAQR code: the merchant number that the bank gave out, name and city."""

    country: str = "LK"
    currency: str = "LKR"
    merchant_id: str = ""
    tag: str = "26"  # 26 to 51

    def faults(self) -> list[str]:
        """Return what is missing or cannot be written."""
        problems = Merchant.faults(self)  # named, not super(): slots make a new class
        if not _NUMBER.fullmatch(self.merchant_id):
            problems.append(
                _("merchant_id: LANKAQR merchant numbers have 28 letters and digits, got {n}").format(
                    n=len(self.merchant_id)
                )
            )
        if not re.fullmatch(r"2[6-9]|[34][0-9]|5[01]", self.tag):
            problems.append(_("tag: must be 26 to 51"))
        return problems

    def account_pairs(self) -> list[Pair]:
        """Return the account with the merchant number."""
        return [(self.tag, join([("00", self.merchant_id)]))]


def account(root: Mapping[str, Tag]) -> Tag | None:
    """Return the LANKAQR account of a Sri Lankan code, if it has one."""
    if "58" not in root or root["58"].value != "LK":
        return None
    for tag in root.values():
        if any(one.tag == "00" and _NUMBER.fullmatch(one.value) for one in tag.tags) and tag.tag not in {
            "62",
            "64",
        }:
            return tag
    return None


def faults(root: Mapping[str, Tag], _found: Tag) -> list[str]:
    """Return what LANKAQR asks for beyond EMVCo."""
    if "53" in root and root["53"].value != "144":
        return [_("LANKAQR: tag 53 must be 144, rupees")]
    return []
