"""Goods come back: never more than was sold, never another cent than was paid, whatever the steps."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.checkout.basket import Basket, Discount, Item, QuantityError
from kiosk.checkout.cash import CashRounding
from kiosk.checkout.people import Approval, NotAllowed, Right
from kiosk.checkout.refund import BackTooMuch, NotRefundable, preview, refund, remaining
from kiosk.checkout.sale import NoShift, commit, load
from kiosk.checkout.z_report import close_shift
from kiosk.ledger.errors import DuplicateEvent
from tests.checkout.books.stall import FIVE_CENTS, PRICING, Stall, again, event


def given_back(stall: Stall, number: str) -> list[tuple[str, str, int]]:
    """How the money of a refund went."""
    return [(one.method, one.kind, one.amount) for one in load(stall.ledger, number).payments]


def test_a_whole_sale_goes_back_the_way_it_was_paid(stall: Stall) -> None:
    sold = commit(stall.ledger, stall.sale(stall.basket("MUG", "BREAD"), ("card", "cash"), extra=500))
    back = refund(stall.ledger, sold.number, remaining(stall.ledger, sold.id), "refund", stall.sam)
    assert (back.number, back.kind, back.total) == ("A-000002", "refund", -1570)
    assert given_back(stall, back.number) == [("card", "tender", -785), ("cash", "tender", -785)]
    stored = load(stall.ledger, back.id)
    assert (stored.refunds, stored.remedy) == ("A-000001", "refund")
    assert [(line.sku, line.quantity, line.gross) for line in stored.lines] == [
        ("MUG", -1000, -1250),
        ("BREAD", -1000, -320),
    ]
    assert remaining(stall.ledger, sold.id) == {}
    assert [line.returned for line in load(stall.ledger, sold.id).lines] == [1000, 1000]


@pytest.mark.parametrize(
    ("price", "rounding", "paid"),
    [
        (750, CashRounding(100, "down"), 700),  # odoo/odoo#96721: 8.00 came back
        (704, CashRounding(100, "down"), 700),
        (701, CashRounding(100, "up"), 800),  # odoo/odoo#190667: up and down swapped on a refund
        (492, CashRounding(5), 490),
        (2, CashRounding(5), 0),
    ],
)
def test_a_rounded_sale_gives_back_what_was_paid(
    stall: Stall, price: int, rounding: CashRounding, paid: int
) -> None:
    stall.pricing = replace(PRICING, cash=rounding)
    sold = commit(stall.ledger, stall.sale(Basket(stall.pricing).add(Item("X", "Thing", "each", price, "A"))))
    back = refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.sam, rounding=rounding)
    rows = given_back(stall, back.number)
    assert sum(amount for _method, kind, amount in rows if kind == "tender") == -paid
    assert sum(amount for *_rest, amount in rows) == -price


def test_a_part_goes_back_by_a_chosen_method_with_cash_rounded(stall: Stall) -> None:
    sold = stall.sell("MUG", ("OLIVES", 333), methods=("card",))
    seen = preview(stall.ledger, sold.id, {2: 333}, rounding=FIVE_CENTS)
    back = refund(stall.ledger, sold.id, {2: 333}, "refund", stall.sam, rounding=FIVE_CENTS)
    assert given_back(stall, back.number) == [("cash", "tender", -435), ("cash", "rounding", 2)]
    assert [(row[0], row[1], row[2]) for row in seen.payments] == given_back(stall, back.number)
    last = refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.sam, method="card", reference="R 1")
    assert given_back(stall, last.number) == [("card", "tender", -1250)]
    assert load(stall.ledger, last.id).payments[0].reference == "R 1"


def test_the_last_part_gives_back_what_is_left_of_the_cash(stall: Stall) -> None:
    stall.pricing = replace(PRICING, cash=FIVE_CENTS)
    pair = Basket(stall.pricing).add(Item("X", "Thing", "each", 353, "A"), 2000)  # 7.06, paid 7.05
    sold = commit(stall.ledger, stall.sale(pair))
    first = refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.sam, rounding=FIVE_CENTS)
    last = refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.sam, rounding=FIVE_CENTS)
    assert given_back(stall, first.number) == [("cash", "tender", -355), ("cash", "rounding", 2)]
    assert given_back(stall, last.number) == [("cash", "tender", -350), ("cash", "rounding", -3)]


def test_no_more_comes_back_than_was_sold(stall: Stall) -> None:
    sold = stall.sell(("BREAD", 3000))
    refund(stall.ledger, sold.id, {1: 2000}, "refund", stall.sam)
    with pytest.raises(BackTooMuch) as refused:
        refund(stall.ledger, sold.id, {1: 2000}, "refund", stall.sam)
    assert refused.value.most == 1000
    for wrong in ({}, {1: 0}, {1: -1000}, {2: 1000}):
        with pytest.raises((BackTooMuch, NotRefundable)):
            refund(stall.ledger, sold.id, wrong, "refund", stall.sam)
    with pytest.raises(QuantityError):
        refund(stall.ledger, sold.id, {1: 500}, "refund", stall.sam)
    assert stall.count("sale") == 2
    assert remaining(stall.ledger, sold.id) == {1: 1000}


def test_two_screens_cannot_give_the_same_money_back(stall: Stall) -> None:
    sold = stall.sell("MUG")
    other = again(stall.ledger.sibling(), stall.clock)
    assert remaining(stall.ledger, sold.id) == remaining(other.ledger, sold.id) == {1: 1000}
    refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.sam)
    with pytest.raises(BackTooMuch):
        refund(other.ledger, sold.id, {1: 1000}, "refund", other.sam)
    other.ledger.close()


def test_the_same_refund_twice_is_one_refund(stall: Stall) -> None:
    sold = stall.sell("MUG")
    first = refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.sam, event_id=event(5))
    second = refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.sam, event_id=event(5))
    assert (first.number, second.number, second.repeated) == ("A-000002", "A-000002", True)


def test_a_seller_needs_a_supervisor_to_take_back(stall: Stall) -> None:
    sold = stall.sell("MUG")
    with pytest.raises(NotAllowed):
        refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.mia)
    leave = Approval(stall.sam, Right.REFUND)
    back = refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.mia, approvals=[leave], reason="too blue")
    row = stall.ledger.row("SELECT type, body FROM journal WHERE seq = ?", (back.id,))
    assert row is not None
    body = json.loads(row[1])
    assert row[0] == "refund"
    assert body == {
        "r": "A-000001",
        "f": [1],
        "n": "A-000002",
        "w": "Mia",
        "o": [["refund", 0, "Sam"]],
        "c": "too blue",
        "m": "ir",
        "l": [["MUG", -1000, 1250, -1050, -200, "A"]],
        "p": [["cash", "t", -1250]],
        "t": [["A", 0, 190000, -1050, -200]],
    }
    assert stall.ledger.rows("SELECT sale, line, quantity, remedy, reason FROM return_case") == [
        (sold.id, 1, 1000, "refund", "too blue")
    ]


def test_only_a_real_sale_can_be_taken_back(stall: Stall) -> None:
    practice = stall.sell("MUG", training=True)
    with pytest.raises(NotRefundable):
        refund(stall.ledger, practice.id, {1: 1000}, "refund", stall.sam)
    sold = stall.sell("MUG")
    back = refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.sam)
    with pytest.raises(NotRefundable):
        refund(stall.ledger, back.id, {1: 1000}, "refund", stall.sam)


def test_money_goes_back_only_in_a_shift(stall: Stall) -> None:
    sold = stall.sell("MUG")
    close_shift(stall.ledger, {}, stall.sam)
    with pytest.raises(NoShift):
        refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.sam)


def test_a_repair_and_a_swap_give_no_money_back(stall: Stall) -> None:
    sold = stall.sell("MUG", "BREAD")
    repair = refund(stall.ledger, sold.id, {1: 1000}, "repair", stall.sam, reason="handle", event_id=event(9))
    swap = refund(stall.ledger, sold.id, {1: 1000, 2: 1000}, "swap", stall.sam)
    assert (repair.number, repair.total, swap.kind) == ("", 0, "swap")
    assert stall.count("sale") == 1
    assert stall.ledger.rows("SELECT line, remedy FROM return_case ORDER BY id, line") == [
        (1, "repair"),
        (1, "swap"),
        (2, "swap"),
    ]
    moves = stall.ledger.rows("SELECT quantity, cause FROM stock_move ORDER BY id")
    assert moves == [(1000, "return"), (-1000, "return")]  # the mug; nobody counts bread
    kinds = [row[0] for row in stall.ledger.rows("SELECT type FROM journal WHERE seq >= ?", (repair.id,))]
    assert kinds == ["return.repair", "return.swap", "stock.return", "stock.return"]
    assert remaining(stall.ledger, sold.id) == {1: 1000, 2: 1000}
    with pytest.raises(DuplicateEvent):
        refund(stall.ledger, sold.id, {1: 1000}, "repair", stall.sam, event_id=event(9))


LINES = st.lists(
    st.tuples(st.integers(1, 5_000), st.integers(1, 7), st.sampled_from("ABS")), min_size=1, max_size=4
)
SUMS = (
    "SELECT sum(net), sum(tax), sum(total) FROM sale WHERE ? IN (id, refunds)",
    "SELECT sum(net), sum(tax), sum(line_discount), sum(sale_discount), sum(quantity) FROM sale_line "
    "WHERE sale IN (SELECT id FROM sale WHERE ? IN (id, refunds))",
    "SELECT sum(net), sum(tax), sum(tax) FILTER (WHERE part) FROM sale_tax "
    "WHERE sale IN (SELECT id FROM sale WHERE ? IN (id, refunds))",
    "SELECT sum(amount), sum(amount) FILTER (WHERE kind <> 'rounding') FROM payment "
    "WHERE sale IN (SELECT id FROM sale WHERE ? IN (id, refunds))",
    "SELECT count(*) FROM sale s WHERE ? IN (s.id, s.refunds) "
    "AND s.total <> (SELECT sum(net + tax) FROM sale_tax t WHERE t.sale = s.id)",
)
"""Each is zero, or nothing, when all of a sale has come back to the cent, also its cash."""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, share=st.integers(0, 1_000_000), step=st.sampled_from([1, 5, 10]), data=st.data())
def test_the_parts_of_any_refund_add_up_to_the_sale(
    stall: Stall, lines: list[tuple[int, int, str]], share: int, step: int, data: st.DataObject
) -> None:
    """Whatever the order and size of the steps, every stored cent of the sale goes back once."""
    rounding = CashRounding(step)
    basket = Basket(replace(PRICING, cash=rounding)).discount_sale(Discount(percent=share))
    for nth, (price, pieces, tax_class) in enumerate(lines):
        basket = basket.add(Item(f"X{nth}", f"Thing {nth}", "each", price, tax_class), pieces * 1000)
    sold = commit(stall.ledger, stall.sale(basket, person=stall.sam))
    while left := remaining(stall.ledger, sold.id):
        line = data.draw(st.sampled_from(sorted(left)))
        pieces = data.draw(st.integers(1, left[line] // 1000))
        refund(stall.ledger, sold.id, {line: pieces * 1000}, "refund", stall.sam, rounding=rounding)
    for sql in SUMS:
        assert not any(stall.ledger.rows(sql, (sold.id,))[0]), sql
