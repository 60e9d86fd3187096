"""The power fails, the disk is full, two processes sell at once: a sale is there whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from kiosk.checkout.drafts import save_open
from kiosk.checkout.refund import refund
from kiosk.checkout.sale import NewSale, commit
from kiosk.checkout.shift import open_shift
from kiosk.checkout.z_report import close_shift
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import LedgerFull
from tests.checkout.books.stall import Stall, again, build, event

TABLES = (
    *("journal", "sale", "sale_line", "sale_tax", "payment", "print_job", "draft", "payment_attempt"),
    *("return_case", "closing", "cash_move", "article", "stock_level"),
)


class PowerCutError(BaseException):
    """Not an Exception, so that nothing on the way takes it for an error it knows."""


def counts(ledger: Ledger) -> dict[str, int]:
    """How many rows every table has."""
    return {table: ledger.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}  # noqa: S608


def cut_at(ledger: Ledger, nth: int) -> Callable[[], bool]:
    """Cut the power before the nth statement from now on; return whether it came to that."""
    seen = 0

    def trace(_cursor: object, _sql: str, _bindings: object) -> bool:
        nonlocal seen
        seen += 1
        if seen == nth:
            raise PowerCutError
        return True

    ledger.connection.exec_trace = trace
    return lambda: seen >= nth


def everywhere(stall: Stall, action: Callable[[Stall], object], path: Path) -> int:
    """Do something with the power cut before each of its statements in turn; return how many it has."""
    before = counts(stall.ledger)
    for nth in range(1, 200):
        happened = cut_at(stall.ledger, nth)
        try:
            action(stall)
        except PowerCutError:
            pass
        finally:
            stall.ledger.connection.exec_trace = None
        if not happened():
            return nth - 1
        witness = Ledger.open(path, clock=stall.clock)
        assert counts(witness) == before, f"half written when cut before statement {nth}"
        witness.close()
        if stall.ledger.connection.in_transaction:  # cut before the ROLLBACK: a dead process holds no lock
            stall.ledger.connection.execute("ROLLBACK")
    raise AssertionError("never done")


def ready(stall: Stall) -> NewSale:
    """A sale with a draft behind it and a card payment in it."""
    basket = stall.basket("MUG", ("OLIVES", 335), "LAMP")
    save_open(stall.ledger, "d1", basket, stall.mia)
    return stall.sale(basket, ("card", "cash"), draft="d1", event_id=event(1))


def test_a_sale_cut_anywhere_leaves_nothing(stall: Stall, tmp_path: Path) -> None:
    sale = ready(stall)
    steps = everywhere(stall, lambda here: commit(here.ledger, sale), tmp_path / "ledger.db")
    assert steps >= 12
    assert counts(stall.ledger)["sale"] == 1
    assert counts(stall.ledger)["draft"] == 0
    assert commit(stall.ledger, sale).repeated


def test_a_refund_cut_anywhere_leaves_nothing(stall: Stall, tmp_path: Path) -> None:
    sold = stall.sell("MUG", "BREAD")

    def give_back(here: Stall) -> object:
        return refund(here.ledger, sold.id, {1: 1000}, "refund", here.sam, event_id=event(2))

    assert everywhere(stall, give_back, tmp_path / "ledger.db") >= 12
    assert counts(stall.ledger)["sale"] == 2


def test_a_closing_cut_anywhere_leaves_the_shift_open(stall: Stall, tmp_path: Path) -> None:
    stall.sell("MUG")
    before = stall.ledger.rows("SELECT kind, state FROM print_job")
    assert everywhere(stall, lambda here: close_shift(here.ledger, {}, here.sam), tmp_path / "ledger.db") > 12
    assert counts(stall.ledger)["closing"] == 1
    assert stall.ledger.rows("SELECT kind, state FROM print_job")[: len(before)] == before


def test_a_process_killed_in_the_middle_leaves_a_sale_whole_or_away(tmp_path: Path) -> None:
    stall = build(tmp_path)
    open_shift(stall.ledger, stall.mia, 0)
    stall.ledger.close()
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from kiosk.ledger.connection import Ledger\n"
        "from kiosk.ledger.clock import FakeClock\n"
        "from tests.checkout.books.stall import again\n"
        "stall = again(Ledger.open(Path(sys.argv[1]), clock=FakeClock()), FakeClock())\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    print(stall.sell('MUG', ('OLIVES', 335)).number, flush=True)\n"
    )
    path = tmp_path / "ledger.db"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
        env=os.environ | {"PYTHONPATH": "."},
    ) as till:
        assert till.stdout is not None
        told = [till.stdout.readline().strip() for _ in range(40)][1:]
        till.kill()
        told += till.stdout.read().split()
    ledger = Ledger.open(path)
    assert told == [f"A-{number:06}" for number in range(1, len(told) + 1)]
    stored = counts(ledger)
    assert len(told) <= stored["sale"] <= len(told) + 1  # the last may have been stored and not told
    assert stored["sale_line"] == stored["sale_tax"] == 2 * stored["sale"]
    assert stored["payment"] == stored["sale"]
    assert stored["print_job"] == 2 * stored["sale"]
    assert ledger.rows("PRAGMA quick_check") == [("ok",)]
    ledger.close()


def test_a_full_disk_refuses_the_sale_and_keeps_the_rest(stall: Stall) -> None:
    stall.sell("MUG")
    pages = stall.ledger.rows("PRAGMA page_count")[0][0]
    stall.ledger.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    before = counts(stall.ledger)
    sales = [stall.sale(stall.basket("MUG", "LAMP")) for _ in range(40)]
    with pytest.raises(LedgerFull):
        for sale in sales:
            commit(stall.ledger, sale)
            before = counts(stall.ledger)
    assert counts(stall.ledger) == before
    stall.ledger.execute("PRAGMA max_page_count = 1000000").fetchall()
    refused = next(sale for sale in sales if not commit(stall.ledger, sale).repeated)
    assert refused is not sales[0]
    numbers = [row[0] for row in stall.ledger.rows("SELECT number FROM sale ORDER BY id")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_two_processes_selling_at_once_share_the_numbers(stall: Stall) -> None:
    second = again(stall.ledger.sibling(), stall.clock)
    numbers = []
    for _ in range(10):
        numbers += [stall.sell("MUG").number, second.sell("BREAD").number]
    second.ledger.close()
    assert numbers == [f"A-{number:06}" for number in range(1, 21)]


def test_one_sale_sent_by_two_processes_is_one_sale(stall: Stall) -> None:
    second = again(stall.ledger.sibling(), stall.clock)
    sale = stall.sale(stall.basket("MUG"))
    first = commit(stall.ledger, sale)
    repeated = commit(second.ledger, sale)
    second.ledger.close()
    assert (repeated.number, repeated.repeated) == (first.number, True)


def test_two_tills_of_one_ledger_in_a_race(tmp_path: Path) -> None:
    stall = build(tmp_path)
    open_shift(stall.ledger, stall.mia, 0)
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from kiosk.ledger.connection import Ledger\n"
        "from kiosk.ledger.clock import FakeClock\n"
        "from tests.checkout.books.stall import again\n"
        "stall = again(Ledger.open(Path(sys.argv[1]), clock=FakeClock()), FakeClock())\n"
        "print(*[stall.sell('MUG').number for _ in range(25)])\n"
    )
    tills = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "ledger.db")],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
            env=os.environ | {"PYTHONPATH": "."},
        )
        for _ in range(2)
    ]
    told = [number for till in tills for number in till.communicate(timeout=60)[0].split()]
    assert sorted(told) == [f"A-{number:06}" for number in range(1, 51)]
    stall.ledger.close()


def test_the_ledger_refuses_to_change_what_was_paid(stall: Stall) -> None:
    stall.sell("MUG")
    for sql in (
        "UPDATE sale SET total = 0, net = 0, tax = 0",
        "DELETE FROM sale_line",
        "UPDATE payment SET amount = 1",
        "DELETE FROM journal",
    ):
        with pytest.raises(apsw.ConstraintError):
            stall.ledger.execute(sql)
