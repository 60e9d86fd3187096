"""The demo shop with sixteen boxes and a counter to collect at, and goods sold to be collected there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from kiosk.catalogue.products import Catalogue
from kiosk.checkout import sale
from kiosk.checkout.basket import Basket, Item
from kiosk.checkout.tender import Tender
from kiosk.demo.locker import PICKUP
from kiosk.pickup import boxes, holds
from kiosk.pickup.compartment import State
from kiosk.pickup.desk import Ticket
from kiosk.pickup.wish import Wish
from kiosk.settings import FILE, Settings, parse
from kiosk.station import collecting
from tests.tui.stall import Stall, stall


def with_pickup(settings: Settings) -> Settings:
    """The demo shop with its locker; the screen is the till's."""
    file = settings.folder / FILE
    text = file.read_text() + PICKUP.replace("locker_mode = true\n", "")
    return replace(settings, pickup=parse(text.encode(), file).pickup)


@contextmanager
def pickup_stall(folder: Path, person: str = "Mia") -> Iterator[Stall]:
    """A stall with a locker whose boxes are free."""
    with stall(folder, person=person, alter=with_pickup) as made:
        pickup = made.settings.pickup
        assert pickup is not None
        boxes.set_up(made.ledger, pickup.boxes)
        with made.ledger.transaction():
            for number, _size, _low in pickup.boxes:
                boxes.settle(made.ledger, number, State.FREE)
        yield made


def sold(
    made: Stall,
    *skus: str,
    point: str = "stall",
    at: int = 0,
    name: str = "",
    tail: str = "",
    receipt: bool = True,
    checked: bool = False,
) -> tuple[sale.Receipt, Ticket]:
    """Sell one piece of each for who collects it in a window of a point, the first or a later one."""
    pickup = made.settings.pickup
    assert pickup is not None
    where = pickup.point(point)
    assert where is not None
    basket = Basket(made.settings.pricing)
    for sku in skus:
        product = Catalogue(made.ledger).by_sku(sku)
        assert product is not None, sku
        basket = basket.add(Item.of(product.offer), 1000)
    size = "S" if where.kind == "locker" else ""
    slot_ms = collecting.promise(made.ledger, where, made.settings, count=at + 1).windows[at].start_ms
    wish = Wish(
        secrets.token_hex(8), point, slot_ms, size, dict.fromkeys(skus, 1000),
        name=name, tail=tail, checked=checked,
    )  # fmt: skip
    order = holds.hold(made.ledger, wish, handovers=where.handovers, boxed=where.kind == "locker")
    tender = Tender(basket.totals)
    tender = tender.hand_over(uuid4().hex, tender.remaining("cash"))
    new = sale.NewSale(
        basket, tender.payments(), made.somebody("Mia"), uuid4(), attempts=tender.attempts, receipt=receipt
    )
    booked = collecting.commit_to_collect(made.ledger, new, order.id, made.settings)
    assert booked.ticket is not None
    return booked.receipt, booked.ticket
