"""From what the catalogue offers to what a basket holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kiosk.checkout.basket import Item

if TYPE_CHECKING:
    from kiosk.catalogue.products import Offer
    from kiosk.checkout.basket import Unit


def item_of(offer: Offer) -> Item:
    """The item of a product, as it is now; a later change of the catalogue does not touch the basket."""
    return Item(
        sku=offer.sku,
        name=offer.name,
        unit=cast("Unit", offer.unit),
        price=offer.price,
        tax_class=offer.tax_class,
        article=offer.article,
        product=offer.id,
        min_age=offer.min_age,
        prompt=offer.prompt,
        demo=offer.demo or None,
        category=offer.category,
    )
