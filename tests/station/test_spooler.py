"""The spooler without a thread: one step at a time, on a printer that does what the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest

from hardware.printer.errors import CoverOpen, PaperOut, PrinterGone, PrintError, PrinterStalled
from hardware.printer.printer import Delivery, Printer
from hardware.printer.status import UNKNOWN
from kiosk.checkout import printqueue
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import LedgerFull
from kiosk.settings import Settings
from kiosk.station.events import DrawerStuck, QueueChanged
from kiosk.station.spooler import PRINTS_S, Render, Spooler
from tests.station.stand import Heard


@dataclass
class FakePrinter:
    """Takes what it is sent, or fails as it is told."""

    sent: list[bytes] = field(default_factory=list)
    pins: list[int] = field(default_factory=list)
    trouble: PrintError | None = None
    """What the next job or pulse ends with."""
    confirms: bool = True
    during: Callable[[], None] = lambda: None
    """Called while a job is under way."""
    wants_paper: Callable[[], bool] = lambda: False
    """Whether it waits for somebody to put in a roll, asked again after each moment it waits."""

    def send(self, job: bytes, on_progress: Callable[[int], None], meanwhile: Callable[[], None]) -> Delivery:
        self.during()
        while self.wants_paper():
            meanwhile()
        if self.trouble is not None:
            if self.trouble.sent:
                on_progress(self.trouble.sent)
            raise self.trouble
        on_progress(len(job))
        self.sent.append(job)
        return Delivery(len(job), UNKNOWN, self.confirms)

    def pulse(self, pin: int) -> Delivery:
        if self.trouble is not None:
            raise self.trouble
        self.pins.append(pin)
        return Delivery(5, UNKNOWN, False)


@dataclass
class Bench:
    """A ledger, a printer and the spooler between them."""

    ledger: Ledger
    printer: FakePrinter
    told: list[object]

    def spooler(self, pin: int = 2, render: Render | None = None) -> Spooler:
        draw = render or (lambda _ledger, job: f"{job.kind} {job.ref} {job.copy}".encode())
        return Spooler(cast(Printer, self.printer), draw, self.told.append, pin)

    def add(self, kind: printqueue.Kind, ref: int | None = 1, body: str | None = None) -> int:
        with self.ledger.transaction():
            printqueue.enqueue(self.ledger, kind, ref, body=body)
        return printqueue.open_jobs(self.ledger)[-1].id

    def states(self) -> list[tuple[str, str, int]]:
        return self.ledger.rows("SELECT kind, state, sent FROM print_job ORDER BY id")

    def error(self, job: int) -> str:
        row = self.ledger.row("SELECT error FROM print_job WHERE id = ?", (job,))
        assert row is not None
        return str(row[0])


@pytest.fixture
def bench(shop: Settings) -> Iterator[Bench]:
    """An empty queue."""
    with Ledger.open(shop.ledger) as ledger:
        yield Bench(ledger, FakePrinter(), [])


def test_an_empty_queue_is_nothing_to_do(bench: Bench) -> None:
    assert not bench.spooler().step(bench.ledger)
    assert bench.printer.sent == []


def test_a_job_is_sent_and_confirmed(bench: Bench) -> None:
    bench.add("receipt", 7)
    assert bench.spooler().step(bench.ledger)
    assert bench.printer.sent == [b"receipt 7 0"]
    assert bench.states() == [("receipt", "CONFIRMED", 11)]


def test_without_a_printer_a_slip_waits_and_a_pulse_is_over(bench: Bench) -> None:
    bench.add("receipt")
    bench.add("drawer")
    spooler = Spooler(None, lambda _ledger, _job: b"", bench.told.append, drawer_pin=0)
    assert spooler.step(bench.ledger)
    assert not spooler.step(bench.ledger)
    assert bench.states() == [("receipt", "QUEUED", 0), ("drawer", "CANCELLED", 0)]
    assert bench.told == [], "nobody is told of a drawer that was never there"


def test_a_printer_that_says_nothing_leaves_a_job_sent_not_confirmed(bench: Bench) -> None:
    bench.printer.confirms = False
    bench.add("receipt")
    assert bench.spooler().step(bench.ledger)
    assert bench.states() == [("receipt", "SENT", 11)]


def test_sending_is_on_disk_before_the_first_byte_leaves(bench: Bench) -> None:
    bench.add("receipt")
    seen: list[tuple[str, str, int]] = []
    with bench.ledger.sibling(readonly=True) as other:
        bench.printer.during = lambda: seen.extend(other.rows("SELECT kind, state, sent FROM print_job"))
        bench.spooler().step(bench.ledger)
    assert seen == [("receipt", "SENDING", 0)]


@pytest.mark.parametrize("trouble", [PaperOut(), CoverOpen(), PrinterGone(), PrinterStalled()])
def test_a_job_of_which_nothing_left_waits_whole(bench: Bench, trouble: PrintError) -> None:
    job = bench.add("receipt")
    bench.add("slip", None)
    bench.printer.trouble = trouble
    spooler = bench.spooler()
    assert not spooler.step(bench.ledger), "the ones behind it wait too: order is kept"
    assert bench.states() == [("receipt", "QUEUED", 0), ("slip", "QUEUED", 0)]
    assert bench.error(job) == trouble.what
    bench.printer.trouble = None
    while spooler.step(bench.ledger):
        pass
    assert bench.printer.sent == [b"receipt 1 0", b"slip None 0"]


@pytest.mark.parametrize("trouble", [PaperOut(100), PrinterGone(5), PrinterStalled(11)])
def test_a_job_cut_off_is_in_doubt_and_the_next_one_comes(bench: Bench, trouble: PrintError) -> None:
    job = bench.add("receipt")
    bench.printer.trouble = trouble
    spooler = bench.spooler()
    assert spooler.step(bench.ledger)
    assert bench.states() == [("receipt", "DOUBTFUL", trouble.sent)]
    assert bench.error(job) == trouble.what
    bench.printer.trouble = None
    assert not spooler.step(bench.ledger), "never resumed, never sent again by itself"
    assert bench.printer.sent == []
    bench.add("receipt", 2)
    assert spooler.step(bench.ledger)
    assert bench.printer.sent == [b"receipt 2 0"]


def test_the_drawer_opens_on_its_pin_before_any_slip(bench: Bench) -> None:
    bench.add("receipt")
    bench.add("drawer")
    bench.printer.trouble = PaperOut()
    spooler = bench.spooler(pin=5)
    bench.printer.during = lambda: pytest.fail("a slip came before the pulse")
    bench.printer.trouble = None
    assert spooler.step(bench.ledger)
    assert bench.printer.pins == [5]
    assert bench.states() == [("receipt", "QUEUED", 0), ("drawer", "SENT", 5)]


def test_a_pulse_that_failed_is_over_and_told(bench: Bench) -> None:
    bench.add("drawer")
    bench.printer.trouble = PrinterGone()
    spooler = bench.spooler()
    assert spooler.step(bench.ledger)
    assert bench.told == [DrawerStuck("the printer is not connected")]
    bench.printer.trouble = None
    assert not spooler.step(bench.ledger)
    assert bench.printer.pins == []
    assert bench.states() == [("drawer", "CANCELLED", 0)]


def test_the_drawer_opens_for_each_sale_while_a_slip_waits_for_paper_in_its_middle(bench: Bench) -> None:
    """Given a roll that ended inside a receipt, when three more are paid, the drawer opened three times."""
    bench.add("receipt", 1)
    sales = iter(["drawer", "receipt", "drawer", "receipt", "drawer"])

    def still_out() -> bool:
        kind = next(sales, None)
        if kind is not None:
            bench.add(kind)  # type: ignore[arg-type]
        return kind is not None

    bench.printer.wants_paper = still_out
    spooler = bench.spooler()
    assert spooler.step(bench.ledger)
    assert bench.printer.pins == [2, 2, 2]
    bench.printer.wants_paper = lambda: False
    while spooler.step(bench.ledger):
        pass
    assert bench.printer.sent == [b"receipt 1 0"] * 3
    assert bench.printer.pins == [2, 2, 2]


def test_where_there_is_no_drawer_nothing_is_sent_and_nobody_is_told(bench: Bench) -> None:
    bench.add("drawer")
    assert bench.spooler(pin=0).step(bench.ledger)
    assert (bench.printer.pins, bench.told) == ([], [])
    assert bench.states() == [("drawer", "CANCELLED", 0)]


@pytest.mark.parametrize(
    "trouble", [ValueError("bad"), LookupError("gone"), TypeError("odd"), RuntimeError("x")]
)
def test_what_cannot_be_drawn_is_in_doubt_and_does_not_block(bench: Bench, trouble: Exception) -> None:
    def render(_ledger: Ledger, job: printqueue.Job) -> bytes:
        if job.ref == 1:
            raise trouble
        return b"fine"

    first = bench.add("receipt", 1)
    bench.add("receipt", 2)
    spooler = bench.spooler(render=render)
    assert spooler.step(bench.ledger)
    assert spooler.step(bench.ledger)
    assert bench.printer.sent == [b"fine"]
    assert bench.error(first) == str(trouble)
    assert [state for _kind, state, _sent in bench.states()] == ["DOUBTFUL", "CONFIRMED"]


def test_a_ledger_that_is_full_while_a_slip_is_drawn_is_not_the_slips_fault(bench: Bench) -> None:
    def render(ledger: Ledger, _job: printqueue.Job) -> bytes:
        raise LedgerFull(ledger.path)

    bench.add("receipt")
    with pytest.raises(LedgerFull):
        bench.spooler(render=render).step(bench.ledger)
    assert bench.states() == [("receipt", "QUEUED", 0)]


def test_a_full_disk_ends_no_printing_for_good(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    full = [True]
    real = printqueue.mark_sent

    def mark_sent(ledger: Ledger, job: int, sent: int, *, confirmed: bool) -> None:
        if full:
            full.clear()
            raise LedgerFull(ledger.path)
        real(ledger, job, sent, confirmed=confirmed)

    monkeypatch.setattr("kiosk.station.spooler.printqueue.mark_sent", mark_sent)
    monkeypatch.setattr("kiosk.station.spooler.RETRY_S", 0.01)
    bench.add("receipt", 1)
    bench.add("receipt", 2)
    spooler = bench.spooler()
    spooler.start(bench.ledger)
    Heard().until(lambda: [state for _kind, state, _sent in bench.states()] == ["DOUBTFUL", "CONFIRMED"])
    spooler.stop()
    assert bench.printer.sent == [b"receipt 1 0", b"receipt 2 0"]
    assert QueueChanged(0, 1) in bench.told


def test_paper_moves_while_bytes_go_and_for_a_moment_after_but_not_while_a_slip_waits(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    spooler, moved = bench.spooler(), list[bool]()
    monkeypatch.setattr(spooler, "_clock", lambda: now[0])
    assert not spooler.is_printing

    def wants_paper() -> bool:
        now[0] += PRINTS_S
        moved.append(spooler.is_printing)
        return len(moved) < 2

    bench.printer.during = lambda: moved.append(spooler.is_printing)
    bench.printer.wants_paper = wants_paper
    bench.add("receipt")
    spooler.step(bench.ledger)
    assert moved == [True, False], "without paper nothing moves, and shedding goes on"
    assert spooler.is_printing
    now[0] += PRINTS_S
    assert not spooler.is_printing


def test_it_stops_at_once_when_it_waits(bench: Bench) -> None:
    spooler = bench.spooler()
    spooler.start(bench.ledger)
    spooler.wake()
    spooler.stop()
    spooler.stop()
