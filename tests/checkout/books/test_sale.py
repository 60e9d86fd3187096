"""Committing a sale: everything or nothing, once, and by whom it may be."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import uuid4

import pytest

from kiosk.checkout.basket import Basket, Discount, Item
from kiosk.checkout.people import Approval, NotAllowed, Right
from kiosk.checkout.sale import EmptySale, NoShift, NotPaid, commit, find, load
from kiosk.checkout.tender import Attempt, Payment
from kiosk.ledger.errors import DuplicateEvent
from tests.checkout.books.stall import FIVE_CENTS, PRICING, Stall, event


def test_a_sale_is_stored_whole_and_read_back(stall: Stall) -> None:
    basket = stall.basket("MUG", "MUG", ("OLIVES", 335))
    receipt = commit(stall.ledger, stall.sale(basket, extra=500))
    sale = load(stall.ledger, receipt.number)
    assert (sale.number, sale.id, sale.total, sale.person) == ("A-000001", receipt.id, 2935, "Mia")
    assert [(line.sku, line.quantity, line.gross) for line in sale.lines] == [
        ("MUG", 2000, 2500),
        ("OLIVES", 335, 435),
    ]
    assert [(rate.tax_class, rate.net + rate.tax) for rate in sale.rates] == [("A", 2500), ("B", 435)]
    assert [(one.kind, one.amount) for one in sale.payments] == [("tender", 3435), ("change", -500)]
    assert sale.business_date == "2026-01-01"
    jobs = stall.ledger.rows("SELECT kind, ref, state FROM print_job ORDER BY id")
    assert jobs == [("drawer", receipt.id, "QUEUED"), ("receipt", receipt.id, "QUEUED")]


def test_only_a_payment_that_needs_the_drawer_opens_it(stall: Stall) -> None:
    stall.sell("MUG", methods=("card",))
    assert stall.ledger.rows("SELECT kind FROM print_job") == [("receipt",)]


def test_numbers_have_neither_gaps_nor_repeats(stall: Stall) -> None:
    numbers = [stall.sell("BREAD").number for _ in range(5)]
    with pytest.raises(NotPaid):
        commit(stall.ledger, replace(stall.sale(stall.basket("MUG")), payments=()))
    numbers.append(stall.sell("BREAD").number)
    assert numbers == [f"A-{n:06}" for n in range(1, 7)]


def test_the_same_sale_twice_is_one_sale(stall: Stall) -> None:
    sale = stall.sale(stall.basket("MUG"))
    first = commit(stall.ledger, sale)
    second = commit(stall.ledger, sale)
    assert (second.id, second.number, second.total) == (first.id, first.number, first.total)
    assert second.repeated and not first.repeated
    assert stall.count("sale") == 1
    assert stall.count("print_job") == 2


def test_another_sale_under_a_known_id_is_refused(stall: Stall) -> None:
    sale = stall.sale(stall.basket("MUG"))
    commit(stall.ledger, sale)
    with pytest.raises(DuplicateEvent):
        commit(stall.ledger, stall.sale(stall.basket("BREAD"), event_id=sale.event_id))


def test_without_a_shift_nothing_is_sold(shut: Stall) -> None:
    with pytest.raises(NoShift):
        shut.sell("MUG")
    assert shut.count("sale") == 0
    assert shut.ledger.rows("SELECT type FROM journal WHERE type = 'sale'") == []


def test_payments_must_add_up(stall: Stall) -> None:
    sale = stall.sale(stall.basket("MUG"))
    with pytest.raises(NotPaid):
        commit(stall.ledger, replace(sale, payments=(Payment("cash", "tender", 1249),)))
    with pytest.raises(EmptySale):
        commit(stall.ledger, replace(sale, basket=sale.basket.void(1), payments=()))


def test_an_open_payment_keeps_a_sale_from_closing(stall: Stall) -> None:
    pending = Attempt(uuid4().hex, "card", 1250)
    sale = stall.sale(stall.basket("MUG"))
    with pytest.raises(NotPaid):
        commit(stall.ledger, replace(sale, attempts=(*sale.attempts, pending)))


@pytest.mark.parametrize("what", ["line", "sale", "price", "age"])
def test_what_a_seller_may_not_do_needs_somebody_who_may(stall: Stall, what: str) -> None:
    basket = stall.basket("MUG", "BREAD")
    right = {"line": Right.DISCOUNT, "sale": Right.DISCOUNT, "price": Right.PRICE, "age": Right.AGE_OVERRIDE}[
        what
    ]
    if what == "line":
        basket = basket.discount_line(1, Discount(percent=100_000, reason="scratched"))
    elif what == "sale":
        basket = basket.discount_sale(Discount(amount=100))
    elif what == "price":
        basket = basket.override_price(1, 1000)
    else:
        basket = Basket(PRICING).add(stall.items["WINE"])
    with pytest.raises(NotAllowed) as refused:
        commit(stall.ledger, stall.sale(basket))
    assert refused.value.right == right
    other = next(one for one in Right if one not in (right, Right.SELL))
    with pytest.raises(NotAllowed):
        commit(stall.ledger, stall.sale(basket, approvals=(Approval(stall.sam, other),)))
    with pytest.raises(NotAllowed):
        commit(stall.ledger, stall.sale(basket, approvals=(Approval(stall.mia, right),)))
    receipt = commit(stall.ledger, stall.sale(basket, approvals=(Approval(stall.sam, right),)))
    body = journal_body(stall, receipt.id)
    assert body["o"][0][0] == right.value
    assert body["o"][0][2] == "Sam"


def test_a_discount_approved_before_parking_still_counts(stall: Stall) -> None:
    basket = stall.basket("MUG").discount_line(1, Discount(amount=50, approver=stall.sam.id), stall.sam.id)
    receipt = commit(stall.ledger, stall.sale(basket))
    assert stall.ledger.rows("SELECT approver FROM sale_line") == [(stall.sam.id,)]
    assert journal_body(stall, receipt.id)["o"] == [["discount", 1, "Sam"]]
    with pytest.raises(NotAllowed):
        commit(
            stall.ledger, stall.sale(stall.basket("MUG").discount_line(1, Discount(amount=50), stall.mia.id))
        )


def test_a_supervisor_needs_nobody(stall: Stall) -> None:
    basket = stall.basket("MUG").override_price(1, 1)
    receipt = commit(stall.ledger, stall.sale(basket, person=stall.sam))
    assert journal_body(stall, receipt.id)["o"] == [["price", 1, "Sam", "", 1250]]


def test_somebody_who_may_not_sell_sells_nothing(stall: Stall) -> None:
    nobody = replace(stall.mia, rights=frozenset())
    with pytest.raises(NotAllowed):
        commit(stall.ledger, stall.sale(stall.basket("MUG"), person=nobody))


def test_practice_has_its_own_numbers_and_leaves_the_drawer_shut(stall: Stall) -> None:
    stall.sell("MUG")
    practice = stall.sell("MUG", training=True)
    real = stall.sell("MUG")
    assert (practice.number, practice.kind, real.number) == ("TA-000001", "training", "A-000002")
    assert load(stall.ledger, "TA-000001").training
    assert stall.ledger.rows("SELECT kind FROM print_job WHERE ref = ?", (practice.id,)) == [("receipt",)]


def test_something_the_catalogue_does_not_have_gets_an_article(stall: Stall) -> None:
    vase = Item("VASE", "Old vase", "each", 800, "A")
    for _ in range(2):
        commit(stall.ledger, stall.sale(Basket(PRICING).add(vase).add(stall.items["MUG"])))
    sale = load(stall.ledger, "A-000002")
    assert [(line.sku, line.name) for line in sale.lines] == [
        ("VASE", "Old vase"),
        ("MUG", "Mug, blue glaze"),
    ]
    assert stall.ledger.rows("SELECT count(*) FROM article WHERE sku = 'VASE'") == [(1,)]
    assert journal_body(stall, sale.id)["l"][0][9] == "Old vase"


def test_cash_rounding_is_a_payment_of_its_own(stall: Stall) -> None:
    stall.pricing = replace(PRICING, cash=FIVE_CENTS)
    receipt = stall.sell(("OLIVES", 333))  # 4.33
    sale = load(stall.ledger, receipt.id)
    assert sale.total == 433
    assert [(one.kind, one.amount) for one in sale.payments] == [("tender", 435), ("rounding", -2)]


def test_a_clock_that_goes_back_changes_neither_order_nor_number_nor_date(stall: Stall) -> None:
    first = stall.sell("MUG")
    stall.clock.set_wall(stall.clock.wall_ms - 3 * 86_400_000)
    second = stall.sell("MUG")
    assert second.id > first.id
    assert second.number == "A-000002"
    assert second.business_date == first.business_date
    assert second.wall_ms > first.wall_ms
    assert not second.clock_trusted
    assert not load(stall.ledger, second.id).clock_trusted


def test_the_journal_text_is_frozen(stall: Stall) -> None:
    basket = (
        stall.basket("MUG", "LAMP", ("OLIVES", 335), "BREAD")
        .void(4)
        .discount_line(1, Discount(percent=100_000, reason="scratched"))
        .override_price(2, 4500)
        .discount_sale(Discount(amount=100))
        .write_note(3, "for Anna")
    )
    sale = stall.sale(basket, ("card", "cash"), person=stall.sam, event_id=event(7), extra=1)
    receipt = commit(stall.ledger, sale)
    body = stall.ledger.rows("SELECT body, version FROM journal WHERE seq = ?", (receipt.id,))
    assert body == [
        (
            '{"l":[["MUG",1000,1250,929,177,"A",125,19],["LAMP",1000,4500,4054,372,"S",0,74],'
            '["OLIVES",335,1299,400,28,"B",0,7,"for Anna"]],"m":"ir","n":"A-000001",'
            '"o":[["discount",1,"Sam","scratched"],["price",2,"Sam","",4900],["discount",0,"Sam"]],'
            '"p":[["card","t",2980,"ref-card"],["cash","t",2981],["cash","c",-1]],'
            '"t":[["A",0,190000,929,177],["B",0,70000,400,28],["S",0,60000,4054,243],["S",1,30000,0,129]],'
            '"w":"Sam","x":[["BREAD",1000,320]]}',
            1,
        )
    ]


def test_a_sale_is_found_by_what_is_at_hand(stall: Stall) -> None:
    stall.sell("BREAD", methods=("card",))
    stall.sell("MUG")
    assert [hit.number for hit in find(stall.ledger, "https://shop.example/r/A-000001")] == ["A-000001"]
    assert [hit.number for hit in find(stall.ledger, " a-000002 ")] == ["A-000002"]
    assert [hit.number for hit in find(stall.ledger, "2")] == ["A-000002"]
    assert [hit.number for hit in find(stall.ledger, "blue")] == ["A-000002"]
    assert [hit.number for hit in find(stall.ledger, "REF-CARD")] == ["A-000001"]
    assert [hit.number for hit in find(stall.ledger, "")] == ["A-000002", "A-000001"]
    assert find(stall.ledger, "' OR 1=1 --") == []
    assert find(stall.ledger, "9" * 200) == []


def journal_body(stall: Stall, seq: int) -> dict[str, list[list[object]]]:
    """What the journal says of an event."""
    row = stall.ledger.row("SELECT body FROM journal WHERE seq = ?", (seq,))
    assert row is not None
    body: dict[str, list[list[object]]] = json.loads(row[0])
    return body
