"""Tells the national schemes apart by their account template."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.checkout.payments.emvco import lankaqr, pix, promptpay
from kiosk.checkout.payments.refused import Tag


def recognise(root: Mapping[str, Tag]) -> tuple[str, frozenset[str], list[str]]:
    """Return a code's scheme, the EMVCo tags it may leave out, and its faults by the scheme's own rules."""
    if found := pix.account(root):
        return "pix", frozenset(), pix.faults(root, found)
    if found := promptpay.account(root):
        return "promptpay", promptpay.FREE, promptpay.faults(root, found)
    if found := lankaqr.account(root):
        return "lankaqr", frozenset(), lankaqr.faults(root, found)
    return "emvco", frozenset(), []
