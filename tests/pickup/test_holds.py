"""One hold binds goods, box, slot and deadline; of eight who want the last one, one gets it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes, holds, room
from kiosk.pickup.compartment import Event, State
from kiosk.pickup.order import OutOfTurn
from kiosk.pickup.orders import contents, live, order_called
from kiosk.pickup.wish import BadWish, NoBoxFree, OtherHold, SlotFull, SoldOut
from tests.pickup.stall import build, held, key, product, wish

MINUTE_MS = 60_000


def test_a_hold_has_everything_it_needs(ledger: Ledger, clock: FakeClock) -> None:
    order = held(ledger, "ann", name="Ann Müller", tail="17", low=True)
    assert (order.stage, order.name, order.tail, order.low) == ("reserved", "Ann Müller", "17", True)
    assert order.until_ms == clock.wall_ms + 15 * MINUTE_MS
    assert contents(ledger, order.id) == [("MUG", "Mug", 1000)]
    assert order_called(ledger, order.ref.lower()).id == order.id
    assert room.available(ledger, "MUG") == 19_000


def test_the_same_wish_again_is_the_same_hold(ledger: Ledger) -> None:
    assert held(ledger, "ann") == held(ledger, "ann")
    assert len(live(ledger)) == 1
    assert room.available(ledger, "MUG") == 19_000
    with pytest.raises(OtherHold):
        held(ledger, "ann", size="L")


def test_a_hold_that_is_not_paid_ends_after_a_quarter_of_an_hour(ledger: Ledger, clock: FakeClock) -> None:
    order = held(ledger, "ann")
    clock.advance(15 * MINUTE_MS + 1)
    assert holds.lapse(ledger) == 1
    assert room.available(ledger, "MUG") == 20_000
    with pytest.raises(OutOfTurn):
        holds.pay(ledger, order.id, None)


def test_nothing_ends_while_the_clock_is_not_trusted(ledger: Ledger, clock: FakeClock) -> None:
    held(ledger, "ann")
    clock.advance(24 * 60 * MINUTE_MS)
    clock.trusted = False
    assert holds.lapse(ledger) == 0
    assert len(live(ledger)) == 1


def test_a_paid_hold_holds_no_stock_any_more_because_its_sale_has_moved_it(ledger: Ledger) -> None:
    order = held(ledger, "ann")
    holds.pay(ledger, order.id, None)
    assert room.available(ledger, "MUG") == 20_000


def test_a_lapsed_hold_makes_room_for_the_next(ledger: Ledger, clock: FakeClock) -> None:
    product(ledger, "LAST", 1)
    held(ledger, "ann", lines={"LAST": 1000})
    with pytest.raises(SoldOut, match="LAST is sold out; nothing was held"):
        held(ledger, "bo", lines={"LAST": 1000})
    clock.advance(16 * MINUTE_MS)
    assert held(ledger, "bo", lines={"LAST": 1000}).stage == "reserved"


def test_what_is_not_counted_is_never_sold_out(ledger: Ledger) -> None:
    assert room.available(ledger, "STRING") is None
    held(ledger, "ann", lines={"STRING": 5_000_000})


def test_what_is_to_be_counted_and_never_was_is_unknown_and_not_none(ledger: Ledger) -> None:
    product(ledger, "UNSEEN", 1)
    with ledger.transaction():
        ledger.execute("DELETE FROM stock_move WHERE product = (SELECT id FROM product WHERE sku = 'UNSEEN')")
    assert room.available(ledger, "UNSEEN") is None
    held(ledger, "ann", lines={"UNSEEN": 3000})


def test_a_window_takes_as_many_as_staff_can_hand_over(ledger: Ledger) -> None:
    for name in ("ann", "bo"):
        holds.hold(ledger, wish(name), handovers=2, boxed=False)
    with pytest.raises(SlotFull):
        holds.hold(ledger, wish("cy"), handovers=2, boxed=False)
    later = wish("cy", slot_ms=wish("cy").slot_ms + 30 * MINUTE_MS)
    holds.hold(ledger, later, handovers=2, boxed=False)
    assert sorted(room.taken(ledger, "locker").values()) == [1, 2]


def test_a_cabinet_stops_promising_at_nine_of_ten(tmp_path: Path, clock: FakeClock) -> None:
    with build(tmp_path / "big.db", clock, count=10) as ledger:
        for number in range(9):
            held(ledger, f"buyer {number}", slot_ms=1_767_261_600_000 + number)
        with pytest.raises(NoBoxFree, match="size M"):
            held(ledger, "one too many", slot_ms=1)


def test_a_box_that_is_broken_or_uncertain_is_not_promised(ledger: Ledger) -> None:
    with ledger.transaction():
        for number in (1, 2, 3):
            boxes.happen(ledger, number, Event.TAKE_OUT)
    held(ledger, "ann")
    with pytest.raises(NoBoxFree):
        held(ledger, "bo")
    with ledger.transaction():
        boxes.happen(ledger, 4, Event.SEEN_OPEN)
    assert boxes.box_of(ledger, 4).state is State.LEFT_OPEN


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"key": "nope"}, "sixteen hex digits"),
        ({"lines": {}}, "nothing in it"),
        ({"lines": {"MUG": 0}}, "not positive"),
        ({"lines": {"MUG": -1000}}, "not positive"),
        ({"lines": {"MUG": 500}}, "by the piece"),
        ({"lines": {"NONE": 1000}}, "no product NONE"),
        ({"name": "x" * 61}, "too long"),
        ({"name": "a\x1b[2J"}, "too long"),
        ({"tail": "123"}, "two digits"),
        ({"tail": "٤٨"}, "two digits"),
        ({"lines": {f"S{n}": 1000 for n in range(51)}}, "nothing in it"),
    ],
)
def test_what_is_no_wish_holds_nothing(changes: dict[str, object], reason: str, ledger: Ledger) -> None:
    with pytest.raises(BadWish, match=reason):
        held(ledger, "ann", **changes)
    assert live(ledger) == []


def test_one_more_day_once_and_free(ledger: Ledger) -> None:
    order = held(ledger, "ann")
    with pytest.raises(BadWish):
        holds.extend(ledger, order.id)


RACE = """
import sys, pathlib
from kiosk.ledger.connection import Ledger
from kiosk.pickup import holds
from kiosk.pickup.wish import SlotFull, SoldOut
from tests.pickup.stall import wish
path, who, slot, handovers = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
ledger = Ledger.open(path)
sys.stdin.readline()
won = 0
for number in range(3):
    try:
        asked = wish(f"{who} {number}", slot_ms=slot, lines={"LAST": 1000})
        holds.hold(ledger, asked, handovers=handovers, boxed=False)
        won += 1
    except (SoldOut, SlotFull):
        pass
print(won)
"""


@pytest.mark.parametrize(("stock", "handovers", "winners"), [(1, 99, 1), (20, 1, 1), (5, 99, 5)])
def test_eight_writers_want_the_last(
    stock: int, handovers: int, winners: int, tmp_path: Path, clock: FakeClock
) -> None:
    path = tmp_path / "race.db"
    with build(path, clock) as ledger:
        product(ledger, "LAST", stock)
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(path), f"racer {number}", "1767261600000", str(handovers)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )
        for number in range(8)
    ]  # fmt: skip
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    won = [int(racer.communicate(timeout=60)[0]) for racer in racers]
    assert [racer.returncode for racer in racers] == [0] * 8
    assert sum(won) == winners
    with Ledger.open(path) as ledger:
        assert len(live(ledger)) == winners


def test_a_key_is_made_of_hex(ledger: Ledger) -> None:
    assert len(key("ann")) == 16
