"""Input nodes without root (umockdev plays the kernel, evdev reads): a Symbol scanner, a Pi's panel."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.inputs.records import EV_ABS, EV_KEY, EV_SYN, SYN_REPORT, Record
from hardware.scanner.keymap import keymap
from hardware.simulated import typist
from tests.witness.mocknode import MockNode, bits

SERIAL = "S/N:1A8E37C782A2FC488BD97FCFF5C05D63 Rev:NBRMIAAR3"
BY_ID = (
    "usb-_Symbol_Technologies__Inc__2002_Symbol_Bar_Code_Scanner_S.N:1A8E37C782A2FC488BD97FCFF5C05D63_"
    "Rev:NBRMIAAR3-event-kbd"
)
SCANNER = MockNode(
    number=7,
    name="Symbol Technologies, Inc, 2002 Symbol Bar Code Scanner",
    identity=(3, 0x05E0, 0x1200, 0x0110),
    keys=bits("1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"),
    place="usb-0000:00:13.1-2/input0",
    serial=SERIAL,
    by_id=BY_ID,
)
"""As a Symbol DS6608 showed itself (ubuntuforums.org, 2009-03-31): a serial number with a blank."""
PANEL = MockNode(
    number=2,
    name="EP0430M09",
    identity=(0x18, 0, 0, 0),
    keys=[0x14A],
    axes={0x00: 1279, 0x01: 767, 0x2F: 4, 0x35: 1279, 0x36: 767, 0x39: 65535},
    properties=0b10,
)
"""An EDT FT5x06, the family of the Raspberry Pi's own panel, as github.com/whot/evemu-devices shows it."""
TWO_FINGERS = (
    (0, "A57=1 A53=404 A54=409 A47=1 A57=2 A53=933 A54=414 K330=1 A0=404 A1=409"),
    (32, "A47=0 A53=403 A47=1 A54=415 A0=403"),
    (143, "A47=0 A53=402 A0=402"),
    (499, "A54=410 A1=410"),
    (513, "A47=1 A53=934 A47=0 A57=-1 A0=934 A1=416"),
    (528, "A47=1 A57=-1 K330=0"),
    (900, "A57=3 A53=933 K330=1 A0=933"),
    (960, "A57=-1 K330=0"),
)
"""Two fingers at once, the first lifting first, after its recording there; then the second once more."""


def packets() -> list[Record]:
    out = []
    for at_ms, words in TWO_FINGERS:
        for word in words.split():
            code, value = map(int, word[1:].split("="))
            out.append(Record(EV_ABS if word[0] == "A" else EV_KEY, code, value, at_ms))
        out.append(Record(EV_SYN, SYN_REPORT, 0, at_ms))
    return out


@pytest.mark.parametrize("address", [f"/dev/input/by-id/{BY_ID}", "05e0:1200", f"05e0:1200:{SERIAL}"])
def test_a_scanner_is_found_grabbed_and_read(address: str, tmp_path: Path) -> None:
    us, codes = keymap("us"), ("96385074", "]C110a\x1d21B-7")
    strokes = [stroke for code in ("b", *codes) for stroke in (*typist.strokes(us, code), (28,))]
    records = typist.records(strokes, 0, step_ms=2)
    found, opening, ready, begun, *scans, closed = SCANNER.listen(
        "scanner-evdev", {"address": address}, records, 1 + len(codes), tmp_path
    )
    assert (found["stable"], found["types"]) == (f"/dev/input/by-id/{BY_ID}", True)
    assert [opening["state"], ready["state"]] == ["opening", "ready"]
    assert begun["event"] == "ScanLost"  # it began before the node was grabbed
    assert [(scan["event"], scan["raw"]) for scan in scans] == [("CodeScanned", code) for code in codes]
    assert closed["in_time"]


def test_a_scanner_set_to_another_keyboard(tmp_path: Path) -> None:
    strokes = [(28,), *typist.strokes(keymap("de"), "Käse-Z/Y [^]"), (28,)]
    *_, scan, closed = SCANNER.listen(
        "scanner-evdev", {"address": "05e0:1200", "layout": "de"}, typist.records(strokes, 0, 1), 1, tmp_path
    )
    assert scan["raw"] == "Käse-Z/Y [^]"
    assert closed["in_time"]


def test_the_pi_s_panel_is_found_and_the_first_finger_is_followed(tmp_path: Path) -> None:
    found, *_, down, up, closed = PANEL.listen("touch-evdev", {"address": "auto"}, packets(), 2, tmp_path)
    assert (found["touch"], found["stable"]) == (True, "/dev/input/event2")
    assert [touch["phase"] for touch in (down, up)] == ["down", "up"]
    assert (down["x"], down["y"]) == (up["x"], up["y"]) == pytest.approx((404.5 / 1280, 409.5 / 768))
    assert closed["in_time"]
