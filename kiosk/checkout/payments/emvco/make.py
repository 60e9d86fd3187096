"""Writes an EMVCo code, and reads it back before anybody sees it."""

from __future__ import annotations

from kiosk.checkout.payments.emvco.check import check
from kiosk.checkout.payments.emvco.merchant import Merchant
from kiosk.checkout.payments.emvco.tlv import BadTlv, crc, join
from kiosk.checkout.payments.refused import PayloadRefused


def make(merchant: Merchant) -> str:
    """Return the code for a merchant; PayloadRefused with every reason when it cannot be legal."""
    if faults := merchant.faults():
        raise PayloadRefused(faults)
    try:
        body = join(merchant.pairs()) + "6304"
    except BadTlv as error:
        raise PayloadRefused([str(error)]) from None
    payload = body + crc(body)
    if problems := check(payload).problems:
        raise PayloadRefused(problems)
    return payload
