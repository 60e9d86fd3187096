"""Unpaid sales and payments without an answer: they outlive the power and are never dropped."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from kiosk.checkout.attempts import attempts_of, open_attempts, settle_attempt, store_attempt
from kiosk.checkout.basket import Basket
from kiosk.checkout.draftbody import DraftDamaged
from kiosk.checkout.drafts import MoneyTaken, NoSuchDraft, discard, drafts, park, recall, save_open
from kiosk.checkout.people import Approval, NotAllowed, Right
from kiosk.checkout.sale import NotPaid, commit
from kiosk.checkout.tender import Attempt, NoSuchAttempt, Tender
from kiosk.ledger.connection import Ledger
from tests.checkout.books.stall import PRICING, Stall, again


def test_the_open_basket_survives_a_power_cut(stall: Stall) -> None:
    basket = stall.basket("MUG", ("OLIVES", 335))
    save_open(stall.ledger, "d1", basket, stall.mia)
    stall.ledger.close()
    stall.ledger = Ledger.open(stall.ledger.path, clock=stall.clock)
    found = drafts(stall.ledger, "open")
    assert [draft.id for draft in found] == ["d1"]
    back = recall(stall.ledger, "d1", stall.mia, PRICING)
    assert back.basket.lines == basket.lines
    assert back.attempts == ()


def test_an_empty_basket_is_not_kept(stall: Stall) -> None:
    save_open(stall.ledger, "d1", stall.basket("MUG"), stall.mia)
    save_open(stall.ledger, "d1", Basket(PRICING), stall.mia)
    assert drafts(stall.ledger) == []


def test_a_parked_sale_is_taken_up_by_whoever_is_there(stall: Stall) -> None:
    park(stall.ledger, "d1", stall.basket("MUG"), stall.mia, "blue hat")
    (parked,) = drafts(stall.ledger, "parked")
    assert (parked.name, parked.person, parked.is_empty) == ("blue hat", stall.mia.id, False)
    back = recall(stall.ledger, "d1", stall.sam, PRICING)
    assert back.basket.name == "blue hat"
    assert drafts(stall.ledger, "parked") == []
    assert [draft.person for draft in drafts(stall.ledger, "open")] == [stall.sam.id]
    with pytest.raises(NoSuchDraft):
        recall(stall.ledger, "d2", stall.mia, PRICING)


def test_paying_ends_the_draft_in_the_same_transaction(stall: Stall) -> None:
    draft = uuid4()
    basket = stall.basket("MUG")
    save_open(stall.ledger, draft.hex, basket, stall.mia)
    tender = Tender(basket.totals).ask("k1", "card")
    store_attempt(stall.ledger, draft.hex, tender.attempts[0])
    sale = stall.sale(basket, draft=draft.hex, event_id=UUID(draft.hex))
    with pytest.raises(NotPaid):  # the ledger knows of a card payment that nobody has an answer to
        commit(stall.ledger, stall.sale(basket, draft=draft.hex, attempts=tender.confirm("k1").attempts))
    tender = tender.confirm("k1", "TX 1")
    store_attempt(stall.ledger, draft.hex, tender.attempts[0])
    receipt = commit(
        stall.ledger,
        stall.sale(basket, ("card",), draft=draft.hex, event_id=sale.event_id, attempts=tender.attempts),
    )
    assert drafts(stall.ledger) == []
    assert stall.ledger.rows("SELECT id, state, sale FROM payment_attempt") == [
        ("k1", "confirmed", receipt.id)
    ]
    assert open_attempts(stall.ledger) == []


def test_a_payment_without_an_answer_is_known_after_a_restart(stall: Stall) -> None:
    basket = stall.basket("MUG")
    park(stall.ledger, "d1", basket, stall.mia, "blue hat")
    store_attempt(stall.ledger, "d1", Attempt("k1", "card", 1250))
    store_attempt(stall.ledger, "d1", Attempt("k1", "card", 1250, "unknown"))
    stall.ledger.close()
    stall = again(Ledger.open(stall.ledger.path, clock=stall.clock), stall.clock)
    (left,) = open_attempts(stall.ledger)
    assert (left.attempt.state, left.draft, left.name) == ("unknown", "d1", "blue hat")
    back = recall(stall.ledger, "d1", stall.mia, PRICING)
    assert Tender(back.basket.totals, back.attempts).paid == 0
    assert settle_attempt(stall.ledger, "k1", "confirmed", "TX 1").state == "confirmed"
    assert settle_attempt(stall.ledger, "k1", "failed").state == "confirmed"  # money that came stays
    assert Tender(back.basket.totals, attempts_of(stall.ledger, "d1")).settled
    with pytest.raises(NoSuchAttempt):
        settle_attempt(stall.ledger, "k2", "failed")
    stall.ledger.close()


def test_cash_noted_before_the_power_failed_counts(stall: Stall) -> None:
    basket = stall.basket("MUG")
    tender = Tender(basket.totals).hand_over("k1", 500)
    store_attempt(stall.ledger, "d1", tender.attempts[0])
    assert Tender(basket.totals, attempts_of(stall.ledger, "d1")).remaining("cash") == 750


def test_discarding_is_journalled_and_needs_leave(stall: Stall) -> None:
    basket = stall.basket("MUG", "BREAD")
    park(stall.ledger, "d1", basket, stall.mia, "gone")
    nobody = [Approval(stall.sam, Right.REFUND)]
    weak = type(stall.mia)(stall.mia.id, "Mia", "seller", frozenset({Right.SELL}))
    with pytest.raises(NotAllowed):
        discard(stall.ledger, "d1", basket, weak, nobody)
    discard(stall.ledger, "d1", basket, weak, [Approval(stall.sam, Right.VOID_SALE)])
    assert drafts(stall.ledger) == []
    rows = stall.ledger.rows("SELECT type, body FROM journal WHERE type GLOB 'sale.*' ORDER BY seq")
    assert rows == [
        ("sale.parked", '{"id":"d1","name":"gone","total":1570,"w":"Mia"}'),
        (
            "sale.discarded",
            '{"by":"Sam","id":"d1","total":1570,"w":"Mia","x":[["MUG",1000,1250],["BREAD",1000,320]]}',
        ),
    ]


@pytest.mark.parametrize("state", ["pending", "unknown", "confirmed"])
def test_a_sale_with_money_in_it_is_not_thrown_away(stall: Stall, state: str) -> None:
    basket = stall.basket("MUG")
    save_open(stall.ledger, "d1", basket, stall.mia)
    store_attempt(stall.ledger, "d1", Attempt("k1", "card", 1250, state))  # type: ignore[arg-type]
    with pytest.raises(MoneyTaken):
        discard(stall.ledger, "d1", basket, stall.sam)
    assert len(drafts(stall.ledger)) == 1


def test_a_draft_that_cannot_be_read_is_kept(stall: Stall) -> None:
    stall.ledger.execute("INSERT INTO draft VALUES ('d1', 'parked', 'x', NULL, 0, '{\"lines\": 7')")
    with pytest.raises(DraftDamaged):
        recall(stall.ledger, "d1", stall.mia, PRICING)
    (kept,) = drafts(stall.ledger)
    assert (kept.state, kept.is_empty) == ("parked", False)
