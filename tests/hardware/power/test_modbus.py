"""Solar controllers over Modbus: recorded pairs, exceptions, echoes, and short frames that are not zeros."""

from __future__ import annotations

import pytest

from hardware.power import epever, renogy
from hardware.power.modbus import alone, question, span, split, words
from hardware.power.reading import Quality, Reading
from hardware.power.refused import BadChecksum, Malformed, NotAnAnswer, Refused, SaidNo, Truncated
from hardware.wire.crc import crc, sealed


def frame(text: str) -> bytes:
    return bytes.fromhex(text)


ASK_VOLTS, VOLTS = frame("01 04 31 04 00 01 7E F7"), frame("01 04 02 05 10 BB AC")
ASK_RATED, RATED = frame("01 04 30 00 00 01 3E CA"), frame("01 04 02 3A 98 AA 3A")
WRONG = frame("01 83 02 C0 F1")
"""Recorded: github.com/kasbert/epsolar-tracer, test/testdata.py."""


def test_recorded_pairs() -> None:
    assert words(ASK_VOLTS, VOLTS) == {0x3104: 0x0510}
    assert epever.decode(words(ASK_VOLTS, VOLTS)).volts == 12.96
    assert epever.decode(words(ASK_RATED, RATED)).solar_volts_limit == 150.0
    assert epever.decode(words(ASK_RATED, RATED)).solar_volts is None


def test_questions_as_published() -> None:
    assert question(1, 4, 0x3104, 1) == ASK_VOLTS
    assert question(1, 4, 0x3100, 4) == frame("01 04 31 00 00 04 FF 35")
    assert question(1, 4, 0x311A, 1) == frame("01 04 31 1A 00 01 1E F1")
    assert question(1, 4, 0x331A, 3) == frame("01 04 33 1A 00 03 9E 88")
    assert renogy.questions(255) == (frame("FF 03 01 00 00 22 D1 F1"),)
    assert renogy.questions(1) == (frame("01 03 01 00 00 22 C4 2F"),)


def test_crc_of_the_standard() -> None:
    assert crc(b"123456789") == 0x4B37  # CRC-16/MODBUS, reveng.sourceforge.io


@pytest.mark.parametrize(
    ("asked", "answer", "why"),
    [
        (ASK_VOLTS, ASK_VOLTS, NotAnAnswer),
        (ASK_VOLTS, ASK_RATED, NotAnAnswer),
        (question(1, 3, 0x3104, 1), WRONG, SaidNo),
        (ASK_VOLTS, sealed(frame("02 04 02 05 10")), NotAnAnswer),
        (ASK_VOLTS, sealed(frame("01 03 02 05 10")), NotAnAnswer),
        (question(1, 4, 0x3104, 2), VOLTS, Truncated),
        (ASK_VOLTS, VOLTS + b"\0", Malformed),
        (ASK_VOLTS, sealed(frame("01 04 03 05 10 00")), Malformed),
        (ASK_VOLTS, b"", Truncated),
    ],
)
def test_what_is_no_answer_is_refused(asked: bytes, answer: bytes, why: type[Refused]) -> None:
    with pytest.raises(why):
        words(asked, answer)


def test_every_damaged_byte_and_every_short_frame_is_refused() -> None:
    for place in range(len(VOLTS)):
        for bit in (0x01, 0x10, 0x80):
            damaged = bytearray(VOLTS)
            damaged[place] ^= bit
            with pytest.raises(Refused):
                words(ASK_VOLTS, bytes(damaged))
        with pytest.raises(Truncated):
            words(ASK_VOLTS, VOLTS[:place])
    with pytest.raises(BadChecksum, match="ACBB was expected"):
        words(ASK_VOLTS, VOLTS[:-1] + b"\0")


def test_a_stream_is_split_by_its_crcs() -> None:
    stream = (ASK_VOLTS, VOLTS, ASK_RATED, RATED, WRONG)
    assert tuple(split(b"".join(stream))) == stream
    assert [span(VOLTS[:length]) for length in (0, 2, 3)] == [0, 0, 7]
    with pytest.raises(Refused):
        list(split(VOLTS[1:]))


def test_an_answer_alone_says_which_registers_only_when_nobody_else_asks_so_many() -> None:
    assert alone(VOLTS, 0x3104, epever.OWN) == {0x3104: 0x0510}
    with pytest.raises(Malformed, match="put the question before it"):
        alone(VOLTS, None, epever.OWN)
    long = sealed(frame("01 03 44") + bytes(68))
    assert alone(long, None, renogy.OWN)[0x0100] == 0
    with pytest.raises(NotAnAnswer):
        alone(ASK_VOLTS, 0x3104, epever.OWN)


def test_an_epever_by_day() -> None:
    told = {
        0x3100: 1850, 0x3101: 312, 0x3102: 5772, 0x3103: 0, 0x3104: 1302, 0x310C: 1301, 0x310D: 80,
        0x310E: 1041, 0x310F: 0, 0x3110: 0x10000 - 520, 0x311A: 87, 0x331A: 1303, 0x331B: 0xFF38,
        0x331C: 0xFFFF, 0x330C: 43, 0x330D: 0, 0x3201: 0b1011,
    }  # fmt: skip
    reading = epever.decode(told)
    assert (reading.volts, reading.amps, reading.celsius) == (13.03, 2.0, -5.2)
    assert (reading.solar_w, reading.solar_volts, reading.solar_amps, reading.load_w) == (
        57.72,
        18.5,
        3.12,
        10.41,
    )
    assert (reading.solar_wh, reading.state, reading.quality) == (430, "boost", Quality.CHARGER)
    assert reading.soc is None  # guessed from the voltage
    assert reading.alarms == ()  # the fault bits are set while nothing is wrong


def test_an_epever_with_more_than_655_watts_takes_both_words_low_word_first() -> None:
    assert epever.decode({0x3102: 0x1170, 0x3103: 0x0001}).solar_w == 700.0
    assert epever.decode({0x3102: 0x1170}).solar_w is None


def test_a_renogy_by_day() -> None:
    told = {
        0x0100: 84, 0x0101: 132, 0x0102: 320, 0x0103: 0x1983, 0x0104: 131, 0x0105: 120, 0x0106: 16,
        0x0107: 186, 0x0108: 240, 0x0109: 45, 0x0113: 212, 0x0120: 0x8002,
    }  # fmt: skip
    reading = renogy.decode(told)
    assert (reading.soc, reading.volts, reading.amps, reading.load_w) == (0.84, 13.2, -3.2, 16)
    assert (reading.solar_volts, reading.solar_amps, reading.solar_w, reading.solar_wh) == (
        18.6,
        2.4,
        45,
        212,
    )
    assert reading.celsius == -3  # 0x83: bit 7 is the sign, not two's complement
    assert reading.state == "MPPT"


def test_registers_that_were_not_read_are_unknown() -> None:
    assert epever.decode({}) == Reading(quality=Quality.CHARGER, source="EPEver")
    assert renogy.decode({}) == Reading(quality=Quality.CHARGER, source="Renogy")
