"""Reading the parts of a quote's question, each field checked and every problem noted."""

from __future__ import annotations

from dataclasses import replace

from kiosk.checkout.basketline import MOST_TEXT, BasketLine, Discount, Item, PriceError
from kiosk.checkout.cash import CashRounding, RoundingMethod
from kiosk.checkout.fields import Fields, kind_of, shown
from kiosk.checkout.money import (
    MAX_MINOR,
    MAX_QUANTITY,
    MILLION,
    MOST_EXPONENT,
    AmountError,
    Currency,
    UnknownCurrency,
    parse_scaled,
)
from kiosk.checkout.tax import Tax, TaxClass, TaxError
from kiosk.checkout.totals import Prices, Pricing, Rounding

TOP = (
    *("currency", "exponent", "prices", "rounding", "cash_rounding", "tax", "lines"),
    *("discount_percent", "discount_amount", "payments"),
)
_LINE = ("sku", "qty", "price", "tax", "discount_percent", "discount_amount")
_MOST_LINES = 10_000
"""More than a sale at the till can have (999), since imports ask too."""
_MOST_PAYMENTS = 100
_MOST_CLASSES = 100
_MOST_FIGURE = 40
"""Characters of a number: enough to say what is wrong with a long one."""
_PRICES: tuple[Prices, ...] = ("inclusive", "exclusive")
_ROUNDINGS: tuple[Rounding, ...] = ("line", "rate", "document")
_METHODS = ("cash", "card", "qr")
_METHODS_OF_ROUNDING: tuple[RoundingMethod, ...] = ("half-up", "up", "down")


def read_pricing(fields: Fields, problems: list[str]) -> Pricing:
    """Read how the basket is priced."""
    currency = _currency(fields, problems)
    return Pricing(
        currency=currency,
        prices=fields.choice("prices", _PRICES),
        rounding=fields.choice("rounding", _ROUNDINGS),
        taxes=_taxes(fields, problems),
        cash=_cash_rounding(fields, currency, problems),
    )


def read_lines(fields: Fields, pricing: Pricing, problems: list[str]) -> tuple[BasketLine, ...]:
    """Read the lines; those with a problem are left out."""
    before = len(problems)
    rows = fields.rows("lines", _MOST_LINES)
    if not rows and len(problems) == before:
        fields.problem("lines", "needs at least one line")
    lines = [_line(Fields(row, f"lines[{n}]", problems, _LINE), n, pricing) for n, row in enumerate(rows)]
    return tuple([line for line in lines if line is not None])


def read_discount(fields: Fields, currency: Currency, most: int) -> Discount | None:
    """Read a discount of a line or the sale, which is worth `most` before it."""
    if fields.has("discount_percent") and fields.has("discount_amount"):
        fields.problem("discount_percent", "stands beside discount_amount: give one of them")
    elif fields.has("discount_percent"):
        percent = _figure(fields, "discount_percent", 4)  # of a hundred, so millionths of the whole
        if percent is not None and percent <= MILLION:
            return Discount(percent=percent)
        if percent is not None:
            fields.problem("discount_percent", "must be between 0 and 100")
    elif fields.has("discount_amount"):
        amount = _figure(fields, "discount_amount", currency.exponent)
        if amount is not None and amount <= most:
            return Discount(amount=amount)
        if amount is not None:
            fields.problem("discount_amount", f"is more than what it is taken off ({currency.plain(most)})")
    return None


def read_payments(fields: Fields, currency: Currency, problems: list[str]) -> tuple[tuple[str, int], ...]:
    """Read what is handed over, as (method, minor units)."""
    payments = []
    for nth, row in enumerate(fields.rows("payments", _MOST_PAYMENTS)):
        own = Fields(row, f"payments[{nth}]", problems, ("method", "tendered"))
        method = own.choice("method", _METHODS)
        amount = _figure(own, "tendered", currency.exponent)
        if amount == 0 and method != "cash":
            own.problem("tendered", "must be more than zero")
        payments.append((method, amount or 0))
    return tuple(payments)


def _currency(fields: Fields, problems: list[str]) -> Currency:
    """Read the currency; with a problem a stand-in with most decimals: no amount is blamed for it."""
    before = len(problems)
    code = fields.label("currency", _MOST_FIGURE)
    exponent = fields.optional_whole("exponent", 0, MOST_EXPONENT)
    if code is not None and len(problems) == before:
        try:
            return Currency.of(code, exponent)
        except UnknownCurrency as unknown:
            fields.problem("currency", str(unknown))
    return Currency("XTS", MOST_EXPONENT)


