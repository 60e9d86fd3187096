"""A printer as the print queue meets it: whole jobs, honest offsets, a drawer that opens when asked."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import pytest

from hardware.device import State, StateChanged
from hardware.printer.encoder import PULSE
from hardware.printer.errors import (
    CoverOpen,
    PaperOut,
    PrinterFault,
    PrinterGone,
    PrinterSilent,
    PrinterStalled,
)
from hardware.printer.printer import Printer
from hardware.printer.profile import PROFILES
from hardware.printer.status import UNKNOWN, PrinterReported
from hardware.simulated.printer import SimulatedPrinter

JOB = b"\x1b@\x1bt\x13" + b"".join(b"line %03d of a long receipt\n" % n for n in range(60)) + b"\x1dVB\x00"


class Cable:
    """A link to a simulated printer in memory, with the faults of a cable."""

    answers: bool

    def __init__(self, printer: SimulatedPrinter) -> None:
        self.answers = True
        self.printer = printer
        self.back = b""
        self.taken = 0
        self.cut_after: int | None = None
        self.stuck = False
        self.queued = 0
        """Bytes that the operating system holds; one leaves at every look."""
        self.drains = True
        self.queue_from = 0
        """Bytes taken before anything queues."""

    def open(self) -> None:
        self.back = b""

    def write(self, chunk: bytes, _deadline_s: float) -> int:
        if self.cut_after is not None and self.taken + len(chunk) > self.cut_after:
            left, self.cut_after = self.cut_after - self.taken, self.taken
            if left <= 0:
                raise ConnectionResetError("cut")
            chunk = chunk[:left]
        if self.queue_from and self.taken >= self.queue_from and not self.drains:
            return len(chunk)  # the computer takes it, and it goes no further
        real_time = chunk.startswith(b"\x10")
        room = len(chunk) if real_time else 0 if self.stuck else self.printer.room
        took = chunk[:room]
        self.taken += len(took)
        self.back += self.printer.receive(took) + self.printer.work()
        return len(took)

    def read(self, most: int, _deadline_s: float) -> bytes:
        came, self.back = self.back[:most], self.back[most:]
        return came

    def pending(self) -> int:
        if self.taken < self.queue_from:
            return 0
        self.queued = max(0, self.queued - self.drains)
        return self.queued

    def close(self) -> None:
        self.back = b""


class Bench:
    """A printer on a cable, with a clock that moves a second at each look and each wait."""

    def __init__(self) -> None:
        self.simulated = SimulatedPrinter(PROFILES["80mm"])
        self.cable = Cable(self.simulated)
        self.now = 0.0
        self.on_wait: Callable[[], None] = lambda: None
        self.printer = Printer("printer", self.cable, PROFILES["80mm"], clock=self.clock, wait=self.wait)
        self.printer.open()
        self.progress: list[int] = []

    def clock(self) -> float:
        self.now += 1.0
        return self.now

    def wait(self, event: threading.Event, seconds: float) -> bool:
        self.now += seconds
        self.on_wait()
        return event.is_set()

    def send(self, job: bytes = JOB) -> object:
        return self.printer.send(job, self.progress.append)

    def answer(self) -> None:
        """The printer works on by itself, and what it answers is on the cable."""
        self.cable.back += self.simulated.work()

    def new_roll(self) -> None:
        self.simulated.faults.paper = "ok"
        self.answer()

    def lines(self) -> list[str]:
        return [line for line in self.simulated.paper.text() if line.startswith("line")]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_job_leaves_in_chunks_and_is_confirmed_when_worked_off(bench: Bench) -> None:
    delivery = bench.printer.send(JOB, bench.progress.append)
    assert bench.progress == [512, 1024, 1536, len(JOB)]
    assert (delivery.sent, delivery.confirmed, delivery.status.paper) == (len(JOB), True, "ok")
    assert len(bench.lines()) == 60
    assert bench.simulated.paper.cuts == 1


def test_no_paper_before_the_job_leaves_it_whole(bench: Bench) -> None:
    bench.simulated.faults.paper = "out"
    with pytest.raises(PaperOut) as caught:
        bench.send()
    assert caught.value.untouched
    assert bench.lines() == []
    bench.simulated.faults.paper = "ok"
    bench.send()
    assert len(bench.lines()) == 60


def test_an_open_cover_and_a_jam_have_their_own_words(bench: Bench) -> None:
    bench.simulated.faults.cover_open = True
    with pytest.raises(CoverOpen, match="nothing was printed; close it"):
        bench.send()
    bench.simulated.faults.cover_open, bench.simulated.faults.jammed = False, True
    with pytest.raises(PrinterFault):
        bench.send()


def test_paper_that_ends_inside_a_receipt_keeps_it_under_way_until_it_is_all_on_paper(bench: Bench) -> None:
    """The printer holds the rest in its buffer; switched off now, it would lose it."""

    def new_roll() -> None:
        assert len(bench.lines()) == 10
        bench.new_roll()

    bench.simulated.faults.lines_left = 10
    bench.on_wait = new_roll
    delivery = bench.printer.send(JOB)
    assert delivery.confirmed
    assert len(bench.lines()) == 60


def test_a_printer_switched_off_while_it_waits_for_paper_leaves_the_job_in_doubt(bench: Bench) -> None:
    bench.simulated.faults.lines_left = 10
    bench.on_wait = lambda: setattr(bench.cable, "cut_after", bench.cable.taken)
    with pytest.raises(PrinterGone) as caught:
        bench.send()
    assert caught.value.sent == len(JOB)


def test_a_printer_that_falls_silent_with_the_job_in_its_buffer_leaves_it_in_doubt(bench: Bench) -> None:
    bench.simulated.faults.lines_left = 10
    bench.on_wait = lambda: setattr(bench.simulated.faults, "silent", True)
    with pytest.raises(PrinterSilent) as caught:
        bench.send()
    assert caught.value.sent == len(JOB)


def test_a_hot_head_is_waited_for(bench: Bench) -> None:
    bench.simulated.faults.hot = True
    bench.on_wait = lambda: (setattr(bench.simulated.faults, "hot", bench.now < 100), bench.answer())[0]
    assert bench.printer.send(JOB).confirmed
    assert bench.now >= 100


def test_while_it_waits_for_paper_another_sale_may_open_the_drawer(bench: Bench) -> None:
    opened: list[int] = []

    def next_sale() -> None:
        if not opened:
            opened.append(bench.printer.pulse().sent)
            assert bench.simulated.pulses == 1
        elif bench.now > 60:
            bench.new_roll()

    bench.simulated.faults.lines_left = 10
    assert bench.printer.send(JOB, meanwhile=next_sale).confirmed
    assert bench.simulated.pulses == 1
    assert len(bench.lines()) == 60


def test_inside_a_picture_the_printer_is_not_asked(bench: Bench) -> None:
    """Many printers count the question as part of the picture, and print what is then too much of it."""
    picture = b"\x1dv0\x00\x48\x00\x64\x00" + b"\xaa" * 7200
    bench.simulated.faults.lines_left = 1
    asked: list[bytes] = []
    write = bench.cable.write
    bench.cable.write = lambda chunk, wait: asked.append(chunk) or write(chunk, wait)  # type: ignore[method-assign, func-returns-value]
    with pytest.raises(PrinterStalled) as caught:
        bench.send(b"\x1b@first\n" + picture + b"last\n")
    assert 4096 <= caught.value.sent < len(picture)
    sent = next(n for n, chunk in enumerate(asked) if chunk.startswith(b"\x1b@"))
    assert [chunk for chunk in asked[sent:] if chunk.startswith(b"\x10")] == []


def test_after_a_picture_cut_off_the_next_job_is_printed_whole(bench: Bench) -> None:
    """The printer waits for the rest of the picture: it gets white, not the next receipt."""
    picture = b"\x1dv0\x00\x48\x00\x28\x00" + b"\xaa" * 2880
    bench.simulated.faults.lines_left = 1
    with pytest.raises(PrinterStalled):
        bench.send(b"\x1b@first\n" + picture + picture + b"last\n")
    bench.new_roll()
    bench.simulated.paper.tear()
    bench.send(JOB)
    assert len(bench.lines()) == 60
    assert bench.simulated.paper.unknown == []


def test_a_long_job_waits_for_paper_and_then_goes_on_where_it_was(bench: Bench) -> None:
    long = JOB[:5] + b"line\n" * 2000

    bench.simulated.faults.lines_left = 100
    bench.on_wait = bench.new_roll
    bench.printer.send(long)
    assert len(bench.lines()) == 2000


def test_a_long_job_without_paper_gives_up_after_ten_minutes_with_its_offset(bench: Bench) -> None:
    bench.simulated.faults.lines_left = 100
    with pytest.raises(PaperOut) as caught:
        bench.send(JOB[:5] + b"line\n" * 2000)
    assert 4096 <= caught.value.sent <= 5000
    assert not caught.value.untouched
    assert bench.now >= 600


def test_a_printer_that_takes_nothing_and_does_not_say_why_has_stalled(bench: Bench) -> None:
    bench.cable.stuck = True
    with pytest.raises(PrinterStalled) as caught:
        bench.send()
    assert caught.value.sent == 0
    assert bench.now < 30


def test_a_cable_pulled_in_the_middle_says_how_many_bytes_had_left(bench: Bench) -> None:
    bench.cable.cut_after = 12 + 700
    with pytest.raises(PrinterGone) as caught:
        bench.send()
    assert caught.value.sent == 700
    assert "700 bytes had left" in str(caught.value)


@pytest.mark.parametrize("fault", ["silent", "garbled"])
def test_a_printer_that_should_answer_and_does_not_gets_no_job(bench: Bench, fault: str) -> None:
    setattr(bench.simulated.faults, fault, True)
    with pytest.raises(PrinterSilent, match="nothing was printed; check its cover") as caught:
        bench.send()
    assert caught.value.untouched
    assert bench.lines() == []


def test_a_printer_that_never_answers_prints_but_confirms_nothing(bench: Bench) -> None:
    bench.simulated.faults.silent = True
    bench.cable.answers = False
    delivery = bench.printer.send(JOB)
    assert not delivery.confirmed
    assert delivery.status == UNKNOWN
    assert len(bench.lines()) == 60


def test_half_a_reply_leaves_the_rest_unknown(bench: Bench) -> None:
    bench.simulated.faults.half = True
    delivery = bench.printer.send(JOB)
    assert (delivery.status.online, delivery.status.cover, delivery.status.paper) == (True, "closed", None)
    assert not delivery.confirmed


def test_bytes_that_wait_in_the_computer_are_waited_for(bench: Bench) -> None:
    bench.cable.queue_from = len(JOB)
    bench.cable.queued, bench.cable.answers = 5, False
    assert bench.printer.send(JOB).sent == len(JOB)
    assert bench.cable.queued == 0


@pytest.mark.parametrize("answers", [True, False])
def test_bytes_that_never_leave_the_computer_are_not_counted(bench: Bench, answers: bool) -> None:
    bench.cable.queue_from = len(JOB)
    bench.cable.answers = answers
    bench.cable.queued, bench.cable.drains = 300, False
    with pytest.raises(PrinterStalled) as caught:
        bench.send()
    assert caught.value.sent == len(JOB) - 300
    assert bench.now < 120


def test_the_drawer_opens_once_per_pulse_and_also_without_paper(bench: Bench) -> None:
    assert bench.printer.pulse().confirmed
    assert bench.simulated.pulses == 1
    bench.simulated.faults.paper = "out"
    bench.printer.pulse(5)
    assert bench.simulated.pulses == 2
    bench.simulated.faults.paper = "ok"
    bench.simulated.work()
    assert bench.simulated.pulses == 2


def test_a_receipt_opens_no_drawer(bench: Bench) -> None:
    bench.send()
    assert bench.simulated.pulses == 0
    bench.send(PULSE[2])
    assert bench.simulated.pulses == 1


def test_run_reports_changes_only_and_names_what_a_person_must_do(bench: Bench) -> None:
    events: list[object] = []
    script = iter(
        [
            lambda: None,
            lambda: setattr(bench.simulated.faults, "paper", "out"),
            lambda: None,
            bench.printer.close,
        ]
    )
    bench.on_wait = lambda: next(script)()  # noqa: PLW0108  a new one each time
    bench.printer.run(events.append)
    statuses = [event.status.paper for event in events if isinstance(event, PrinterReported)]
    assert statuses == ["ok", "out", None]
    states = [event for event in events if isinstance(event, StateChanged)]
    assert states == [
        StateChanged("printer", State.READY, ""),
        StateChanged("printer", State.DEGRADED, "the printer is out of paper"),
    ]


def test_a_printer_at_rest_is_looked_at_as_soon_as_somebody_wants_to_know(bench: Bench) -> None:
    told: queue.Queue[object] = queue.Queue()
    printer = Printer("printer", bench.cable, PROFILES["80mm"])
    printer.look_s = 3600.0
    printer.open()
    thread = threading.Thread(target=printer.run, args=(told.put,))
    thread.start()
    try:
        assert told.get(timeout=10) == PrinterReported("printer", printer.status)
        assert told.get(timeout=10) == StateChanged("printer", State.READY, "")
        bench.simulated.faults.paper = "out"
        printer.look()
        found = told.get(timeout=10)
        assert isinstance(found, PrinterReported) and found.status.paper == "out"
    finally:
        printer.close()
        thread.join(10)


def test_run_opens_the_link_anew_after_three_silent_looks(bench: Bench) -> None:
    bench.on_wait = lambda: setattr(bench.simulated.faults, "silent", True)
    with pytest.raises(TimeoutError, match="stopped answering"):
        bench.printer.run(lambda _event: None)


def test_run_ends_when_a_job_found_the_link_broken(bench: Bench) -> None:
    def job() -> None:
        bench.cable.cut_after = bench.cable.taken
        with pytest.raises(PrinterGone):
            bench.send()

    bench.on_wait = job
    with pytest.raises(ConnectionError, match="cut"):
        bench.printer.run(lambda _event: None)
