"""Reads `[payments]` and `[payments.qr]`: how customers may pay.

Only the shape is checked here, because a till must start quickly; whether an IBAN or a key is right is
checked by the scheme's own code: in `kiosk init`, in `kiosk doctor`, and each time a code is made.
"""

from __future__ import annotations

from kiosk.checkout.money import Currency
from kiosk.i18n import _
from kiosk.settings.section import Section
from kiosk.settings.shop import QrSettings

BUILT_IN = ("cash", "card", "qr")
METHOD_NAME = "[a-z][a-z0-9_-]{0,23}"

SCHEMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "epc": (("name", "iban"), ("bic",)),
    "upi": (("name", "vpa"), ("category",)),
    "pix": (("name", "key", "city"), ()),
    "promptpay": (("target",), ("name", "city")),
    "lankaqr": (("name", "merchant", "city", "category"), ()),
    "emvco": (("name", "city", "country", "account"), ("category",)),
}
"""What each scheme must know of the payee, and what it may know."""
CURRENCIES = {"epc": "EUR", "upi": "INR", "pix": "BRL", "promptpay": "THB", "lankaqr": "LKR"}
"""Schemes that carry one currency only."""


def methods(root: Section) -> tuple[str, ...]:
    """Read which methods are offered, in the order of their keys."""
    section = root.section("payments")
    listed = section.texts("methods", ("cash", "card"), count=9, most=24)
    section.raw("qr")
    section.finish()
    if not listed or len(set(listed)) != len(listed):
        section.wrong(
            "methods", _("each method once, such as {example}").format(example='["cash", "card", "qr"]')
        )
    return listed


def qr(root: Section, named: tuple[str, ...], money: Currency) -> QrSettings | None:
    """Read `[payments.qr]`, which must be there when `qr` is among the methods."""
    payments = root.section("payments")
    if "qr" not in payments:
        if "qr" in named:
            words = _('"qr" is among the methods: write [payments.qr] with scheme = one of {schemes}')
            payments.findings.add("payments.qr", None, words.format(schemes=", ".join(SCHEMES)))
        return None
    section = payments.section("qr")
    scheme = section.choice("scheme", "", SCHEMES)
    if not scheme:
        section.names()
        return None
    needed, possible = SCHEMES[scheme]
    fields = {key: section.text(key, None, form=".+") for key in needed}
    fields |= {key: section.text(key, "") for key in possible if key in section}
    section.finish()
    if CURRENCIES.get(scheme, money.code) != money.code:
        words = _("{scheme} carries {currency} only; the shop sells in {other}")
        section.wrong("scheme", words.format(scheme=scheme, currency=CURRENCIES[scheme], other=money.code))
    return QrSettings(scheme, fields)
