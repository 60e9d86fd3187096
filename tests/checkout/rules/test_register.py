"""A till in memory: a seller at work, told as it happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.checkout.basket import Basket, Discount, NoSuchLine, QuantityError
from kiosk.checkout.echo import Heard
from kiosk.checkout.outcome import Step
from kiosk.checkout.people import NotAllowed, Right
from kiosk.checkout.register import BasketLocked, NotReady, Register
from tests.checkout.rules.shop import (
    ANYTHING,
    BREAD,
    ENGRAVED,
    GIN,
    MUG,
    OLIVES,
    SELLER,
    SUPERVISOR,
    WINE,
    approval,
    pricing,
)


@pytest.fixture
def register() -> Register:
    """A till with Mia at it."""
    return Register(pricing(), SELLER)


def scan(register: Register, at_ms: int, code: str = "4006381333931", scanner: str = "left") -> str:
    """Scan a mug and say what came of it."""
    return register.scan(code, scanner, at_ms, MUG).kind


def test_a_piece_scanned_is_a_line(register: Register) -> None:
    outcome = register.scan("4006381333931", "left", 0, MUG)
    assert (outcome.kind, outcome.undo, outcome.steps) == ("added", False, ())
    assert outcome.line == register.basket.last
    assert register.basket.totals.gross == 1250


def test_an_echo_does_not_count(register: Register) -> None:
    assert [scan(register, at) for at in (0, 399, 700)] == ["added", "echo", "echo"]
    assert register.basket.totals.count == 1


def test_a_quick_second_piece_counts_and_can_be_undone(register: Register) -> None:
    scan(register, 0)
    second = register.scan("4006381333931", "left", 400, MUG)
    assert (second.kind, second.undo, register.basket.totals.count) == ("counted", True, 2)
    assert register.undo(900).kind == "undone"
    assert register.basket.totals.count == 1


def test_a_second_piece_later_is_nothing_special(register: Register) -> None:
    scan(register, 0)
    assert not register.scan("4006381333931", "left", 1500, MUG).undo


def test_two_scanners_and_two_codes_are_no_echo(register: Register) -> None:
    assert scan(register, 0) == "added"
    assert scan(register, 10, scanner="right") == "counted"
    assert scan(register, 20, code="96385074") == "counted"
    assert scan(register, 30) == "echo"
    assert register.basket.totals.count == 3


def test_codes_that_are_no_product_have_echoes_too(register: Register) -> None:
    assert [register.hear("BRW-L1", "left", at) for at in (0, 100, 900, 5000)] == [
        Heard.NEW,
        Heard.ECHO,
        Heard.AGAIN,
        Heard.NEW,
    ]


def test_three_times_counts_for_the_next_thing_only(register: Register) -> None:
    register.times(3)
    assert scan(register, 0) == "added"
    assert scan(register, 100) == "echo"
    register.tap(BREAD, 200)
    assert [line.quantity for line in register.basket.lines] == [3000, 1000]
    for count in (0, -1, 10_000):
        with pytest.raises(QuantityError):
            register.times(count)


def test_three_times_waits_for_the_weight(register: Register) -> None:
    register.times(3)
    asked = register.tap(OLIVES, 0)
    assert (asked.kind, asked.item, register.basket.is_empty) == ("ask-weight", OLIVES, True)
    register.add(OLIVES, 100, quantity=335)
    assert register.basket.lines[0].quantity == 1005
    assert register.multiplier == 1


def test_a_product_without_price_asks_for_it_and_then_for_its_weight(register: Register) -> None:
    loose = replace(ANYTHING, unit="kg")
    asked = register.tap(loose, 0)
    assert asked.kind == "ask-price"
    assert asked.item is not None
    asked = register.add(asked.item, 0, price=500, source="typed")
    assert (asked.kind, asked.item and asked.item.price) == ("ask-weight", 500)
    assert asked.item is not None
    assert register.add(asked.item, 0, quantity=250, source="typed").kind == "added"
    assert register.basket.totals.gross == 125
    assert not register.basket.lines[0].overridden


def test_the_price_printed_on_a_packet_is_nobodys_override(register: Register) -> None:
    register.scan("2012345006999", "left", 0, MUG, price=699)
    line = register.basket.lines[0]
    assert (line.amount, line.overridden, line.approver) == (699, False, None)


def test_another_price_needs_the_right_to_it(register: Register) -> None:
    register.tap(MUG, 0)
    with pytest.raises(NotAllowed) as refused:
        register.override_price(1, 1000, 0)
    assert refused.value.right is Right.PRICE
    with pytest.raises(NotAllowed):
        register.add(MUG, 0, price=1000)
    assert register.basket.totals.gross == 1250
    register.override_price(1, 1000, 0, approval(Right.PRICE))
    assert (register.basket.lines[0].approver, register.basket.totals.gross) == (SUPERVISOR.id, 1000)


def test_a_lent_right_is_good_for_one_action_and_kept_for_the_journal(register: Register) -> None:
    leave = approval(Right.DISCOUNT)
    register.tap(MUG, 0)
    register.discount_line(1, Discount(percent=100_000), 0, leave)
    with pytest.raises(NotAllowed):
        register.discount_sale(Discount(amount=100), 0, leave)
    register.discount_sale(Discount(amount=100), 0, approval(Right.DISCOUNT))
    assert register.basket.discount is not None
    assert register.basket.discount.approver == SUPERVISOR.id
    assert [one.right for one in register.approvals] == [Right.DISCOUNT, Right.DISCOUNT]
    register.clear()
    register.tap(MUG, 0)
    with pytest.raises(NotAllowed):
        register.discount_line(1, Discount(amount=1), 0, leave)
    assert register.approvals == ()


def test_leave_for_one_thing_is_no_leave_for_another(register: Register) -> None:
    register.tap(MUG, 0)
    with pytest.raises(NotAllowed):
        register.discount_line(1, Discount(amount=100), 0, approval(Right.PRICE))


def test_a_failed_action_does_not_use_the_leave_up(register: Register) -> None:
    leave = approval(Right.DISCOUNT)
    register.tap(MUG, 0)
    with pytest.raises(NoSuchLine):
        register.discount_line(9, Discount(amount=100), 0, leave)
    assert register.discount_line(1, Discount(amount=100), 0, leave).kind == "discounted"


def test_a_supervisor_needs_no_leave() -> None:
    register = Register(pricing(), SUPERVISOR)
    register.tap(MUG, 0)
    assert register.discount_line(1, Discount(percent=500_000), 0).line == register.basket.lines[0]
    assert register.discount_sale(Discount(amount=25), 0).line is None
    assert (register.basket.totals.gross, register.approvals) == (600, ())


def test_anybody_may_take_a_discount_back(register: Register) -> None:
    register.tap(MUG, 0)
    register.discount_sale(Discount(amount=100), 0, approval(Right.DISCOUNT))
    register.discount_sale(None, 0)
    assert register.basket.totals.gross == 1250


def test_nobody_signed_in_sells_nothing() -> None:
    register = Register(pricing())
    for action in (
        lambda: register.tap(MUG, 0),
        lambda: register.scan("1", "left", 0, MUG),
        register.pay,
        lambda: register.void_sale(approval(Right.VOID_SALE)),
        lambda: register.open(Basket(pricing())),
    ):
        with pytest.raises(NotAllowed):
            action()


def test_age_is_checked_once_for_everything_it_may_buy(register: Register) -> None:
    assert register.tap(GIN, 0).steps == (Step("age", 1, years=18),)
    register.tap(WINE, 0)
    assert [step.uid for step in register.steps] == [1, 2]
    with pytest.raises(NotReady) as refused:
        register.pay()
    assert refused.value.steps == register.steps
    register.confirm_age(1, 0)
    assert register.steps == ()
    assert register.tap(replace(WINE, sku="CIDER"), 0).steps == ()
    register.pay()


def test_sixteen_checked_is_not_eighteen(register: Register) -> None:
    register.tap(WINE, 0)
    register.confirm_age(1, 0)
    assert register.tap(GIN, 0).steps == (Step("age", 2, years=18),)
    register.void(2, 0)  # too young
    assert register.steps == ()


def test_the_next_customer_is_asked_again(register: Register) -> None:
    register.tap(WINE, 0)
    register.confirm_age(1, 0)
    register.clear()
    assert register.tap(WINE, 0).steps


def test_an_undone_check_is_no_check(register: Register) -> None:
    register.tap(WINE, 0)
    register.confirm_age(1, 0)
    register.undo(0)
    assert register.steps == (Step("age", 1, years=16),)
    assert register.tap(replace(WINE, sku="CIDER"), 0).steps


def test_selling_without_a_check_needs_leave_and_is_no_check(register: Register) -> None:
    register.tap(WINE, 0)
    with pytest.raises(NotAllowed):
        register.skip_age(1, 0)
    register.skip_age(1, 0, approval(Right.AGE_OVERRIDE))
    line = register.basket.lines[0]
    assert (line.age_checked, line.needs_age_check, line.age_waived_by) == (False, True, SUPERVISOR.id)
    assert register.steps == ()
    assert register.tap(WINE, 0).steps == (Step("age", 2, years=16),)


def test_a_note_is_asked_for_each_piece(register: Register) -> None:
    first, second = register.tap(ENGRAVED, 0), register.tap(ENGRAVED, 0)
    assert first.steps + second.steps == (
        Step("note", 1, prompt="name on the cup"),
        Step("note", 2, prompt="name on the cup"),
    )
    register.write_note(1, "Anna", 0)
    register.write_note(2, "  ", 0)
    assert [step.uid for step in register.steps] == [2]


def test_changes_are_undone_one_by_one_for_a_minute(register: Register) -> None:
    register.tap(MUG, 0)
    register.tap(BREAD, 1000)
    register.set_quantity(1, 5000, 2000)
    register.void(2, 3000)
    grosses = []
    for _ in range(3):
        register.undo(4000)
        grosses.append(register.basket.totals.gross)
    assert grosses == [6570, 1570, 1250]
    assert register.undo(60_001).kind == "nothing"
    assert register.basket.totals.gross == 1250


def test_there_is_nothing_to_undo_for_the_next_customer(register: Register) -> None:
    register.tap(MUG, 0)
    assert register.clear().totals.gross == 1250
    assert register.undo(0).kind == "nothing"


def test_an_empty_basket_is_not_paid(register: Register) -> None:
    with pytest.raises(NotReady):
        register.pay()
    register.tap(MUG, 0)
    register.void(1, 0)
    with pytest.raises(NotReady):
        register.pay()


def test_going_back_from_paying_to_the_basket_prices_it_anew(register: Register) -> None:
    register.tap(MUG, 0)
    assert register.pay().remaining("cash") == 1250
    register.tap(BREAD, 0)
    assert register.pay().remaining("cash") == 1570


def test_the_basket_stands_once_money_has_moved_or_may_be_moving(register: Register) -> None:
    register.tap(MUG, 0)
    waiting = register.pay().ask("k1", "card", 500)
    for tender in (waiting, waiting.doubt("k1"), waiting.confirm("k1"), register.pay().hand_over("k2", 100)):
        register.tender = tender
        actions: list[Callable[[], object]] = [
            lambda: register.tap(BREAD, 0),
            lambda: register.void(1, 0),
            lambda: register.undo(0),
            register.void_sale,
        ]
        for action in actions:
            with pytest.raises(BasketLocked):
                action()
    register.tender = waiting.cancel("k1")
    register.tap(BREAD, 0)
    assert register.pay().remaining("card") == 1570


def test_a_parked_sale_comes_back_with_its_payments(register: Register) -> None:
    register.tap(MUG, 0)
    tender = register.pay().ask("k1", "card", 500).doubt("k1")
    basket = register.clear()
    register.open(basket, replace(tender))
    assert register.pay().open == tender.open
    with pytest.raises(BasketLocked):
        register.open(basket)


def test_throwing_a_sale_away_hands_it_over_for_the_journal(register: Register) -> None:
    register.tap(MUG, 0)
    assert register.void_sale().totals.gross == 1250
    assert register.basket.is_empty


def test_throwing_a_sale_away_may_need_leave() -> None:
    trainee = replace(SELLER, rights=frozenset({Right.SELL}))
    register = Register(pricing(), trainee)
    register.tap(MUG, 0)
    with pytest.raises(NotAllowed):
        register.void_sale()
    assert register.void_sale(approval(Right.VOID_SALE)).lines
