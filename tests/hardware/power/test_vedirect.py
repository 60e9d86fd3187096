"""VE.Direct: real captures mean what the device showed; whatever is damaged is dropped whole."""

from __future__ import annotations

from itertools import product

import pytest

from hardware.power.reading import Quality, Reading, overlay
from hardware.power.refused import BadChecksum, Malformed, Refused, Truncated
from hardware.power.vedirect import Blocks, decode, fields
from hardware.simulated.vedirect import block as made
from tests.hardware.power.frames import BLUE_SOLAR, BMV_LIVE, BMV_PAST, HEX, SMART_SOLAR

ALL = (BMV_LIVE, BMV_PAST, BLUE_SOLAR, SMART_SOLAR)


def told(**labels: object) -> Reading:
    """What a block of some labels means."""
    return decode(made({"PID": "0x203", **labels}))


def test_the_captured_blocks_have_their_captured_length() -> None:
    assert [len(block) for block in ALL] == [123, 139, 164, 160]


def test_a_bmv_discharging() -> None:
    reading = decode(BMV_LIVE)
    assert (reading.volts, reading.amps, reading.watts) == (12.065, 7.625, 92)
    assert (reading.soc, reading.used_ah, reading.seconds_left) == (0.839, 65.473, 942 * 60)
    assert (reading.quality, reading.source, reading.alarms) == (Quality.SHUNT, "VE.Direct 0x203", ())
    assert (reading.solar_w, reading.load_w, reading.celsius, reading.capacity_wh) == (None, None, None, None)


def test_what_a_bmv_remembers_is_a_second_block_of_counts() -> None:
    reading = decode(BMV_PAST)
    assert (reading.wh, reading.charged_wh) == (68_430, 85_270)
    assert (reading.volts, reading.soc) == (None, None)
    both = overlay(reading, decode(BMV_LIVE))
    assert (both.wh, both.volts, both.source) == (68_430, 12.065, "VE.Direct 0x203")


def test_a_charger_s_current_into_the_battery_is_negative() -> None:
    reading = decode(BLUE_SOLAR)
    assert (reading.volts, reading.amps, reading.watts) == (12.53, -0.64, -8.0192)
    assert (reading.solar_w, reading.solar_volts, reading.solar_wh) == (8, 31.39, 82_720)
    assert (reading.load_w, reading.state, reading.quality) == (0, "bulk", Quality.CHARGER)


def test_a_charger_at_night_draws_a_little() -> None:
    reading = decode(SMART_SOLAR)
    assert (reading.amps, reading.solar_w, reading.state, reading.source) == (
        0.01,
        0,
        "off",
        "VE.Direct 0xA05F",
    )


def test_a_bmv_712_with_a_starter_battery() -> None:
    # github.com/KinDR007/VictronMPPT-ESPHOME, tests: shown as 26.464 V, 60.66 kWh
    reading = told(V=26464, VS=34, I=-5647, P=-149, CE=-6671, SOC=937, TTG=436, H17=6066)
    assert (reading.volts, reading.amps, reading.watts) == (26.464, 5.647, 149)
    assert (reading.used_ah, reading.soc, reading.seconds_left) == (6.671, 0.937, 436 * 60)


def test_an_inverter_s_output_is_volt_amperes() -> None:
    reading = told(V=12800, AC_OUT_V=23012, AC_OUT_I=4, CS=9, WARN=256 + 1)
    assert reading.ac_va == pytest.approx(92.048)
    assert (reading.state, reading.alarms) == ("inverting", ("low voltage", "overload"))


def test_unknown_is_never_zero() -> None:
    reading = told(V=12800, I="---", P="---", SOC="---", TTG=-1, T="---", CE="---", CS="?", H17="4_0")
    assert reading == Reading(volts=12.8, quality=Quality.SHUNT, source="VE.Direct 0x203")
    assert told(V=12800, SOC=9000, T=300, I=99_999_999).soc is None


@pytest.mark.parametrize("whole", ALL)
def test_one_wrong_byte_anywhere_loses_the_whole_block(whole: bytes) -> None:
    for place in range(len(whole)):
        for bit in (0x01, 0x20, 0x80):
            damaged = bytearray(whole)
            damaged[place] ^= bit
            with pytest.raises(Refused):
                decode(bytes(damaged))


