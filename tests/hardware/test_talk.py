"""The conversation with a printer that loses answers, tells of things unasked, and says when it is done."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from hardware.printer.link import LinkLost
from hardware.printer.profile import PROFILES, Profile
from hardware.printer.status import UNKNOWN, PrinterStatus
from hardware.printer.talk import ALL, Talk
from hardware.simulated.printer import SimulatedPrinter

WELL = PrinterStatus(True, "ok", "closed", "closed", "none")
EPSON, OTHER = PROFILES["tm-t20"], PROFILES["80mm"]


@dataclass
class Wire:
    """A simulated printer at the other end; what it says waits until it is read."""

    printer: SimulatedPrinter = field(default_factory=SimulatedPrinter)
    answers: bool = True
    back: bytes = b""
    sent: list[bytes] = field(default_factory=list)
    stuck: int = 0
    """Bytes that do not leave the computer."""
    room: int | None = None
    """Bytes it still takes; ``None`` for any number."""
    gone: bool = False

    def open(self) -> None:
        """Always open."""

    def close(self) -> None:
        """Never closed."""

    def write(self, chunk: bytes, _deadline_s: float) -> int:
        if self.gone:
            raise ConnectionResetError(104, "gone")
        if self.room is not None:
            chunk = chunk[: self.room]
            self.room -= len(chunk)
        self.sent.append(chunk)
        if not self.stuck:
            self.back += self.printer.receive(chunk) + self.printer.work()
        return len(chunk)

    def read(self, most: int, _deadline_s: float) -> bytes:
        came, self.back = self.back[:most], self.back[most:]
        return came

    def pending(self) -> int:
        return self.stuck

    def happens(self, fault: str, value: object) -> None:
        """Something happens to the printer, and it may tell of it."""
        setattr(self.printer.faults, fault, value)
        self.back += self.printer.work()


def talk(wire: Wire, profile: Profile = OTHER) -> Talk:
    return Talk(wire, profile, clock=lambda: 0.0)


def test_four_questions_in_one_go() -> None:
    wire = Wire()
    assert talk(wire).status() == WELL
    assert wire.sent == [ALL]


def test_a_lost_answer_shifts_no_other() -> None:
    wire = Wire()
    wire.printer.faults.half = True
    assert talk(wire).status() == PrinterStatus(True, None, "closed", "closed", None)


def test_what_is_told_unasked_between_the_answers_confuses_nothing() -> None:
    wire = Wire()
    wire.back = b""
    speaking = talk(wire, EPSON)
    speaking.listen_in()
    assert speaking.status() == WELL
    wire.happens("paper", "low")
    assert speaking.status() == PrinterStatus(True, "low", "closed", "closed", "none")


def test_a_printer_that_told_of_its_open_cover_and_then_is_silent_is_believed() -> None:
    """Many USB and network printers answer nothing while their cover is open."""
    wire = Wire()
    speaking = talk(wire, EPSON)
    speaking.listen_in()
    wire.happens("cover_open", True)
    wire.printer.faults.silent = True
    assert speaking.status().cover == "open"
    wire.printer.faults.silent = False
    wire.printer.faults.cover_open = False
    assert speaking.status() == WELL
    wire.printer.faults.silent = True
    assert speaking.status() == UNKNOWN


def test_a_printer_that_told_that_all_was_well_and_then_is_silent_is_not_believed() -> None:
    wire = Wire()
    speaking = talk(wire, EPSON)
    speaking.listen_in()
    wire.happens("paper", "low")
    wire.printer.faults.silent = True
    assert speaking.status() == UNKNOWN


def test_only_printers_that_can_are_told_to_speak_up() -> None:
    wire = Wire()
    talk(wire).listen_in()
    assert wire.sent == []
    talk(wire, EPSON).listen_in()
    assert wire.sent == [b"\x1da\x0f"]


def test_questions_that_do_not_leave_the_computer_do_not_pile_up() -> None:
    wire = Wire(stuck=12)
    speaking = talk(wire)
    for _look in range(20):
        assert speaking.status() == UNKNOWN
    assert wire.sent == [ALL]


@pytest.mark.parametrize(
    ("profile", "request_"),
    [(OTHER, b"\x1dr\x01"), (EPSON, b"\x1d(H\x06\x00000042")],
)
def test_it_says_when_everything_before_is_done(profile: Profile, request_: bytes) -> None:
    wire = Wire()
    wire.printer.faults.paper = "out"
    speaking = talk(wire, profile)
    speaking.request(42)
    assert wire.sent == [request_]
    assert not speaking.finished(0.5)
    wire.happens("paper", "ok")
    assert speaking.finished(0.5)


def test_another_jobs_process_id_says_nothing_of_this_one() -> None:
    wire = Wire()
    speaking = talk(wire, EPSON)
    wire.printer.faults.silent = True
    speaking.request(42)
    wire.back = b"\x37\x220041\x00"
    assert not speaking.finished(0.5)
    wire.back = b"\x37\x220042\x00"
    assert speaking.finished(0.5)


def test_the_late_reply_to_a_job_given_up_is_not_taken_for_this_ones() -> None:
    wire = Wire()
    speaking = talk(wire)
    wire.printer.faults.paper = "out"
    speaking.request(1)
    speaking.request(2)
    wire.back = b"\x00"
    assert not speaking.finished(0)
    wire.back = b"\x00"
    assert speaking.finished(0)


def test_a_torn_question_is_ended_before_anything_else_leaves() -> None:
    """A printer waits for as many bytes as a command has, and would take the job's first for them."""
    wire = Wire(room=5)
    speaking = talk(wire)
    assert speaking.status() == UNKNOWN
    assert b"".join(wire.sent) == ALL[:5]
    wire.room = 3
    assert speaking.wire.write(b"job", 0.1) == 0
    wire.room = None
    assert speaking.wire.write(b"job", 0.1) == 3
    assert b"".join(wire.sent) == ALL + b"job"


def test_a_torn_pulse_ends_in_zeros_and_does_nothing_late() -> None:
    wire = Wire(room=3)
    speaking = talk(wire)
    assert not speaking.wire.command(b"\x1bp\x00\x19\xfa", 0.1, late=False)
    wire.room = None
    assert speaking.wire.write(b"\x1b@job", 0.1) == 5
    assert b"".join(wire.sent) == b"\x1bp\x00\x00\x00\x1b@job"


def test_an_answer_that_comes_while_the_status_is_asked_is_not_lost() -> None:
    wire = Wire()
    speaking = talk(wire)
    speaking.request(1)
    assert speaking.status() == WELL
    assert speaking.finished(0)


def test_a_broken_link_keeps_its_number() -> None:
    wire = Wire(gone=True)
    with pytest.raises(LinkLost) as caught:
        talk(wire).status()
    assert caught.value.errno == 104
