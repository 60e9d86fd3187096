"""A basket written down as a draft survives a restart; anything else is refused whole."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkout.basket import Basket, Discount
from kiosk.checkout.draftbody import DraftDamaged
from kiosk.checkout.money import Currency
from tests.checkout.rules.shop import ANYTHING, BREAD, ENGRAVED, MUG, OLIVES, WINE, pricing

RULES = pricing()
FULL = (
    Basket(RULES)
    .add(MUG, 3000, source="tap")
    .add(OLIVES, 335, note="no stones")
    .add(WINE)
    .check_age(3)
    .add(ENGRAVED)
    .add(ANYTHING, price=480)
    .add(BREAD)
    .waive_age(6, 2)
    .add(replace(MUG, sku="GIFT", price=0))
    .void(6)
    .override_price(1, 1000, 2)
    .discount_line(2, Discount(percent=100_000, reason="old stock", approver=2), 2)
    .discount_sale(Discount(amount=0, reason="none, really"))
    .rename("Anna [bold]")
)


def written(basket: Basket) -> Any:
    """The body as it comes back from the ledger."""
    return json.loads(json.dumps(basket.to_json()))


def test_a_basket_comes_back_as_it_was() -> None:
    again = Basket.from_json(written(FULL), RULES)
    assert again == FULL
    assert again.totals == FULL.totals
    assert again.totals.lines == FULL.totals.lines


def test_an_empty_basket_comes_back_empty() -> None:
    assert Basket.from_json(written(Basket(RULES)), RULES) == Basket(RULES)


def test_a_parked_price_survives_a_change_of_the_catalogue_but_not_of_the_currency() -> None:
    with pytest.raises(DraftDamaged, match="currency"):
        Basket.from_json(written(FULL), pricing(currency=Currency.of("CHF")))


def test_a_tax_class_that_is_gone_is_named() -> None:
    with pytest.raises(DraftDamaged, match="tax_class"):
        Basket.from_json(written(FULL), pricing(taxes={"Z": RULES.taxes["Z"]}))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("v",), 2),
        (("v",), True),
        (("next",), 0),
        (("next",), 3),
        (("name",), ["Anna"]),
        (("lines",), {}),
        (("lines",), [None]),
        (("lines", 0), "MUG"),
        (("lines", 0, "uid"), 2),
        (("lines", 0, "quantity"), 0),
        (("lines", 0, "quantity"), 1500),
        (("lines", 0, "quantity"), 1000.0),
        (("lines", 0, "quantity"), "1000"),
        (("lines", 0, "price"), -1),
        (("lines", 0, "price"), 10**11),
        (("lines", 0, "voided"), "no"),
        (("lines", 0, "source"), "magic"),
        (("lines", 0, "surprise"), 1),
        (("lines", 0, "discount"), {"percent": 1, "amount": 1}),
        (("lines", 0, "discount"), {"percent": 2_000_000}),
        (("lines", 0, "discount"), []),
        (("lines", 0, "item", "unit"), "barrel"),
        (("lines", 0, "item", "name"), "x" * 201),
        (("lines", 0, "item", "min_age"), -1),
        (("lines", 0, "item"), None),
    ],
)
def test_a_damaged_draft_is_refused_and_says_where(path: tuple[str | int, ...], value: object) -> None:
    body = written(FULL)
    place = body
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(DraftDamaged) as refused:
        Basket.from_json(body, RULES)
    assert refused.value.problems


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON)
def test_any_json_at_all_is_a_basket_or_is_refused(body: Any) -> None:
    with pytest.raises(DraftDamaged):
        Basket.from_json(body, RULES)


@given(st.sampled_from(["v", "currency", "name", "next", "last", "discount", "lines"]), JSON)
def test_any_field_may_be_anything_and_nothing_else_breaks(name: str, value: Any) -> None:
    body = written(FULL)
    body[name] = value
    try:
        basket = Basket.from_json(body, RULES)
    except DraftDamaged:
        return
    assert basket.totals.gross == sum(line.gross for line in basket.totals.lines)
