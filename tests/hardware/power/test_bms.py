"""Battery boards over serial: published frames, signs, and sums that do not fit."""

from __future__ import annotations

import pytest

from hardware.power import daly, jbd
from hardware.power.reading import Quality
from hardware.power.refused import BadChecksum, Malformed, NotAnAnswer, Refused, SaidNo, Truncated

BASIC = bytes.fromhex(
    "DD 03 00 1D 06 18 00 00 01 F2 01 F4 00 00 2C 7C 00 00 00 00 00 00 80 64 03 04 03 0B 8B 0B 8A 0B 84"
    "FA 8D 77"
)
"""github.com/syssi/esphome-jbd-bms, frames.h, with the frame around it."""
TOTALS = bytes.fromhex("A5 01 90 08 00 84 00 00 75 6A 02 FD A0")


def test_a_jbd_board_at_rest() -> None:
    reading = jbd.decode(BASIC)
    assert (reading.volts, reading.amps, reading.soc) == (15.6, 0, 1.0)
    assert (reading.remaining_ah, reading.capacity_ah, reading.cycles) == (4.98, 5.0, 0)
    assert (reading.celsius, reading.quality, reading.source) == (22.4, Quality.BMS, "JBD BMS of 2022-03-28")
    assert str(reading.amps) == "0.0"  # not -0.0


def basic(amps: int = 0, protection: int = 0) -> bytes:
    """A basic answer with another current, in hundredths as it counts them, or protection."""
    payload = bytearray(BASIC[4:-3])
    payload[2:4] = (amps & 0xFFFF).to_bytes(2, "big")
    payload[16:18] = protection.to_bytes(2, "big")
    return jbd.answer(jbd.BASIC, bytes(payload))


def test_a_jbd_board_counts_current_into_the_battery() -> None:
    assert jbd.decode(basic(-762)).amps == 7.62
    assert jbd.decode(basic(500)).amps == -5.0
    assert jbd.decode(basic(protection=0b1000000010)).alarms == ("cell too low", "discharging overcurrent")


def test_jbd_questions_and_frames_are_those_published() -> None:
    assert (bytes.fromhex("DDA50300FFFD77"), bytes.fromhex("DDA50400FFFC77")) == jbd.QUESTIONS
    assert jbd.answer(jbd.BASIC, BASIC[4:-3]) == BASIC
    assert [jbd.span(BASIC[:length]) for length in (3, 4, 36)] == [0, 36, 36]
    assert list(jbd.split(jbd.QUESTIONS[0] + BASIC)) == [jbd.QUESTIONS[0], BASIC]


def test_jbd_cells_and_name() -> None:
    cells = jbd.decode(jbd.answer(jbd.CELLS, bytes.fromhex("0CEF 0CE4 0CF1 0CE9")))
    assert (cells.min_cell_volts, cells.max_cell_volts) == (3.3, 3.313)
    assert jbd.decode(jbd.answer(jbd.NAME, b"SP04S034")).source == "JBD BMS SP04S034"


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (jbd.QUESTIONS[0], NotAnAnswer),
        (bytes.fromhex("DD 5A E1 02 00 02 FF 1B 77"), NotAnAnswer),
        (BASIC[:-1], Truncated),
        (BASIC + b"\0", Truncated),
        (b"\xdd", Truncated),
        (b"", Malformed),
        (b"\xaa" + BASIC[1:], Malformed),
        (BASIC[:-1] + b"\x78", BadChecksum),
        (bytes.fromhex("DD 03 80 00 FF 80 77"), SaidNo),
        (jbd.answer(jbd.BASIC, BASIC[4:20]), Truncated),
        (jbd.answer(jbd.CELLS, b"\x0c"), Truncated),
        (jbd.answer(0x10, b"\0\0"), Malformed),
    ],
)
def test_what_is_no_jbd_answer_is_refused(frame: bytes, why: type[Refused]) -> None:
    with pytest.raises(why):
        jbd.decode(frame)


def test_a_daly_board_discharging() -> None:
    reading = daly.decode(TOTALS)
    assert (reading.volts, reading.amps, reading.soc, reading.quality) == (13.2, 5.8, 0.765, Quality.BMS)


def test_daly_questions_as_published() -> None:
    def filled(command: int, host: int) -> bytes:
        return daly._summed(bytes([0xA5, host, command, 8]) + bytes(8))

    assert filled(0x90, daly.HOST)[-1] == 0x7D
    assert filled(0x90, daly.BLUETOOTH)[-1] == 0xBD
    assert filled(0x93, daly.HOST)[-1] == 0x80
    assert daly.question(0x90)[4:12] == b"\xaa" * 8
    assert all(len(question) == 13 for question in daly.questions())


def test_the_other_daly_tables() -> None:
    cells = daly.decode(daly.answer(daly.CELLS, bytes.fromhex("0CF1 03 0CE4 02 0000")))
    assert (cells.max_cell_volts, cells.min_cell_volts) == (3.313, 3.3)
    assert daly.decode(daly.answer(daly.WARMTH, bytes.fromhex("41 01 3C 02 00 00 00 00"))).celsius == 25
    charge = daly.decode(daly.answer(daly.CHARGE, bytes.fromhex("02 01 01 64 00008FD4")))
    assert (charge.charging, charge.remaining_ah) == (False, 36.82)
    assert daly.decode(daly.answer(daly.STATUS, bytes.fromhex("04 01 00 00 00 0012 00"))).cycles == 18


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (daly.question(0x90), NotAnAnswer),
        (daly.question(0x90, daly.BLUETOOTH), NotAnAnswer),
        (TOTALS[:-1], Truncated),
        (TOTALS + TOTALS, Truncated),
        (TOTALS[:-1] + b"\xa1", BadChecksum),
        (b"\xa4" + TOTALS[1:], Malformed),
        (daly.answer(0xD8, bytes(8)), Malformed),
    ],
)
def test_what_is_no_daly_answer_is_refused(frame: bytes, why: type[Refused]) -> None:
    with pytest.raises(why):
        daly.decode(frame)


@pytest.mark.parametrize("decode_frame", [(jbd.decode, BASIC), (daly.decode, TOTALS)])
def test_a_wrong_byte_anywhere_loses_the_frame(decode_frame: tuple) -> None:  # type: ignore[type-arg]
    decode, frame = decode_frame
    for place in range(len(frame)):
        damaged = bytearray(frame)
        damaged[place] ^= 0x04
        with pytest.raises(Refused):
            decode(bytes(damaged))
