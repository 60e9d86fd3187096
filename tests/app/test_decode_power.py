"""`kiosk decode` of what a source or an outlet said: any usual spelling, one exact meaning, or why not."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from hardware.power.kinds import KINDS
from kiosk import cli
from tests.hardware.power.frames import BLUE_SOLAR, BMV_LIVE, BMV_PAST, HEX

Decode = Callable[..., tuple[int, dict[str, Any], str]]

ASK, VOLTS = "01 04 31 04 00 01 7E F7", "01 04 02 05 10 BB AC"
JBD = (
    "DD 03 00 1D 06 18 00 00 01 F2 01 F4 00 00 2C 7C 00 00 00 00 00 00 80 64 03 04 03 0B 8B 0B 8A 0B 84 "
    "FA 8D 77"
)
KASA = "0000001ed0f297fa9feb8efcdee49fbddabfcb94e683e28efa93fe9bb983f885f885"


@pytest.fixture
def decode(capsys: pytest.CaptureFixture[str]) -> Decode:
    """Return how to decode: exit code, the reading without what is unknown, and what was said beside."""

    def run(*argv: str) -> tuple[int, dict[str, Any], str]:
        code = cli.main(["decode", *argv])
        said = capsys.readouterr()
        told = json.loads(said.out) if said.out else {}
        return code, {key: value for key, value in told.items() if value not in (None, [], "")}, said.err

    return run


def escaped(block: bytes) -> str:
    """A block as its text may be pasted."""
    names = {"\r": r"\r", "\n": r"\n", "\t": r"\t"}
    return "".join(
        names.get(chr(byte), chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}") for byte in block
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_example_of_every_kind_is_a_reading(kind: Any, decode: Decode) -> None:
    for name in kind.names:
        code, told, beside = decode(name, kind.example)
        assert (code, beside) == (0, "")
        assert set(told) - {"source", "quality"}


def test_help_lists_every_kind_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["decode", "--help"])
    assert left.value.code == 0
    out = capsys.readouterr().out
    for kind in KINDS:
        assert f"kiosk decode {kind.name} '" in out


def test_unknown_is_null_and_every_figure_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["decode", "daly", "A5 01 90 08 00 84 00 00 75 6A 02 FD A0"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["volts"], told["amps"], told["soc"]) == (13.2, 5.8, 0.765)
    assert told["celsius"] is None
    assert {
        "wh",
        "capacity_wh",
        "remaining_ah",
        "min_cell_volts",
        "solar_w",
        "load_w",
        "source",
    } <= told.keys()


@pytest.mark.parametrize(
    "text",
    [
        escaped(BMV_LIVE),
        BMV_LIVE.hex(),
        BMV_LIVE.hex(" "),
        ", ".join(f"0x{byte:02X}" for byte in BMV_LIVE),
        "".join(f"\\x{byte:02x}" for byte in BMV_LIVE),
        repr(BMV_LIVE),
        BMV_LIVE.decode("latin-1"),
        BMV_LIVE.decode("latin-1").replace("\r", ""),
        BMV_LIVE.decode("latin-1").lstrip("\r\n"),
        BMV_LIVE.decode("latin-1").replace("\r", "").replace("\t", "   "),
        escaped(HEX + BMV_LIVE.replace(b"\r\nI\t", b"\r\n" + HEX + b"I\t") + HEX),
    ],
)
def test_a_ve_direct_block_in_any_spelling(text: str, decode: Decode) -> None:
    code, told, beside = decode("vedirect", text)
    assert (code, beside) == (0, "")
    assert (told["volts"], told["amps"], told["watts"], told["soc"]) == (12.065, 7.625, 92, 0.839)


def test_live_and_history_blocks_are_one_look(decode: Decode) -> None:
    _code, told, _beside = decode("bmv", escaped(BMV_LIVE + BMV_PAST))
    assert (told["volts"], told["wh"], told["charged_wh"]) == (12.065, 68_430, 85_270)


def test_a_checksum_that_no_terminal_shows(decode: Decode) -> None:
    _code, told, _beside = decode("mppt", escaped(BLUE_SOLAR))
    assert (told["solar_w"], told["amps"], told["state"]) == (8, -0.64, "bulk")


def test_a_damaged_block_is_dropped_whole_and_named(decode: Decode) -> None:
    bad = BMV_LIVE.replace(b"SOC\t839", b"SOC\t999")
    code, told, beside = decode("vedirect", escaped(bad + BMV_PAST))
    assert (code, told.get("soc"), told["wh"]) == (0, None, 68_430)
    assert beside.startswith("dropped: the block's bytes come to")
    code, told, beside = decode("vedirect", escaped(bad))
    assert (code, told) == (2, {})
    assert len(beside.splitlines()) == 1
    code, told, beside = decode("vedirect", escaped(BMV_LIVE[:60]))
    assert (code, told) == (2, {})
    assert "its end is missing" in beside


def test_a_capture_from_standard_input(decode: Decode, monkeypatch: pytest.MonkeyPatch) -> None:
    for argv in (["vedirect"], ["vedirect", "-"]):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(HEX + BLUE_SOLAR + BMV_LIVE[:40])))
        code, told, beside = decode(*argv)
        assert (code, told["solar_w"]) == (0, 8)
        assert "its end is missing" in beside


@pytest.mark.parametrize(
    "text",
    [
        f"{ASK} -> {VOLTS}",
        f"{ASK} {VOLTS}",
        f"{ASK}/{VOLTS}".replace(" ", ""),
        f"TX: {ASK}\nRX: {VOLTS}",
        f"0x3104: {VOLTS}",
        "0x3104=0510",
        "0x3104=0x0510 0x3100=073A",
    ],
)
def test_a_controller_s_answer_with_what_was_asked(text: str, decode: Decode) -> None:
    code, told, _beside = decode("epever", text)
    assert (code, told["volts"]) == (0, 12.96)


def test_bytes_with_colons_or_dashes(decode: Decode) -> None:
    for mark in ":-":
        assert decode("daly", "A5 01 90 08 00 84 00 00 75 6A 02 FD A0".replace(" ", mark))[1]["volts"] == 13.2
        assert decode("vedirect", BMV_LIVE.hex(mark))[1]["soc"] == 0.839
        assert decode("lock-8a", "80 01 01 11 91".replace(" ", mark))[1]["frame"] == "status"


def test_a_lock_s_frame_from_standard_input(decode: Decode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"0x8A 01 01\n11 9B\n")))
    assert decode("lock-8a", "-")[1]["asks"] == "open"


def test_a_file_of_bare_bytes(decode: Decode, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, frame in (
        ("daly", "A5019008008400007 56A02FDA0"), ("jbd", JBD), ("lock-cu16", "020035FEFF21000358"),
        ("kasa", KASA), ("epever", ASK + VOLTS), ("max17048", "C350"),
    ):  # fmt: skip
        raw = bytes.fromhex(frame.replace(" ", ""))
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert decode(kind, "-") == decode(kind, frame.replace(" ", ""))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("BMV-702", "bmv"), ("smart-shunt", "smartshunt"), ("VE.Direct", "vedirect"),
        ("MAX17043", "max17043"),
        ("UPS HAT (A)", "ups-hat-a"), ("waveshare", "waveshare-e"), ("Shelly Plus Plug S", "shelly"),
        ("cu16", "lock-cu16"), ("KR-CU16", "lock-kr-cu16"), ("lock-R421A08", "lock-r421a08"),
        ("witty", "wittypi"), ("EPSolar", "epsolar"), ("fridge", ""), ("lifepo4", "lifepo4wered"),
    ],
)  # fmt: skip
def test_a_kind_that_was_nearly_named_is_suggested(
    name: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["decode", name, "00"])
    said = capsys.readouterr().err.splitlines()[-1]
    assert left.value.code == 2
    assert (f"did you mean {meant}" if meant else "`kiosk decode --help` lists them all") in said
    assert len(said) < 200


def test_words_may_be_split_by_the_shell(decode: Decode) -> None:
    assert decode("epever", *f"{ASK} {VOLTS}".split())[1]["volts"] == 12.96
    assert decode("jbd", *JBD.split())[1]["volts"] == 15.6
    assert decode("jbd", f"DD A5 03 00 FF FD 77 {JBD}")[1]["soc"] == 1.0
    assert decode("max17048", "0x02=C350", "0x04=4B80")[1]["soc"] == 0.755


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("epever", ASK, "a question for registers"),
        ("epever", f"{ASK} {ASK}", "the echo of the question"),
        ("epever", VOLTS, "put the question before it"),
        ("epever", f"{ASK} -> {VOLTS[:-3]}", "ends after"),
        ("epever", f"{ASK} -> {VOLTS[:-2]}AD", "CRC"),
        ("epever", "01 83 02 C0 F1", "has no such register"),
        ("epever", "0x3104=051", "a digit is missing"),
        ("jbd", "DD A5 03 00 FF FD 77", "a question"),
        ("jbd", JBD[:-3], "says it has 36"),
        ("jbd", JBD.replace("06 18", "06 19"), "does not fit"),
        ("daly", "A5 40 90 08 00 00 00 00 00 00 00 00 7D", "a question"),
        ("daly", "A5 01 90 08 00 84 00 00 75 6A 02 FD A1", "A0 would fit"),
        ("vedirect-hex", ":7BCED00A5", "asks for register EDBC"),
        ("vedirect", ":154", "a ping"),
        ("vedirect", "hello", "no VE.Direct block"),
        ("renogy", "0x9999=1234", "none of its registers"),
        ("epever", "0x311A=0055", "guesses from the voltage"),
        ("lifepo4wered", "0x15=0x0297", "register 0x00 is missing"),
        ("daly", "", "nothing to decode"),
        ("max17048", "0x02=50C3", "--swapped"),
        ("max17048", "0x02=C3", "only one came"),
        ("max17048", "0x02=FFFF 0x04=FFFF", "nobody answered"),
        ("max17048", "0x99=1234", "none of the registers"),
        ("upsplus", "19=55 00", "0x19 or as 0x13"),
        ("pijuice", "0x49=1C11F3", "checksum"),
        ("ina219-b", "0x02=6A", "holds two bytes"),
        ("shelly2", "GET /rpc/Switch.GetStatus?id=0", "a question"),
        ("shelly2", '{"was_on":true}', "how it is now must be asked"),
        ("shelly2", '{"output":tr', "its end is missing"),
        ("shelly2", "HTTP/1.1 401 Unauthorized\r\n\r\n", "401"),
        ("kasa", KASA, "the question emeter.get_realtime"),
        ("kasa", KASA[:-2], "says it has 34"),
        ("tasmota", '{"Command":"Unknown"}', "Unknown"),
        ("daly", "A5 01 90 08 00 00 00 00 00 00 00 00 3E", "not measured yet"),
        ("lines", '{"volts": "13", "speed": 4}', "these are: volts"),
        ("jbd", "zz", "no hexadecimal"),
        ("jbd", "DD 0", "a digit is missing"),
    ],
)
def test_what_is_no_reading_is_refused_in_one_line(kind: str, text: str, why: str, decode: Decode) -> None:
    code, told, beside = decode(kind, text)
    assert (code, told) == (2, {})
    assert why in beside
    assert len(beside.splitlines()) == 1


def test_nothing_is_refused_too(decode: Decode, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in KINDS:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
        assert decode(kind.name)[0] == 2


def test_registers_as_bytes_as_numbers_and_as_smbus_words(decode: Decode) -> None:
    volts = {
        decode("max17048", *argv)[1]["volts"]
        for argv in (
            ["0x02=C350"], ["0x02=C3 50"], ["0x02: 0xC350"], ["C350"], ["0x02=0xC3 0x50"],
            ["--swapped", "0x02=0x50C3"],
        )
    }  # fmt: skip
    assert volts == {3.90625}
    assert decode("lifepo4wered", "0x00=07 0x32=B8 14")[1]["volts"] == 3.24
    assert decode("lifepo4wered", "0x00=07 0x32=0x14B8")[1]["volts"] == 3.24


def test_a_dump_of_i2cdump(decode: Decode) -> None:
    rows = (
        "     0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f    0123456789abcdef\n"
        "00: XX XX 80 00 41 00 00 00 00 00 00 00 00 00 00 00    ................\n"
        "20: 00 00 0f db 00 00 01 90 00 00 50 00 00 00 00 00    ................\n"
    )
    told = decode("pisugar3", rows)[1]
    assert (told["volts"], told["soc"], told["celsius"], told["plugged"]) == (4.059, 0.8, 25, True)


def test_a_shunt_of_another_size(decode: Decode) -> None:
    assert "amps" not in decode("ina219-3s", "0x01=0064")[1]
    assert decode("ina219-3s", "--shunt", "0.01", "0x01=0064")[1]["amps"] == -0.1


@pytest.mark.parametrize("ohms", ["0", "-0.1", "nan", "inf", "100"])
def test_a_shunt_that_cannot_be_is_refused(ohms: str, decode: Decode) -> None:
    assert decode("ina219-3s", f"--shunt={ohms}", "0x01=0064")[0] == 2


def test_an_outlet_before_the_first_is_refused(decode: Decode) -> None:
    assert decode("tasmota", "--channel=-1", '{"ENERGY":{"Power":[1,2]}}')[0] == 2


def test_an_outlet_s_answer_with_its_head_and_of_a_strip(decode: Decode) -> None:
    answer = (
        '{"relays":[{"ison":false},{"ison":true}],"meters":[{"power":0,"total":60},{"power":48,"total":120}]}'
    )
    assert decode("shelly1", f"HTTP/1.1 200 OK\r\nServer: Mongoose\r\n\r\n{answer}")[1]["on"] is False
    assert decode("shelly1", "--channel", "1", answer)[1]["watts"] == 48
    told = decode("tasmota", 'tele/plug/SENSOR = {"Time":"x","ENERGY":{"Power":48,"Total":1.5}}')[1]
    assert (told["watts"], told["wh"]) == (48, 1500)


def test_a_kind_may_be_named_as_its_driver_is(decode: Decode) -> None:
    assert decode("battery-daly", "A5 01 90 08 00 84 00 00 75 6A 02 FD A0")[1]["volts"] == 13.2
    assert decode("solar-vedirect", escaped(BLUE_SOLAR))[1]["solar_w"] == 8
    assert decode("outlet-shelly2", '{"output":true,"apower":2.7}')[1]["watts"] == 2.7