def _taxes(fields: Fields, problems: list[str]) -> dict[str, TaxClass]:
    """Read the tax classes."""
    found = fields.raw("tax")
    if found is None:
        return {}
    if not isinstance(found, dict) or not 1 <= len(found) <= _MOST_CLASSES:
        fields.problem("tax", f'must be an object with 1 to {_MOST_CLASSES} classes, such as {{"A": "0.19"}}')
        return {}
    own = Fields(found, "tax", problems, found)
    classes: dict[str, TaxClass] = {}
    for code in found:
        if not (0 < len(code) <= _MOST_FIGURE and code.isprintable()):
            own.problem(code, "a class has a name of 1 to 40 printable characters")
        try:
            classes[code] = TaxClass(code, _class_taxes(own, code, problems))
        except TaxError as impossible:
            own.problem(code, str(impossible))
            classes[code] = TaxClass(code, (Tax(0),))  # the lines that name it have no problem of their own
    return classes


def _class_taxes(own: Fields, code: str, problems: list[str]) -> tuple[Tax, ...]:
    """Read the taxes of a class: one rate, or a list of taxes. TaxError when a rate cannot be."""
    found = own.raw(code) if own.has(code) else None
    if isinstance(found, str):
        return (Tax(_figure(own, code, 6) or 0),)
    if not isinstance(found, list):
        raise TaxError(f'must be a rate such as "0.19" or a list of taxes, not {kind_of(found)}')
    taxes = []
    for nth, row in enumerate(found):
        part = Fields(row, f"tax.{shown(code)}[{nth}]", problems, ("rate", "on"))
        on = part.choice("on", ("base", "base+earlier"), "base")
        try:
            taxes.append(Tax(_figure(part, "rate", 6) or 0, "base" if on == "base" else "base+earlier"))
        except TaxError as impossible:
            part.problem("rate", str(impossible))
            taxes.append(Tax(0))
    return tuple(taxes)


def _cash_rounding(fields: Fields, currency: Currency, problems: list[str]) -> CashRounding | None:
    """Read the rounding of cash, if there is one."""
    if not fields.has("cash_rounding"):
        return None
    own = Fields(fields.raw("cash_rounding"), "cash_rounding", problems, ("step", "method"))
    step = _figure(own, "step", currency.exponent)
    method = own.choice("method", _METHODS_OF_ROUNDING)
    if step == 0:
        own.problem("step", "must be more than zero")
    return CashRounding(step, method) if step else None


def _line(fields: Fields, nth: int, pricing: Pricing) -> BasketLine | None:
    """Read one line; None when it has a problem."""
    if not fields.found:
        return None
    sku = fields.label("sku", MOST_TEXT)
    quantity = _figure(fields, "qty", 3)
    if quantity is not None and not 1 <= quantity <= MAX_QUANTITY:
        fields.problem("qty", "must be between 0.001 and 9999.999")
        quantity = None
    price = _figure(fields, "price", pricing.currency.exponent)
    tax_class = fields.label("tax", _MOST_FIGURE)
    if tax_class and pricing.taxes and tax_class not in pricing.taxes:
        fields.problem("tax", f"{shown(tax_class)} is not one of the classes in tax")
    try:
        item = Item(
            sku or "", sku or "", "kg", price, tax_class or ""
        )  # a quote knows no units: any quantity is fine
        line = BasketLine(uid=nth + 1, item=item, quantity=quantity or 1, price=price or 0)
        known = price is not None and quantity is not None
        discount = read_discount(fields, pricing.currency, line.full if known else MAX_MINOR)
        return replace(line, discount=discount)
    except PriceError:
        fields.problem("price", "times qty is beyond any sale")
        return None


def _figure(fields: Fields, name: str, decimals: int) -> int | None:
    """Read a plain decimal that is not negative, as a whole number of 10^-decimals; None after a problem."""
    text = fields.figure(name, _MOST_FIGURE)
    if text is None:
        return None
    try:
        figure = parse_scaled(text, decimals)
    except AmountError as wrong:
        fields.problem(name, str(wrong))
        return None
    if figure < 0:
        fields.problem(name, "must not be negative")
    elif figure > MAX_MINOR:
        fields.problem(name, "is beyond any sale")
    else:
        return figure
    return None
