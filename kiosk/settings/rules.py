"""Reads `[tax.*]`, `[cash]` and the currency: what decides about cents."""

from __future__ import annotations

import re

from kiosk.checkout.cash import CashRounding, RoundingMethod
from kiosk.checkout.money import AmountError, Currency, UnknownCurrency, parse_rate, parse_scaled
from kiosk.checkout.tax import MOST_TAXES, On, Tax, TaxClass, TaxError
from kiosk.i18n import _
from kiosk.settings.section import Section

CLASS_NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,11}"
METHODS: tuple[RoundingMethod, ...] = ("half-up", "up", "down")


def currency(shop: Section) -> Currency:
    """Read `shop.currency`; euro stands in for a wrong one, so that the rest can be checked too."""
    code = shop.text("currency", None, _("three capital letters such as EUR"), form="[A-Z]{3}")
    exponent = shop.raw("exponent")
    if exponent is not None and (isinstance(exponent, bool) or not isinstance(exponent, int)):
        shop.wrong("exponent", _("a whole number from {low} to {high}").format(low=0, high=4))
        exponent = None
    try:
        return Currency.of(code or "EUR", exponent)
    except UnknownCurrency as error:
        shop.wrong("currency" if exponent is None else "exponent", str(error))
        return Currency.of("EUR")


def taxes(root: Section) -> dict[str, TaxClass]:
    """Read every `[tax.X]`; there must be at least one."""
    table = root.section("tax")
    found = {}
    for code in table.names():
        section = table.section(code)
        made = _tax_class(code, section)
        section.finish()
        if made is not None:
            found[code] = made
    if not table.names():
        table.findings.add(
            "tax", None, _('is missing: write [tax.A] with label = "standard" and rate = "19 %"')
        )
    return found


def _tax_class(code: str, section: Section) -> TaxClass | None:
    """Read one tax class; None after a problem."""
    before = len(section.findings.problems)
    label = section.text("label", "", most=24)
    if re.fullmatch(CLASS_NAME, code) is None:
        section.findings.add(section.path, None, _("a tax class has a short name such as A or reduced"))
    if ("rate" in section) == ("taxes" in section):
        section.findings.add(section.path, None, _('give either rate = "19 %", or a list called taxes'))
        section.names()
        return None
    if "rate" in section:
        parts: tuple[Tax, ...] = (Tax(_rate(section)),)
    else:
        parts = _parts(section)
    return TaxClass(code, parts, label) if len(section.findings.problems) == before else None


def _parts(section: Section) -> tuple[Tax, ...]:
    """Read a class of several taxes."""
    listed = section.raw("taxes")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_TAXES:
        section.wrong("taxes", _("a list of 1 to {most} taxes").format(most=MOST_TAXES))
        return (Tax(0),)
    parts = []
    for number, item in enumerate(listed, 1):
        part = Section(item, f"{section.path}.taxes[{number}]", section.findings)
        on: On = (
            "base+earlier"
            if part.choice("on", "base", ("base", "base+earlier")) == "base+earlier"
            else "base"
        )
        parts.append(Tax(_rate(part), on))
        part.finish()
    return tuple(parts)


def _rate(section: Section) -> int:
    """Read `rate` as millionths: `"19 %"`, `"0.19"` or the bare number 0.19."""
    value = section.raw("rate")
    text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    try:
        rate = parse_scaled(text[:-1].strip(), 4) if text.endswith("%") else parse_rate(text)
        return Tax(rate).rate
    except (AmountError, TaxError):
        section.wrong("rate", _('a percentage such as "19 %", or a fraction from 0 to 1 such as 0.19'))
        return 0


def cash(root: Section, money: Currency) -> CashRounding | None:
    """Read `[cash]`: the smallest coin in use, if amounts are rounded to it."""
    if "cash" not in root:
        root.raw("cash")
        return None
    section = root.section("cash")
    method = section.choice("method", "half-up", METHODS)
    value = section.raw("step")
    section.finish()
    try:
        return CashRounding(money.parse(str(value)), next(known for known in METHODS if known == method))
    except ValueError:
        section.wrong("step", _("the smallest coin as an amount, such as {step}").format(step=money.plain(5)))
        return None
