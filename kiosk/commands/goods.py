"""A product as JSON, as every command of the catalogue prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.catalogue.products import Offer, Product
    from kiosk.settings import Settings


def described(product: Product | Offer, settings: Settings) -> dict[str, object]:
    """Return a product as JSON."""
    from kiosk.catalogue.gtin import printed

    price = product.price
    found: dict[str, object] = {
        "sku": product.sku,
        "name": product.name,
        "price": None if price is None else settings.currency.plain(price),
        "unit": product.unit,
        "tax": product.tax_class,
        "category": product.category,
    }
    if codes := getattr(product, "barcodes", ()):
        found["barcodes"] = [printed(code) for code in codes]
    return found
