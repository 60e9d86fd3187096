"""Taking the money: cash and its change, methods that answer later, and what is booked in the end."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.checkout.cash import CashRounding
from kiosk.checkout.tender import AttemptOpen, NoSuchAttempt, NotSettled, Overpaid, Payment, Tender


@dataclass(frozen=True)
class Due:
    """What is to be paid."""

    gross: int
    cash: CashRounding | None = None


FIVE = CashRounding(5)


def booked(tender: Tender) -> list[tuple[str, str, int]]:
    """The payments as rows."""
    return [(payment.method, payment.kind, payment.amount) for payment in tender.payments()]


def test_cash_gives_change() -> None:
    tender = Tender(Due(1530)).hand_over("k1", 2000)
    assert (tender.settled, tender.change, tender.paid) == (True, 470, 1530)
    assert booked(tender) == [("cash", "tender", 2000), ("cash", "change", -470)]


def test_cash_is_rounded_and_the_cents_are_their_own_row() -> None:
    tender = Tender(Due(492, FIVE)).hand_over("k1", 500)
    assert (tender.change, tender.paid, tender.rounding) == (10, 490, -2)
    assert booked(tender) == [("cash", "tender", 500), ("cash", "change", -10), ("cash", "rounding", 2)]


def test_exact_small_coins_are_taken_as_they_are() -> None:
    """odoo #41327: 2.31 paid with real one and two cent coins."""
    tender = Tender(Due(231, FIVE)).hand_over("k1", 231)
    assert (tender.settled, tender.rounding, tender.change) == (True, 0, 0)
    assert booked(tender) == [("cash", "tender", 231)]


def test_change_is_reckoned_from_the_amount_rounded_up() -> None:
    tender = Tender(Due(998, CashRounding(100, "up"))).hand_over("k1", 2000)
    assert (tender.change, tender.rounding) == (1000, 2)
    assert booked(tender) == [("cash", "tender", 2000), ("cash", "change", -1000), ("cash", "rounding", -2)]


def test_229_rounded_to_a_whole_closes_at_once_with_23() -> None:
    """odoo #65043."""
    tender = Tender(Due(229, CashRounding(10))).hand_over("k1", 230)
    assert tender.settled
    assert sum(payment.amount for payment in tender.payments()) == 229


def test_an_amount_that_rounds_to_nothing_is_settled_by_no_coin_at_all() -> None:
    tender = Tender(Due(2, FIVE))
    assert (tender.settled, tender.remaining("cash"), tender.remaining("card")) == (False, 0, 2)
    assert booked(tender.hand_over("k1", 0)) == [("cash", "rounding", 2)]


def test_cash_comes_in_several_goes() -> None:
    tender = Tender(Due(1000)).hand_over("k1", 500)
    assert (tender.settled, tender.paid, tender.change, tender.remaining("cash")) == (False, 500, 0, 500)
    assert tender.hand_over("k2", 1000).change == 500


def test_only_the_rest_after_other_methods_is_rounded() -> None:
    tender = Tender(Due(13_800 + 3, CashRounding(5))).ask("k1", "card", 5500).confirm("k1", "TX 7")
    assert (tender.remaining("cash"), tender.remaining("card")) == (8305, 8303)
    tender = tender.hand_over("k2", 9000)
    assert booked(tender) == [
        ("card", "tender", 5500),
        ("cash", "tender", 9000),
        ("cash", "change", -695),
        ("cash", "rounding", -2),
    ]
    assert tender.payments()[0].reference == "TX 7"


def test_a_card_pays_to_the_cent() -> None:
    tender = Tender(Due(492, FIVE)).ask("k1", "card").confirm("k1")
    assert booked(tender) == [("card", "tender", 492)]


def test_only_cash_may_be_more_than_what_is_due() -> None:
    tender = Tender(Due(492, FIVE))
    for amount in (493, 0, -5):
        with pytest.raises(Overpaid):
            tender.ask("k1", "card", amount)
    with pytest.raises(Overpaid):
        tender.hand_over("k1", -1)
    with pytest.raises(Overpaid):
        tender.hand_over("k1", 10**10 + 1)


def test_a_payment_waited_for_counts_nothing() -> None:
    tender = Tender(Due(500)).ask("k1", "qr")
    assert (tender.paid, tender.settled, tender.remaining("cash")) == (0, False, 500)
    with pytest.raises(NotSettled):
        tender.payments()


