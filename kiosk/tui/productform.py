"""A product while it is being filled in, and its fields in the order they are asked for. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from kiosk.catalogue.gtin import printed
from kiosk.catalogue.products import Product
from kiosk.i18n import _, money, percent

if TYPE_CHECKING:
    from kiosk.checkout.money import Currency
    from kiosk.checkout.tax import TaxClass

Field = Literal["name", "price", "tax", "unit", "category", "codes", "sku", "age", "prompt", "sale"]
FIELDS: tuple[Field, ...] = get_args(Field)
"""In the order of their keys; `sale` is whether it is in sale."""


@dataclass(frozen=True, slots=True)
class ProductForm:
    """What is filled in."""

    product: Product
    own_sku: bool = False
    """The SKU was typed by a person, so a new name does not propose another."""

    @property
    def fresh(self) -> bool:
        """Whether it is not in the catalogue yet."""
        return self.product.id is None

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in yet but a code."""
        return self.fresh and not self.product.name

    def named(self, name: str, proposed: str) -> ProductForm:
        """With a name, and the SKU made of it unless there is one already."""
        keep = self.own_sku or not self.fresh
        return replace(
            self, product=replace(self.product, name=name, sku=self.product.sku if keep else proposed)
        )

    def with_code(self, code: str) -> ProductForm:
        """With one more barcode, as the catalogue keeps it."""
        if code in self.product.barcodes:
            return self
        return replace(self, product=replace(self.product, barcodes=(*self.product.barcodes, code)))

    def without_code(self, code: str) -> ProductForm:
        """Without a barcode."""
        codes = tuple(one for one in self.product.barcodes if one != code)
        return replace(self, product=replace(self.product, barcodes=codes))


def title_of(field: Field) -> str:
    """What a field is called on its key."""
    return {
        "name": _("name"),
        "price": _("price"),
        "tax": _("tax"),
        "unit": _("sold by"),
        "category": _("category"),
        "codes": _("barcodes"),
        "sku": _("SKU"),
        "age": _("age check"),
        "prompt": _("note asked for"),
        "sale": _("in sale"),
    }[field]


def text_of(form: ProductForm, field: Field, currency: Currency, taxes: Mapping[str, TaxClass]) -> str:
    """What a field holds, in words."""
    product = form.product
    if field == "price":
        if product.price is None:
            return _("asked at the till")
        price = money(product.price, currency)
        return price if product.unit == "each" else f"{price}/{product.unit}"
    if field == "tax":
        known = taxes.get(product.tax_class)
        return tax_text(product.tax_class, known)
    if field == "unit":
        return unit_text(product.unit)
    if field == "codes":
        return ", ".join(printed(code) for code in product.barcodes) or "-"
    if field == "age":
        return _("{n} or older").format(n=product.min_age) if product.min_age else "-"
    if field == "sale":
        return _("yes") if product.active else _("no")
    texts = {"name": product.name, "category": product.category, "sku": product.sku, "prompt": product.prompt}
    return texts[field] or "-"


def tax_text(code: str, known: TaxClass | None) -> str:
    """A tax class with its rate and its name: `A 19 % standard`."""
    if known is None:
        return code
    return " ".join(part for part in (code, percent(known.rate), known.label) if part)


def unit_text(unit: str) -> str:
    """A unit in words."""
    return {"each": _("the piece"), "kg": _("weight, kg"), "l": _("volume, l"), "m": _("length, m")}[unit]
