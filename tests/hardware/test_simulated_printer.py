"""The simulated printer: any cut of the stream prints the same, and faults are as in life."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.printer.profile import PROFILES
from hardware.simulated.printer import BUFFER, SimulatedPrinter
from hardware.simulated.tokenizer import COMMANDS, Token, Tokenizer

STREAM = (
    b"\x1b@\x1bt\x13\x1ba\x01\x1d!\x11Barrow\n\x1d!\x00\x1ba\x00K\x84se 3,50 \xd5\n\x1bE\x01Summe\n"
    b"\x10\x04\x01\x1d(k\x08\x001P0https\x1d(k\x03\x001Q0\x1dv0\x00\x02\x00\x01\x00\xff\x00\x1bd\x02\x1bp\x00\x19\xfa\x1dVB\x00"
)


@given(st.lists(st.integers(1, 40), max_size=60))
def test_any_cut_of_the_stream_prints_the_same(cuts: list[int]) -> None:
    whole, pieces = SimulatedPrinter(), SimulatedPrinter()
    replies = whole.receive(STREAM) + whole.work()
    at, got = 0, b""
    for size in [*cuts, len(STREAM)]:
        got += pieces.receive(STREAM[at : at + size]) + pieces.work()
        at += size
    assert (pieces.paper.text(), pieces.pulses, got) == (whole.paper.text(), 1, replies)


@given(st.binary(max_size=300))
def test_noise_never_breaks_it(noise: bytes) -> None:
    printer = SimulatedPrinter()
    printer.receive(noise)
    printer.work()


def test_what_the_paper_looks_like() -> None:
    printer = SimulatedPrinter(PROFILES["58mm"])
    printer.receive(STREAM)
    printer.work()
    assert printer.paper.text() == [
        "          B a r r o w",
        "Käse 3,50 €",
        "Summe",
        "[QR: https]",
        "[picture: 16 x 1 dots]",
        "",
        "",
        "✂ - - - - - - - - - - - - - - -",
    ]
    assert printer.paper.unknown == []


def test_every_command_of_the_table_is_read_whole() -> None:
    for prefix, shape in COMMANDS.items():
        tokens = Tokenizer()
        command = prefix + b"\x01" * shape.parameters
        tokens.feed(command + b"\x00" * shape.content(b"\x01" * shape.parameters) + b"end")
        assert tokens.next() != Token("unknown")
        assert tokens.next() == Token("text", content=b"end", size=3)


def test_an_unknown_command_is_remembered() -> None:
    printer = SimulatedPrinter()
    printer.receive(b"\x1bZ\x07")
    printer.work()
    assert printer.paper.unknown == [b"\x1bZ", b"\x07"]


def test_a_full_line_goes_on_in_the_next() -> None:
    printer = SimulatedPrinter(PROFILES["58mm"])
    printer.receive(b"\x1d!\x11" + b"x" * 17 + b"\n")
    printer.work()
    assert [line.text for line in printer.paper.lines] == ["x" * 16, "x"]


def test_paper_that_ends_stops_the_printing_and_a_new_roll_goes_on() -> None:
    printer = SimulatedPrinter()
    printer.faults.lines_left = 2
    printer.receive(b"1\n2\n3\n4\n")
    printer.work()
    assert printer.paper.text() == ["1", "2"]
    assert printer.status(4) == 0x7E
    printer.faults.paper = "ok"
    printer.work()
    assert printer.paper.text() == ["1", "2", "3", "4"]


def test_its_buffer_fills_while_it_waits() -> None:
    printer = SimulatedPrinter()
    printer.faults.cover_open = True
    printer.receive(b"x" * BUFFER)
    assert printer.room == 0
    assert printer.work() == b""


def test_a_picture_larger_than_its_buffer_is_printed_as_it_comes() -> None:
    printer = SimulatedPrinter()
    job = b"\x1dv0\x00\x48\x00\x64\x00" + bytes(7200) + b"end\n"
    while job:
        took, job = job[: printer.room], job[printer.room :]
        assert took
        printer.receive(took)
        printer.work()
    assert printer.paper.text() == ["[picture: 576 x 100 dots]", "end"]


def test_power_off_forgets_what_was_not_printed() -> None:
    printer = SimulatedPrinter()
    printer.faults.paper = "out"
    printer.receive(b"lost\n")
    printer.lose_power()
    printer.faults.paper = "ok"
    printer.work()
    assert printer.paper.text() == []


@pytest.mark.parametrize(
    ("fault", "value", "answers", "automatic"),
    [
        ("paper", "out", "1a 32 12 7e", "18 00 0f 00"),
        ("paper", "low", "12 12 12 1e", "10 00 03 00"),
        ("cover_open", True, "1a 16 12 12", "38 00 00 00"),
        ("jammed", True, "1a 52 1a 12", "18 08 00 00"),
        ("hot", True, "1a 52 52 12", "18 40 00 00"),
        ("broken", True, "1a 52 32 12", "18 20 00 00"),
        ("offline", True, "1a 12 12 12", "18 00 00 00"),
    ],
)
def test_every_fault_in_the_bytes_of_both_kinds_of_status(
    fault: str, value: object, answers: str, automatic: str
) -> None:
    printer = SimulatedPrinter()
    printer.receive(b"\x1da\x0f")
    assert printer.work() == b"\x10\x00\x00\x00"
    setattr(printer.faults, fault, value)
    assert bytes(map(printer.status, (1, 2, 3, 4))).hex(" ") == answers
    assert printer.work().hex(" ") == automatic
    assert printer.work() == b"", "once a change"


def test_a_reset_ends_the_telling() -> None:
    printer = SimulatedPrinter()
    printer.receive(b"\x1da\x0f\x1b@")
    printer.work()
    printer.faults.cover_open = True
    assert printer.work() == b""


def test_a_process_id_is_answered_when_everything_before_it_is_printed() -> None:
    printer = SimulatedPrinter()
    printer.faults.lines_left = 1
    printer.receive(b"one\ntwo\n\x1d(H\x06\x00000042")
    assert printer.work() == b""
    printer.faults.paper = "ok"
    assert printer.work() == b"\x37\x220042\x00"


def test_the_real_time_pulse_can_be_muted_until_the_next_reset() -> None:
    printer = SimulatedPrinter()
    printer.receive(b"\x1d(D\x03\x00\x14\x01\x00")
    printer.work()
    printer.receive(b"\x10\x14\x01\x00\x01")
    assert printer.pulses == 0
    printer.receive(b"\x1d(D\x03\x00\x14\x01\x01")
    printer.work()
    printer.receive(b"\x10\x14\x01\x00\x01")
    assert printer.pulses == 1


def test_real_time_commands_are_obeyed_even_inside_a_picture() -> None:
    """Epson's manuals warn of it; that is why our pictures hold no such byte."""
    printer = SimulatedPrinter()
    assert printer.receive(b"\x1dv0\x00\x05\x00\x01\x00\x10\x04\x01\x00\x00") == b"\x12"
    printer.receive(b"\x10\x14\x01\x00\x01")
    assert printer.pulses == 1


@pytest.mark.parametrize(
    ("fault", "value", "replies"),
    [
        ("silent", True, b""),
        ("garbled", True, b"\xb7\xb7\xb7\xb7"),
        ("half", True, b"\x12\x12"),
        ("paper", "low", b"\x12\x12\x12\x1e"),
    ],
)
def test_faults_of_the_answers(fault: str, value: object, replies: bytes) -> None:
    printer = SimulatedPrinter()
    setattr(printer.faults, fault, value)
    assert printer.receive(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04") == replies


def test_a_slow_printer_prints_no_more_than_its_budget() -> None:
    printer = SimulatedPrinter()
    printer.receive(b"1\n2\n3\n")
    printer.work(2)
    assert printer.paper.text() == ["1"]
