"""Touch keys: edited on the screen, kept in order, every edit in the journal."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from kiosk.catalogue import lists
from kiosk.catalogue.products import Catalogue, Offer
from kiosk.catalogue.quicklists import BadList, Key, QuickLists, UnknownList, every_list
from kiosk.ledger.connection import Ledger
from tests.catalogue.conftest import out_of_sale


def offer(ledger: Ledger, sku: str) -> Offer:
    product = Catalogue(ledger).by_sku(sku)
    assert product is not None
    return product.offer


def journal(ledger: Ledger, kind: str = "quicklist.changed") -> list[dict[str, object]]:
    rows = ledger.rows("SELECT body FROM journal WHERE type = ? ORDER BY seq", (kind,))
    return [json.loads(body) for (body,) in rows]


def layout(ledger: Ledger, number: int) -> dict[tuple[int, int], str]:
    return {key.place: key.product.sku for key in QuickLists(ledger).get(number).keys}


def test_a_list_is_laid_out_and_read_back(shop: Ledger) -> None:
    mug, jam = offer(shop, "MUG-1"), offer(shop, "JAM")
    keys = (Key(2, 1, jam, "Cassis", "amber"), Key(1, 3, mug, quantity=2000))
    made = QuickLists(shop).create(" Kitchen ", colour="Teal", keys=keys, author=7)
    assert re.fullmatch("[A-Z2-7]{8}", made.token)
    assert every_list(shop) == (made,)
    assert (made.name, made.colour, made.position, made.pages) == ("Kitchen", "teal", 1, 2)
    assert [key.place for key in made.keys] == [(1, 3), (2, 1)]
    assert journal(shop) == [
        {
            "token": made.token,
            "kind": "list",
            "name": "Kitchen",
            "colour": "teal",
            "position": 1,
            "keys": [[1, 3, "MUG-1", "", "", 2000], [2, 1, "JAM", "Cassis", "amber", 1000]],
            "author": 7,
        }
    ]


def test_keys_are_added_moved_swapped_recoloured_and_removed(shop: Ledger) -> None:
    edit = QuickLists(shop)
    number = edit.create("Mugs").id
    for sku in ("MUG-1", "CANDLE", "JAM"):
        edit.add_product(number, offer(shop, sku))
    assert layout(shop, number) == {(1, 1): "MUG-1", (1, 2): "CANDLE", (1, 3): "JAM"}
    edit.move_key(number, (1, 1), (1, 3))
    assert layout(shop, number) == {(1, 1): "JAM", (1, 2): "CANDLE", (1, 3): "MUG-1"}
    edit.move_key(number, (1, 2), (2, 5))
    assert layout(shop, number) == {(1, 1): "JAM", (1, 3): "MUG-1", (2, 5): "CANDLE"}
    edit.remove_key(number, (1, 1))
    assert layout(shop, number) == {(1, 3): "MUG-1", (2, 5): "CANDLE"}
    edit.recolour_key(number, (2, 5), "#FF8800")
    edit.relabel_key(number, (2, 5), "[b]Wax")
    key = edit.get(number).at((2, 5))
    assert key is not None and (key.colour, key.label) == ("#ff8800", "[b]Wax")
    edit.put_key(number, Key(2, 5, offer(shop, "JAM")))
    assert layout(shop, number)[2, 5] == "JAM"
    edit.rename(number, "Things")
    edit.recolour(number, "rose")
    assert (edit.get(number).name, edit.get(number).colour) == ("Things", "rose")
    assert len(journal(shop)) == 12


def test_an_edit_that_changes_nothing_is_no_event(shop: Ledger) -> None:
    edit = QuickLists(shop)
    made = edit.create("Mugs")
    assert edit.rename(made.id, "Mugs") == made
    assert len(journal(shop)) == 1


def test_lists_are_reordered_and_deleted(shop: Ledger) -> None:
    edit = QuickLists(shop)
    a, b, c = (edit.create(name) for name in "ABC")
    assert [one.name for one in edit.move(c.id, 1)] == ["C", "A", "B"]
    assert [one.name for one in edit.move(c.id, 99)] == ["A", "B", "C"]
    edit.add_product(b.id, offer(shop, "JAM"))
    edit.delete(b.id, author=2)
    assert [one.name for one in every_list(shop)] == ["A", "C"]
    assert shop.row("SELECT count(*) FROM quicklist_key") == (0,)
    assert journal(shop, "quicklist.removed") == [{"token": b.token, "name": "B", "author": 2}]
    for act in (lambda: edit.delete(b.id), lambda: edit.rename(b.id, "X"), lambda: edit.move(b.id, 1)):
        with pytest.raises(UnknownList):
            act()
    assert a.token != c.token


def test_what_cannot_be_shown_is_refused_and_nothing_changes(shop: Ledger) -> None:
    edit, mug, olives = QuickLists(shop), offer(shop, "MUG-1"), offer(shop, "12345")
    made = edit.add_product(edit.create("Mugs").id, mug)
    before = len(journal(shop))
    bad = (
        lambda: edit.rename(made.id, "\x1b"),
        lambda: edit.rename(made.id, "x" * 41),
        lambda: edit.recolour(made.id, "red;--"),
        lambda: edit.put_key(made.id, Key(0, 1, mug)),
        lambda: edit.put_key(made.id, Key(1, 101, mug)),
        lambda: edit.put_key(made.id, Key(1, 1, mug, quantity=0)),
        lambda: edit.put_key(made.id, Key(1, 1, mug, quantity=1500)),
        lambda: edit.put_key(made.id, Key(1, 1, mug, label="x" * 41)),
        lambda: edit.put_key(made.id, Key(1, 2, Offer("NEW", "New"))),
        lambda: edit.move_key(made.id, (1, 9), (1, 1)),
        lambda: edit.move_key(made.id, (1, 1), (99, 1)),
        lambda: edit.remove_key(made.id, (3, 3)),
        lambda: edit.create("Twice", keys=(Key(1, 1, mug), Key(1, 1, olives))),
    )
    for act in bad:
        with pytest.raises(BadList):
            act()
    assert every_list(shop) == (made,) and len(journal(shop)) == before
    edit.put_key(made.id, Key(1, 2, olives, quantity=250))


def test_a_product_out_of_sale_leaves_the_keys_but_keeps_its_place(shop: Ledger) -> None:
    edit = QuickLists(shop)
    made = edit.add_product(edit.create("Mugs").id, offer(shop, "MUG-1"))
    mug = out_of_sale(shop, "MUG-1")
    assert every_list(shop)[0].keys == ()
    assert [key.active for key in edit.get(made.id).keys] == [False]
    edit.add_product(made.id, offer(shop, "JAM"))
    Catalogue(shop).put(replace(mug, active=True))
    assert [key.product.sku for key in every_list(shop)[0].keys] == ["MUG-1", "JAM"]


def test_tokens_are_random() -> None:
    assert lists.new_token(lambda n: bytes(range(n))) == "AAAQEAYE"
    assert len({lists.new_token() for _ in range(500)}) == 500
