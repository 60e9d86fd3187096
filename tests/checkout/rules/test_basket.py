"""The basket of one customer."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from kiosk.checkout.basket import (
    MOST_LINES,
    Basket,
    BasketFull,
    Discount,
    DiscountError,
    Item,
    NoSuchLine,
    PriceError,
    QuantityError,
)
from tests.checkout.rules.shop import ANYTHING, BREAD, ENGRAVED, MUG, OLIVES, WINE, pricing

EMPTY = Basket(pricing())


def test_a_basket_is_a_value() -> None:
    one = EMPTY.add(MUG)
    assert (EMPTY.is_empty, one.is_empty, one.totals.gross) == (True, False, 1250)
    with pytest.raises(FrozenInstanceError):
        one.name = "Anna"  # type: ignore[misc]


def test_equal_pieces_are_counted_up_on_one_line() -> None:
    basket = EMPTY.add(MUG).add(BREAD).add(MUG, 2000)
    assert [(line.item.sku, line.quantity) for line in basket.lines] == [("MUG", 3000), ("BREAD", 1000)]
    assert basket.last == basket.lines[0]
    assert (basket.totals.gross, basket.totals.count) == (4070, 4)


def test_what_differs_gets_a_line_of_its_own() -> None:
    basket = EMPTY.add(MUG).add(MUG, price=1000).add(MUG, note="gift").add(replace(MUG, article=9))
    basket = basket.add(OLIVES, 335).add(OLIVES, 335).add(ENGRAVED).add(ENGRAVED)
    assert len(basket.lines) == 8
    assert basket.totals.count == 8


def test_a_line_that_something_was_agreed_about_takes_no_more() -> None:
    discounted = EMPTY.add(MUG).discount_line(1, Discount(percent=100_000))
    for agreed in (discounted, EMPTY.add(MUG).write_note(1, "gift"), EMPTY.add(MUG).void(1)):
        assert [line.quantity for line in agreed.add(MUG).lines] == [1000, 1000]


def test_more_of_a_checked_bottle_needs_no_second_check() -> None:
    basket = EMPTY.add(WINE).check_age(1).add(WINE)
    assert basket.lines[0].age_checked
    waived = EMPTY.add(WINE).waive_age(1, 2).add(WINE)
    assert [line.age_waived_by for line in waived.lines] == [2, None]


def test_something_weighed_is_priced_by_the_thousandth() -> None:
    line = EMPTY.add(OLIVES, 335).lines[0]
    assert (line.full, line.amount, line.pieces) == (435, 435, 1)  # 12.99 x 0.335 = 4.35165


def test_quantity_and_price_of_a_line_can_change() -> None:
    basket = EMPTY.add(MUG).set_quantity(1, 4000).override_price(1, 1000, approver=2)
    line = basket.lines[0]
    assert (line.amount, line.overridden, line.approver) == (4000, True, 2)


def test_a_void_line_stays_visible_and_closed() -> None:
    basket = EMPTY.add(MUG).add(BREAD).void(1)
    assert [line.voided for line in basket.lines] == [True, False]
    assert basket.totals.gross == 320
    assert [line.item for line in basket.live] == [BREAD]
    for change in (
        lambda: basket.set_quantity(1, 2000),
        lambda: basket.void(1),
        lambda: basket.write_note(7, "?"),
        lambda: basket.discount_line(1, None),
    ):
        with pytest.raises(NoSuchLine):
            change()


def test_a_basket_of_void_lines_has_nothing_to_pay() -> None:
    basket = EMPTY.add(MUG).void(1)
    assert basket.is_empty
    assert basket.totals.gross == 0
    assert basket.add(MUG).lines[1].uid == 2


def test_a_discount_is_never_more_than_what_it_is_taken_off() -> None:
    basket = EMPTY.add(MUG).discount_line(1, Discount(amount=9999))
    assert (basket.lines[0].line_discount, basket.totals.gross) == (1250, 0)
    assert basket.discount_sale(Discount(amount=1)).totals.gross == 0


def test_a_discount_can_be_taken_back() -> None:
    basket = EMPTY.add(MUG).discount_line(1, Discount(amount=50)).discount_sale(Discount(percent=500_000))
    assert basket.discount_line(1, None).discount_sale(None).totals.gross == 1250


@pytest.mark.parametrize(
    ("percent", "amount"),
    [(None, None), (1, 1), (-1, None), (1_000_001, None), (None, -1), (None, 10**10 + 1)],
)
def test_a_discount_is_a_share_or_an_amount(percent: int | None, amount: int | None) -> None:
    with pytest.raises(DiscountError):
        Discount(percent, amount)


@pytest.mark.parametrize("quantity", [0, -1000, 10_000_000, 1500])
def test_half_a_mug_or_none_or_too_many_are_refused(quantity: int) -> None:
    with pytest.raises(QuantityError):
        EMPTY.add(MUG, quantity)
    with pytest.raises(QuantityError):
        EMPTY.add(MUG).set_quantity(1, quantity)


def test_counting_up_stops_where_a_line_must_end() -> None:
    full = EMPTY.add(BREAD, 9_999_000)
    with pytest.raises(QuantityError):
        full.add(BREAD)
    assert full.lines[0].quantity == 9_999_000


@pytest.mark.parametrize("price", [-1, 10**10 + 1])
def test_an_absurd_price_is_refused(price: int) -> None:
    with pytest.raises(PriceError):
        EMPTY.add(MUG, price=price)


def test_a_line_beyond_any_sale_is_refused() -> None:
    with pytest.raises(PriceError):
        EMPTY.add(MUG, 9_999_000, price=10**7)


def test_a_product_without_a_price_has_to_get_one() -> None:
    with pytest.raises(PriceError):
        EMPTY.add(ANYTHING)
    line = EMPTY.add(ANYTHING, price=480).lines[0]
    assert (line.amount, line.overridden) == (480, False)


def test_a_free_gift_is_a_line_like_any_other() -> None:
    assert EMPTY.add(replace(MUG, price=0)).totals.gross == 0


def test_a_sale_ends_at_the_receipt_nobody_wants() -> None:
    basket = EMPTY
    for nth in range(MOST_LINES):
        basket = basket.add(Item(f"X{nth}", "Thing", "each", 100, "A"))
    with pytest.raises(BasketFull):
        basket.add(MUG)
    assert basket.add(basket.lines[0].item).totals.gross == 100_000


def test_a_typed_note_is_one_clean_line() -> None:
    line = EMPTY.add(MUG).write_note(1, "  for\tAnna\n\x1b[31m \u202edesrever " + "y" * 400).lines[0]
    assert line.note.startswith("for Anna [31m desrever yyy")
    assert len(line.note) == 200
    assert line.note.isprintable()


def test_a_basket_carries_its_customers_name() -> None:
    assert EMPTY.rename(" Anna\nB ").name == "Anna B"
