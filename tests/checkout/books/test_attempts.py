"""Payments whose answer comes late: it opens nothing again, and no money that came is ever forgotten."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

import pytest

from kiosk.checkout.attempts import HasSale, clear, open_attempts, settle_attempt, store_attempt
from kiosk.checkout.drafts import park, save_open
from kiosk.checkout.people import Approval, NotAllowed, Right
from kiosk.checkout.sale import Receipt, commit
from kiosk.checkout.tender import Attempt, Tender
from kiosk.ledger.verify import verify
from tests.checkout.books.stall import Stall


def state(stall: Stall, key: str = "k1") -> tuple[str, int | None]:
    """How a payment stands in the ledger, and the sale it belongs to."""
    ((known, sale),) = stall.ledger.rows("SELECT state, sale FROM payment_attempt WHERE id = ?", (key,))
    return known, sale


def paid_in_cash_after_a_card(stall: Stall, *, before_commit: str = "failed") -> Receipt:
    """A card was said not to be paid, and the customer paid in cash; how the ledger has the card by then."""
    draft = uuid4()
    basket = stall.basket("MUG")
    save_open(stall.ledger, draft.hex, basket, stall.mia)
    tender = Tender(basket.totals).ask("k1", "card")
    store_attempt(stall.ledger, draft.hex, tender.attempts[0])
    settle_attempt(stall.ledger, "k1", "unknown")
    settle_attempt(stall.ledger, "k1", before_commit)
    tender = tender.fail("k1").hand_over("k2", basket.totals.gross)
    new = stall.sale(basket, draft=draft.hex, event_id=UUID(draft.hex), attempts=tender.attempts)
    return commit(stall.ledger, new)


@pytest.mark.parametrize("settled", ["failed", "cancelled", "confirmed"])
@pytest.mark.parametrize("late", ["unknown", "pending", "failed", "cancelled"])
def test_a_late_answer_opens_nothing_again(stall: Stall, settled: str, late: str) -> None:
    store_attempt(stall.ledger, "d1", Attempt("k1", "reader", 1250))
    settle_attempt(stall.ledger, "k1", settled)
    assert settle_attempt(stall.ledger, "k1", late).state == settled
    store_attempt(stall.ledger, "d1", Attempt("k1", "reader", 1250, late))  # type: ignore[arg-type]
    assert state(stall) == (settled, None)


@pytest.mark.parametrize("settled", ["failed", "cancelled"])
def test_money_that_came_after_all_counts_for_a_sale_that_is_still_open(stall: Stall, settled: str) -> None:
    park(stall.ledger, "d1", stall.basket("MUG"), stall.mia, "blue hat")
    store_attempt(stall.ledger, "d1", Attempt("k1", "reader", 1250))
    settle_attempt(stall.ledger, "k1", settled)
    assert settle_attempt(stall.ledger, "k1", "confirmed", "TX 1").state == "confirmed"
    assert open_attempts(stall.ledger) == []
    assert stall.ledger.rows("SELECT body FROM journal WHERE type = 'payment.settled'") == [
        ('{"amount":1250,"id":"k1","m":"reader","state":"confirmed"}',)
    ]


def test_money_that_comes_after_its_sale_was_paid_otherwise_is_astray(stall: Stall) -> None:
    receipt = paid_in_cash_after_a_card(stall)
    assert state(stall) == ("failed", receipt.id)
    assert open_attempts(stall.ledger) == []
    settle_attempt(stall.ledger, "k1", "confirmed", "TX 1")
    assert state(stall) == ("confirmed", None)
    (astray,) = open_attempts(stall.ledger)
    assert (astray.attempt.id, astray.attempt.reference, astray.name) == ("k1", "TX 1", "")


def test_money_the_till_did_not_know_of_is_not_taken_for_the_sales(stall: Stall) -> None:
    paid_in_cash_after_a_card(stall, before_commit="confirmed")
    assert state(stall) == ("confirmed", None)
    assert [one.attempt.id for one in open_attempts(stall.ledger)] == ["k1"]


def test_what_went_astray_is_cleared_by_a_supervisor_with_a_reason(stall: Stall) -> None:
    paid_in_cash_after_a_card(stall, before_commit="confirmed")
    with pytest.raises(NotAllowed):
        clear(stall.ledger, "k1", "given back", stall.mia)
    assert len(open_attempts(stall.ledger)) == 1
    clear(
        stall.ledger,
        "k1",
        "  given back \n on the reader ",
        stall.mia,
        approvals=[Approval(stall.sam, Right.REFUND)],
    )
    assert open_attempts(stall.ledger) == []
    assert state(stall) == ("cancelled", None), "the payment stays in the ledger"
    ((body,),) = stall.ledger.rows("SELECT body FROM journal WHERE type = 'payment.cleared'")
    assert json.loads(body) == {
        "id": "k1",
        "m": "card",
        "amount": 1250,
        "ref": "",
        "why": "given back on the reader",
        "w": "Mia",
        "by": "Sam",
    }
    with pytest.raises(HasSale):
        clear(stall.ledger, "k1", "once more", stall.sam)
    assert verify(stall.ledger).ok


@pytest.mark.parametrize("settled", ["unknown", "failed", "confirmed"])
def test_a_payment_with_a_sale_is_not_cleared(stall: Stall, settled: str) -> None:
    park(stall.ledger, "d1", stall.basket("MUG"), stall.mia, "blue hat")
    store_attempt(stall.ledger, "d1", Attempt("k1", "card", 1250))
    settle_attempt(stall.ledger, "k1", settled)
    with pytest.raises(HasSale):
        clear(stall.ledger, "k1", "given back", stall.sam)
    assert state(stall) == (settled, None)