def test_nothing_else_is_taken_while_a_payment_is_waited_for() -> None:
    """odoo #75246: a retry charged the customer twice."""
    tender = Tender(Due(500)).ask("k1", "card")
    for other in (lambda: tender.hand_over("k2", 500), lambda: tender.ask("k2", "card")):
        with pytest.raises(AttemptOpen):
            other()
    assert tender.cancel("k1").hand_over("k2", 500).settled


def test_unknown_is_neither_paid_nor_failed() -> None:
    tender = Tender(Due(500)).ask("k1", "card").doubt("k1")
    assert tender.open is not None
    assert (tender.open.state, tender.paid, tender.settled) == ("unknown", 0, False)
    assert tender.confirm("k1").settled
    assert tender.fail("k1").remaining("card") == 500


def test_the_same_answer_twice_books_once() -> None:
    tender = (
        Tender(Due(500)).ask("k1", "card", 200).confirm("k1", "A").confirm("k1", "B").fail("k1").doubt("k1")
    )
    assert (tender.paid, tender.attempt("k1").reference) == (200, "A")
    with pytest.raises(AttemptOpen):
        tender.ask("k1", "card", 200)


def test_money_that_comes_after_all_counts_if_there_is_room_for_it() -> None:
    """odoo #219054: the answer belonged to a payment that had been given up."""
    given_up = Tender(Due(500)).ask("k1", "card").cancel("k1")
    assert given_up.confirm("k1").settled
    assert given_up.doubt("k1").open is None
    with pytest.raises(Overpaid, match="give it back"):
        given_up.hand_over("k2", 500).confirm("k1")


def test_an_answer_for_another_sale_is_refused() -> None:
    with pytest.raises(NoSuchAttempt):
        Tender(Due(500)).confirm("k9")


def test_a_free_sale_needs_no_money() -> None:
    tender = Tender(Due(0, FIVE))
    assert (tender.settled, tender.payments()) == (True, ())


def test_a_refund_goes_out_by_the_same_rules() -> None:
    """odoo #96721: 7.50 rounded down was paid as 7.00 and refunded as 8.00."""
    down = CashRounding(100, "down")
    assert booked(Tender(Due(750, down)).hand_over("k1", 700)) == [
        ("cash", "tender", 700),
        ("cash", "rounding", 50),
    ]
    back = Tender(Due(-750, down))
    assert (back.remaining("cash"), back.remaining("card")) == (700, 750)
    assert booked(back.hand_over("k1", 700)) == [("cash", "tender", -700), ("cash", "rounding", -50)]


def test_a_mixed_refund_goes_back_the_ways_it_came() -> None:
    """odoo #161564: 138 was paid as 55 by bank and 80 in cash, and comes back so."""
    tens = CashRounding(10, "down")
    back = Tender(Due(-138, tens)).ask("k1", "card", 55).confirm("k1")
    assert back.remaining("cash") == 80
    assert booked(back.hand_over("k2", 80)) == [
        ("card", "tender", -55),
        ("cash", "tender", -80),
        ("cash", "rounding", -3),
    ]


def test_no_more_cash_goes_out_than_comes_back() -> None:
    with pytest.raises(Overpaid):
        Tender(Due(-750)).hand_over("k1", 800)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["cash", "card", "qr"]),
        st.integers(0, 3000),
        st.sampled_from(["confirm", "fail", "doubt", "cancel"]),
    ),
    max_size=8,
)
ROUNDINGS = st.one_of(
    st.none(), st.builds(CashRounding, st.integers(1, 100), st.sampled_from(["half-up", "up", "down"]))
)


@settings(max_examples=300, deadline=None)
@given(st.integers(-5000, 5000), ROUNDINGS, STEPS)
def test_whatever_is_tried_the_books_add_up(
    gross: int, rounding: CashRounding | None, steps: list[tuple[str, int, str]]
) -> None:
    tender = Tender(Due(gross, rounding))
    for nth, (method, amount, answer) in enumerate(steps):
        try:
            if method == "cash":
                tender = tender.hand_over(str(nth), amount)
            else:
                tender = getattr(tender.ask(str(nth), method, amount), answer)(str(nth))
        except (Overpaid, AttemptOpen):
            continue
    assert tender.change >= 0 and tender.remaining("cash") >= 0 and tender.remaining("card") >= 0
    if tender.settled:
        payments = tender.payments()
        assert sum(payment.amount for payment in payments) == gross
        assert tender.paid == abs(gross) + tender.rounding
        assert all(isinstance(payment, Payment) and payment.amount for payment in payments)
        if rounding:
            assert abs(tender.rounding) < rounding.step