@pytest.mark.parametrize("whole", ALL)
def test_half_a_block_is_none(whole: bytes) -> None:
    for length in range(len(whole)):
        with pytest.raises((Truncated, Malformed)):
            decode(whole[:length])
    with pytest.raises(Truncated, match="one byte"):
        decode(whole + b"x")


def test_a_line_without_a_tab_is_said() -> None:
    body = b"\r\nPID 0x203\r\nChecksum\t"
    with pytest.raises(Malformed, match="no TAB"):
        fields(body + bytes([-sum(body) % 256]))


def test_hex_lines_between_and_inside_blocks_are_no_part_of_them() -> None:
    inside = BMV_LIVE.replace(b"\r\nI\t", b"\r\n" + HEX + b"I\t")
    before_the_end = BMV_PAST.replace(b"\r\nChecksum", b"\r\n" + HEX + b"Checksum")
    after_a_value = BLUE_SOLAR.replace(b"\r\nV\t", HEX + b"\r\nV\t")
    stream = HEX + inside + HEX + HEX + before_the_end + HEX + after_a_value + HEX
    assert Blocks(joined=False).feed(stream, 0) == [BMV_LIVE, BMV_PAST, BLUE_SOLAR]
    assert decode(inside) == decode(BMV_LIVE)


@pytest.mark.parametrize("size", [1, 2, 7, 64])
def test_blocks_come_in_pieces_of_any_size(size: int) -> None:
    stream = b"".join(whole + HEX for whole in ALL)
    blocks, whole = Blocks(), []
    for place in range(0, len(stream), size):
        whole += blocks.feed(stream[place : place + size], 0.001 * place)
    assert whole == list(ALL)


@pytest.mark.parametrize("byte", [ord(":"), ord("\r"), ord("\n"), ord("\t"), 0, 0xFF])
def test_the_checksum_may_be_any_byte(byte: int) -> None:
    """A label is padded until the sum comes out; then blocks are read one after the other."""
    whole = next(
        block
        for pad in product(range(48, 123), repeat=4)
        if (block := made({"PID": "0x203", "V": 12000, "X": bytes(pad).decode()}))[-1] == byte
    )
    stream = BMV_LIVE + whole + HEX + BMV_LIVE
    assert Blocks().feed(stream, 0) == [BMV_LIVE, whole, BMV_LIVE]


def test_nothing_of_a_damaged_block_comes_out_with_the_next() -> None:
    """github.com/karioja/vedirect kept one table for all blocks: the SOC of a bad block came out later."""
    bad = BMV_LIVE.replace(b"SOC\t839", b"SOC\t999")
    readings = []
    for whole in Blocks().feed(bad + made({"PID": "0x203", "V": 12100}), 0):
        try:
            readings.append(decode(whole))
        except BadChecksum as error:
            assert "dropped" in str(error)
    assert [(one.volts, one.soc) for one in readings] == [(12.1, None)]


def test_the_first_block_after_joining_counts_only_when_it_is_whole() -> None:
    missing = b"\r\nPID\t0x203" + bytes(
        4
    )  # what is cut off sums to nothing, so that the sum alone would pass
    assert sum(missing) % 256
    tail = made({"V": 12065, "SOC": 999})
    assert decode(tail).soc == 0.999
    assert Blocks().feed(tail + BMV_LIVE, 0) == [BMV_LIVE]
    assert Blocks().feed(BMV_LIVE, 0) == [BMV_LIVE]
    assert Blocks().feed(BMV_PAST + BMV_LIVE, 0) == [BMV_PAST, BMV_LIVE]


def test_a_pause_inside_a_block_ends_it() -> None:
    blocks = Blocks()
    assert blocks.feed(BMV_LIVE[:60], 0) == []
    assert blocks.feed(BMV_LIVE, 0.6) == [BMV_LIVE]
    assert blocks.feed(BMV_LIVE[:60], 1.6) == []
    assert blocks.feed(BMV_LIVE[60:], 1.9) == [BMV_LIVE]


def test_noise_without_end_is_not_kept() -> None:
    blocks = Blocks()
    for at in range(200):
        assert blocks.feed(b"\xaa" * 500, at * 0.1) == []
    assert blocks.feed(b"\r\nPID\t", 20.1) == []
    assert len(blocks._held) < 1200
    assert blocks.feed(BMV_LIVE, 21) == [BMV_LIVE]
