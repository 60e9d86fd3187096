"""Scan this code: the device that types it is the scanner, and the way it comes out right is its setting."""

from __future__ import annotations

import threading

import pytest

from hardware.inputs.find import InputNode
from hardware.scanner.binding import SETUP_CODE, Bound, Candidate, bind, candidates
from hardware.scanner.framing import ENDS
from hardware.scanner.keymap import LAYOUTS, keymap
from hardware.scanner.keys import KeyedCodes
from hardware.simulated import typist
from hardware.simulated.stall import SimulatedStall
from tests.hardware.wires import Wire, typed

AMONG = [Candidate("keyboard", "A keyboard"), Candidate("gun", "A scanner")]


def find_among(wires: list[Wire], code: str = SETUP_CODE, within_s: float = 5) -> Bound | None:
    nodes = dict(zip(("keyboard", "gun"), wires, strict=True))
    return bind(code, AMONG, within_s, find=lambda address: [address], opener=lambda path: nodes[path])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("suffix", ENDS)
def test_the_scanner_and_its_setting_are_found(wires: list[Wire], layout: str, suffix: str) -> None:
    wires[0].ours.sendall(typed("hello"))
    end = [typist.SUFFIXES[suffix]] if suffix != "none" else []
    wires[1].ours.sendall(typed(f"]C0{SETUP_CODE}", *end, layout=layout))
    assert find_among(wires) == Bound("gun", layout, suffix)
    assert [wire.grabs for wire in wires] == [0, 0]
    assert [wire.closed for wire in wires] == [1, 1]


def test_the_set_up_code_is_typed_differently_on_every_keyboard() -> None:
    for layout in LAYOUTS:
        records = typist.records([*typist.strokes(keymap(layout), SETUP_CODE), (28,)], 0)
        heard = {}
        for other in LAYOUTS:
            ear = KeyedCodes("gun", keymap(other))
            heard[other] = [event.raw for record in records for event in ear.feed(record)]  # type: ignore[attr-defined]
        assert [other for other, codes in heard.items() if codes == [SETUP_CODE]] == [layout]


def test_another_code_is_not_it_and_the_time_runs_out(wires: list[Wire]) -> None:
    wires[1].ours.sendall(typed("96385074", (28,)))
    assert find_among(wires, within_s=0.2) is None


def test_a_device_pulled_out_meanwhile_does_not_end_the_search(wires: list[Wire]) -> None:
    found: list[Bound | None] = []
    searching = threading.Thread(target=lambda: found.append(find_among(wires)))
    searching.start()
    wires[0].ours.close()
    wires[1].ours.sendall(typed(SETUP_CODE, (28,)))
    searching.join(5)
    assert found == [Bound("gun", "us", "enter")]


def test_without_a_device_that_can_be_opened_it_says_why() -> None:
    def refuse(path: str) -> Wire:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(PermissionError):
        bind("x", AMONG, 1, find=lambda address: [address], opener=refuse)
    assert bind("x", [], 1) is None


def test_only_what_can_type_is_a_candidate_and_each_device_once() -> None:
    gun = InputNode("/dev/input/event7", "Gun", "05e0", "1200", "S1", "usb-1", types=True, touch=False)
    second = InputNode("/dev/input/event8", "Gun", "05e0", "1200", "S1", "usb-1", types=True, touch=False)
    panel = InputNode("/dev/input/event9", "Panel", "0000", "0000", "", "", types=False, touch=True)
    assert candidates([gun, second, panel]) == [Candidate("05e0:1200:S1", "Gun")]


def test_the_stall_s_own_scanner_is_found_too(stall: SimulatedStall) -> None:
    address = str(stall.devices()["keys"]["address"])
    found: list[Bound | None] = []
    searching = threading.Thread(target=lambda: found.append(bind("96385074", [Candidate(address, "x")], 5)))
    searching.start()
    while stall.do("type", code="96385074")["readers"] == 0:
        pass
    searching.join(5)
    assert found == [Bound(address, "us", "enter")]
