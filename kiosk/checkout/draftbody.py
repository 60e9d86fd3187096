"""A basket written down as a draft and read back, also months later and by another version.

The body holds the items as they were, so that a parked sale keeps the prices it was promised even when the
catalogue has changed. It comes from a file that anything may have happened to: every field is checked.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.checkout.basket import MOST_LINES, Basket
from kiosk.checkout.basketline import (
    MOST_TEXT,
    SOURCES,
    UNITS,
    BasketLine,
    Discount,
    Item,
    check_whole,
    clean_text,
)
from kiosk.checkout.fields import Fields
from kiosk.checkout.money import MAX_MINOR, MAX_QUANTITY, MILLION
from kiosk.checkout.totals import Pricing
from kiosk.i18n import _

VERSION = 1
_MOST_ID = 2**63 - 1
"""Row ids are SQLite integers."""
_HEAD = ("v", "currency", "name", "next", "last", "discount", "lines")
_LINE = (
    *("uid", "item", "quantity", "price", "discount", "note"),
    *("voided", "approver", "age_checked", "age_waived_by", "source"),
)
_ITEM = (
    *("sku", "name", "unit", "price", "tax_class", "article", "product"),
    *("min_age", "prompt", "demo", "category"),
)
_DISCOUNT = ("percent", "amount", "reason", "approver")


class DraftDamaged(ValueError):
    """A draft's body is no basket of this shop; the draft itself is left as it is."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(
            _("this sale cannot be opened ({problem}); it is kept: discard it or ask for help").format(
                problem=problems[0]
            )
        )


def body_of(basket: Basket) -> dict[str, object]:
    """Return the JSON object of a basket; what is empty is left out."""
    return _kept(
        v=VERSION,
        currency=basket.pricing.currency.code,
        name=basket.name,
        next=basket.next_uid,
        last=basket.last_uid,
        discount=_discount_body(basket.discount),
        lines=[_line_body(line) for line in basket.lines],
    )


def basket_of(body: Mapping[str, object], pricing: Pricing) -> Basket:
    """Return the basket of a draft's body; DraftDamaged when it is none."""
    problems: list[str] = []
    fields = Fields(body, "", problems, _HEAD)
    fields.whole("v", VERSION, VERSION)
    if fields.text("currency", 3) != pricing.currency.code:
        fields.problem("currency", "is not the shop's")
    name = clean_text(fields.text("name", MOST_TEXT, ""))
    next_uid = fields.whole("next", 1, _MOST_ID)
    last_uid = fields.optional_whole("last", 0, _MOST_ID) or 0
    discount = _discount(fields, problems)
    lines = [
        _line(row, f"lines[{n}]", problems, pricing) for n, row in enumerate(fields.rows("lines", MOST_LINES))
    ]
    known = {line.uid for line in lines if line is not None}
    if not problems and (len(known) < len(lines) or max(known, default=0) >= next_uid):
        fields.problem("lines", "are not numbered one by one")
    if problems:
        raise DraftDamaged(problems)
    whole = tuple(line for line in lines if line is not None)
    return Basket(pricing, whole, discount, name, next_uid, last_uid)


def _kept(**fields: object) -> dict[str, object]:
    """Return the fields that say something."""
    return {
        name: value
        for name, value in fields.items()
        if value is not None and value is not False and value != ""
    }


def _discount_body(discount: Discount | None) -> dict[str, object] | None:
    """Return the JSON object of a discount."""
    if discount is None:
        return None
    return _kept(
        percent=discount.percent,
        amount=discount.amount,
        reason=discount.reason,
        approver=discount.approver,
    )


def _line_body(line: BasketLine) -> dict[str, object]:
    """Return the JSON object of a line."""
    item = line.item
    return _kept(
        uid=line.uid,
        item=_kept(**{name: getattr(item, name) for name in _ITEM}),
        quantity=line.quantity,
        price=line.price,
        discount=_discount_body(line.discount),
        note=line.note,
        voided=line.voided,
        approver=line.approver,
        age_checked=line.age_checked,
        age_waived_by=line.age_waived_by,
        source=line.source,
    )


def _discount(fields: Fields, problems: list[str]) -> Discount | None:
    """Read the discount of a basket or a line."""
    if not fields.has("discount"):
        return None
    own = Fields(fields.raw("discount"), fields.path("discount"), problems, _DISCOUNT)
    percent = own.optional_whole("percent", 0, MILLION)
    amount = own.optional_whole("amount", 0, MAX_MINOR)
    if (percent is None) == (amount is None):
        fields.problem("discount", "must be either a percentage or an amount")
        return None
    reason = clean_text(own.text("reason", MOST_TEXT, ""))
    return Discount(percent, amount, reason, own.optional_whole("approver", 1, _MOST_ID))


def _item(found: object, where: str, problems: list[str], pricing: Pricing) -> Item:
    """Read what a line sells."""
    fields = Fields(found, where, problems, _ITEM)
    tax_class = fields.text("tax_class")
    if tax_class not in pricing.taxes:
        fields.problem("tax_class", "is not in the settings")
    return Item(
        sku=fields.text("sku"),
        name=fields.text("name"),
        unit=fields.choice("unit", UNITS),
        price=fields.optional_whole("price", 0, MAX_MINOR),
        tax_class=tax_class,
        article=fields.optional_whole("article", 1, _MOST_ID),
        product=fields.optional_whole("product", 1, _MOST_ID),
        min_age=fields.optional_whole("min_age", 1, 99),
        prompt=fields.text("prompt", default=""),
        demo=fields.text("demo", default="") or None,
        category=fields.text("category", default=""),
    )


def _line(found: object, where: str, problems: list[str], pricing: Pricing) -> BasketLine | None:
    """Read a line; None, with the problem noted, when its figures cannot be."""
    fields = Fields(found, where, problems, _LINE)
    item = _item(fields.raw("item"), fields.path("item"), problems, pricing)
    quantity = fields.whole("quantity", 1, MAX_QUANTITY)
    try:
        check_whole(item, quantity)
        return BasketLine(
            uid=fields.whole("uid", 1, _MOST_ID),
            item=item,
            quantity=quantity,
            price=fields.whole("price", 0, MAX_MINOR),
            discount=_discount(fields, problems),
            note=clean_text(fields.text("note", MOST_TEXT, "")),
            voided=fields.flag("voided"),
            approver=fields.optional_whole("approver", 1, _MOST_ID),
            age_checked=fields.flag("age_checked"),
            age_waived_by=fields.optional_whole("age_waived_by", 1, _MOST_ID),
            source=fields.choice("source", SOURCES, "scan"),
        )
    except ValueError as impossible:
        problems.append(f"{where}: {impossible}")
        return None
