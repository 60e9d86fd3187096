"""What is brought back: a number before the door opens, a case once it is inside, and who took it out."""

from __future__ import annotations

import pytest

from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes, looked, openings, returns
from kiosk.pickup.compartment import Event, Purpose, State
from kiosk.pickup.intake import BoxesUnknown, NoBox
from kiosk.pickup.orders import NoSuchOrder
from kiosk.pickup.recovery import Item
from kiosk.pickup.returns import Case, NotNext, Proof
from kiosk.pickup.tokens import BadToken
from tests.pickup.stall import KEYS, at_hub, deposit, state


def brought(ledger: Ledger, item: Item = "yes", proof: Proof | None = None) -> tuple[int, str]:
    """Somebody brings something back, or goes away with it: the box and its number."""
    box, ref = returns.announce(ledger, "M", proof=proof)
    openings.intend(ledger, box.number, Purpose.RETURN, "", "customer")
    openings.seen_open(ledger, box.number)
    openings.seen_shut(ledger, box.number, item)
    return box.number, ref


def looked_at(ledger: Ledger, box: int) -> None:
    """Staff open it and shut it."""
    openings.intend(ledger, box, Purpose.STAFF, "", "Mia: return")
    openings.seen_open(ledger, box)
    openings.seen_shut(ledger, box)


def test_what_is_inside_is_a_case_and_what_was_kept_is_none(ledger: Ledger) -> None:
    box, ref = brought(ledger)
    brought(ledger, "no")
    (found,) = returns.returns(ledger)
    assert (found.ref, found.box, found.state) == (ref, box, Case.DROPPED)
    assert state(ledger, box).state is State.OCCUPIED


def test_who_takes_it_out_has_it_and_decides(ledger: Ledger) -> None:
    box, ref = brought(ledger)
    looked_at(ledger, box)
    looked.found_empty(ledger, box, "Mia")
    assert (returns.called(ledger, ref).state, returns.called(ledger, ref).taken_by) == (Case.TRIAGE, "Mia")
    for decided in (Case.REPAIR, Case.REPAIRED, Case.GIVEN_BACK):
        returns.decide(ledger, ref, decided, "Sam")
    assert returns.returns(ledger) == []
    assert [one.state for one in returns.returns(ledger, settled=True)] == [Case.GIVEN_BACK]
    with pytest.raises(NotNext):
        returns.decide(ledger, ref, Case.REPAIR, "Sam")
    assert returns.called(ledger, ref).taken_by == "Mia"


def test_what_still_lies_there_is_not_taken_out(ledger: Ledger) -> None:
    box, ref = brought(ledger)
    looked_at(ledger, box)
    looked.found_full(ledger, box, "Mia")
    assert returns.called(ledger, ref).state is Case.DROPPED
    with pytest.raises(NotNext):
        returns.decide(ledger, ref, Case.REPAIR, "Sam")


@pytest.mark.parametrize(("inside", "count"), [(True, 1), (False, 0)])
def test_what_nobody_was_sure_of_is_a_case_when_staff_find_it(
    ledger: Ledger, inside: bool, count: int
) -> None:
    box, ref = brought(ledger, "unknown")
    openings.said(ledger, box, Event.SILENT, "nobody")
    assert returns.returns(ledger) == []
    looked_at(ledger, box)
    found = looked.found_full if inside else looked.found_empty
    found(ledger, box, "Mia")
    assert [one.ref for one in returns.returns(ledger)] == [ref] * count


def test_a_return_knows_what_it_was_bought_with(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", 4)
    deposit(ledger, ticket.order.id, 4)
    proof = returns.proof_of(ledger, ticket.token, KEYS)
    brought(ledger, proof=proof)
    assert returns.returns(ledger)[0].order == ticket.order.ref == proof.words


@pytest.mark.parametrize("shown", ["A-000999", "R/A-000999", "4006381333931", "", "MUG"])
def test_what_nobody_has_sold_proves_nothing(ledger: Ledger, shown: str) -> None:
    with pytest.raises(NoSuchOrder):
        returns.proof_of(ledger, shown, KEYS)
    with pytest.raises(BadToken):
        returns.proof_of(ledger, "BRW:" + shown, KEYS)


def test_a_silent_cabinet_is_not_a_full_one_for_what_is_brought_back(ledger: Ledger) -> None:
    openings.lost(ledger)
    with pytest.raises(BoxesUnknown):
        returns.announce(ledger, "S")


def test_nothing_is_announced_where_no_box_is_free(ledger: Ledger) -> None:
    for number in range(1, 5):
        boxes.change(ledger, number, Event.TAKE_OUT, "Mia")
    with pytest.raises(NoBox):
        returns.announce(ledger, "M")
    assert ledger.rows("SELECT count(*) FROM return_drop") == [(0,)]
