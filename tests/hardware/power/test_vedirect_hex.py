"""VE.Direct HEX and Instant Readout: the published frames, and what is no answer."""

from __future__ import annotations

import pytest

from hardware.power import instant
from hardware.power.reading import Quality, Reading
from hardware.power.refused import BadChecksum, Malformed, NotAnAnswer, Refused, SaidNo, Truncated
from hardware.power.vedirect_hex import decode, framed, get, split

CAPTURED = ":A5010000000000000000000000D05F904000000000000000000000000000000000001000000DB"
"""Sent by a SmartSolar by itself; github.com/karioja/vedirect, test/smartsolar_1.39.dump."""


def answer(register: int, value: str) -> str:
    """An answer to a question for one register; `value` in hexadecimal, low byte first."""
    return framed(7, register.to_bytes(2, "little") + b"\0" + bytes.fromhex(value))


def test_questions_are_those_of_victron_s_paper() -> None:
    assert [framed(1), framed(3)] == [":154", ":352"]
    asked = [get(register) for register in (0xEDBC, 0xEDD5, 0x0FFF, 0x0FFE, 0xEEFF)]
    assert asked == [":7BCED00A5", ":7D5ED008C", ":7FF0F0040", ":7FE0F0041", ":7FFEE0061"]


@pytest.mark.parametrize(
    ("frame", "field", "value"),
    [
        (answer(0xEDBC, "C4090000"), "solar_w", 25.0),
        (answer(0xEDBB, "430C"), "solar_volts", 31.39),
        (answer(0xEDD5, "E504"), "volts", 12.53),
        (answer(0xEDD7, "4000"), "amps", -6.4),
        (answer(0xED8D, "B704"), "volts", 12.07),
        (answer(0xED8F, "B4FF"), "amps", 7.6),
        (framed(10, bytes.fromhex("8CED0037E2FFFF")), "amps", 7.625),
        (answer(0xED8E, "A4FF"), "watts", 92),
        (answer(0x0FFF, "C620"), "soc", 0.839),
        (answer(0x0FFE, "AE03"), "seconds_left", 942 * 60),
        (answer(0xEEFF, "71FDFFFF"), "used_ah", 65.5),
        (answer(0xEDDB, "30F8"), "celsius", -20.0),
        (answer(0xEDEC, "7D74"), "celsius", 25.06),
        (answer(0xEDDC, "50200000"), "solar_wh", 82_720),
        (answer(0x0201, "03"), "state", "bulk"),
    ],
)
def test_a_register_s_answer_is_in_si_units(frame: str, field: str, value: float | str) -> None:
    assert getattr(decode(frame), field) == value


@pytest.mark.parametrize(
    ("register", "value"), [(0x0FFE, "FFFF"), (0x0FFF, "FFFF"), (0xED8D, "FF7F"), (0xEDBC, "FFFFFFFF")]
)
def test_victron_s_unknown_is_unknown(register: int, value: str) -> None:
    reading = decode(answer(register, value))
    known = Reading(quality=reading.quality, source="VE.Direct HEX")
    assert reading == known


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (":154", NotAnAnswer),
        (":352", NotAnAnswer),
        (get(0xEDBC), NotAnAnswer),
        (framed(8, bytes.fromhex("D5ED00E504")), NotAnAnswer),
        (framed(7, bytes.fromhex("BCED01")), SaidNo),
        (framed(3, b"\x01"), SaidNo),
        (framed(4, b"\xaa\xaa"), SaidNo),
        (CAPTURED, Malformed),
        (answer(0xEDBC, "C409"), Truncated),
        (":7BCED00A", Truncated),
        (":", Malformed),
        ("7BCED00A5", Malformed),
        (":7BCED00C4090000D9", BadChecksum),
    ],
)
def test_what_is_no_answer_is_refused_with_the_reason(frame: str, why: type[Refused]) -> None:
    with pytest.raises(why):
        decode(frame)


def test_a_captured_line_is_whole_and_holds_a_day_s_history() -> None:
    assert (10 + sum(bytes.fromhex("0" + CAPTURED[1:])) - 10) % 256 == 0x55
    with pytest.raises(Malformed, match="whole, but register 1050"):
        decode(CAPTURED)
    assert list(split(f"noise{get(0x0FFF)}\n{CAPTURED}\n")) == [get(0x0FFF), CAPTURED]


def test_an_instant_readout() -> None:
    # github.com/keshavdv/victron-ble, tests/test_battery_monitor.py
    reading = instant.decode(bytes.fromhex("ffffe50400000000030000f40140df03"))
    assert (reading.volts, reading.amps, reading.used_ah, reading.soc) == (12.53, 0, 50.0, 0.5)
    assert (reading.seconds_left, reading.celsius, reading.alarms) == (None, None, ())
    hot = instant.decode(bytes.fromhex("ffffe6040000ffff020000000080fede"))
    assert (hot.volts, hot.celsius) == (12.54, None)


def test_an_instant_readout_of_nothing_knows_nothing() -> None:
    assert instant.decode(b"\xff" * 16) == Reading(
        quality=Quality.SHUNT, source="Victron Instant Readout", alarms=()
    )
    with pytest.raises(Truncated):
        instant.decode(b"\xff" * 14)
