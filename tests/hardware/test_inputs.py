"""Input nodes: found by names that last, grabbed at rest, read in one thread, let go whatever happens."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hardware.device import CodeScanned, ScanLost, State, StateChanged
from hardware.inputs import find
from hardware.inputs.node import Node, open_node
from hardware.inputs.records import EV_KEY, EV_SYN, SIZE, SYN_REPORT, Record, pack
from hardware.scanner.keys import KeyScanner
from hardware.supervisor import Supervisor
from tests.hardware.wires import Wire, typed

if TYPE_CHECKING:
    from tests.hardware.conftest import Heard

ENTER = 28
SHIFT = 42


def word(*bits: int) -> str:
    """Bits as a map of the kernel's: words in hexadecimal, the highest first."""
    words = [0] * (max(bits, default=0) // find.WORD + 1)
    for bit in bits:
        words[bit // find.WORD] |= 1 << bit % find.WORD
    return " ".join(f"{one:x}" for one in reversed(words))


@pytest.fixture
def sys_folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder as the kernel's, one node after the other."""

    def add(number: int, keys: str = "0", axes: str = "0", prop: str = "0", **names: str) -> Path:
        device = tmp_path / f"event{number}" / "device"
        for part in ("id", "capabilities"):
            (device / part).mkdir(parents=True)
        (device / "capabilities/key").write_text(f"{keys}\n")
        (device / "capabilities/abs").write_text(f"{axes}\n")
        (device / "properties").write_text(f"{prop}\n")
        for name, text in {
            "name": "",
            "uniq": "",
            "phys": "",
            "vendor": "0",
            "product": "0",
            **names,
        }.items():
            path = device / "id" / name if name in {"vendor", "product"} else device / name
            path.write_text(f"{text}\n")
        return tmp_path

    return add


def resolve(address: str, root: Path) -> list[str]:
    return find.resolve(address, lambda node: node.types, root=root)


KEYBOARD = word(*range(1, 127))
GUN = {"vendor": "05e0", "product": "1200", "name": "Symbol Bar Code Scanner", "keys": KEYBOARD}


def test_a_scanner_is_found_by_its_numbers_with_every_node_it_has(sys_folder: Callable[..., Path]) -> None:
    sys_folder(2, name="Mouse", vendor="046d", product="c077", phys="usb-1.1/input0", keys=word(272, 273))
    sys_folder(10, **GUN, uniq="S1", phys="usb-1.2/input1")
    root = sys_folder(7, **GUN, uniq="S1", phys="usb-1.2/input0")
    assert resolve("05E0:1200", root) == ["/dev/input/event7", "/dev/input/event10"]
    assert resolve("05e0:1200:S1", root) == ["/dev/input/event7", "/dev/input/event10"]
    with pytest.raises(FileNotFoundError, match="no input device 05e0:1200:S2"):
        resolve("05e0:1200:S2", root)
    assert [node.name for node in find.devices(find.nodes(root))] == ["Mouse", "Symbol Bar Code Scanner"]
    assert [node.types for node in find.nodes(root)] == [False, True, True]


def test_two_of_a_kind_are_two_devices(sys_folder: Callable[..., Path]) -> None:
    sys_folder(7, **GUN, phys="usb-1.2/input0")
    sys_folder(8, **GUN, phys="usb-1.3/input0")
    root = sys_folder(9, **GUN)
    assert len(list(find.devices(find.nodes(root)))) == 3


def test_a_name_by_id_stands_for_the_whole_device(
    sys_folder: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sys_folder(7, **GUN, phys="usb-1.2/input0")
    root = sys_folder(8, **GUN, phys="usb-1.2/input1")
    dev = tmp_path / "dev"
    (dev / "by-id").mkdir(parents=True)
    (dev / "by-path").mkdir()
    (dev / "event7").touch()
    by_id = dev / "by-id/usb-Symbol-event-kbd"
    by_id.symlink_to("../event7")
    (dev / "by-path/usb-1.2-event").symlink_to("../event8")
    assert resolve(str(by_id), root) == ["/dev/input/event7", "/dev/input/event8"]
    assert resolve(str(dev / "gone"), root) == [str(dev / "gone")]
    monkeypatch.setattr(find, "DEV", Path("/dev/input"))
    first, second = find.nodes(root)
    assert find.stable(first, dev) == str(by_id)
    assert find.stable(second, dev) == str(dev / "by-path/usb-1.2-event")
    assert find.stable(first, tmp_path) == "05e0:1200"


def test_a_touch_panel_is_none_of_the_touch_pads(sys_folder: Callable[..., Path]) -> None:
    sys_folder(1, name="pad", axes=word(0, 1, 0x35, 0x36), keys=word(0x14A), prop=word(0))
    sys_folder(2, name="single", axes=word(0, 1), keys=word(0x14A), prop=word(1))
    sys_folder(3, name="joystick", axes=word(0, 1), keys=word(0x120))
    root = sys_folder(
        4, name="panel", axes=word(0, 1, 0x2F, 0x35, 0x36, 0x39), keys=word(0x14A), prop=word(1)
    )
    assert [node.name for node in find.nodes(root) if node.touch] == ["single", "panel"]
    assert find.stable(find.nodes(root)[-1], root) == "/dev/input/event4"


def test_a_machine_without_input_nodes_has_none(tmp_path: Path) -> None:
    assert find.nodes(tmp_path / "none") == []


class TwoNodes(KeyScanner):
    """A scanner whose nodes are wires."""

    def __init__(self, wires: list[Wire]) -> None:
        super().__init__("gun", "05e0:1200")
        self._find = lambda _address: [str(number) for number in range(len(wires))]
        self._opener: Callable[[str], Node] = lambda path: wires[int(path)]


def test_codes_from_every_node_arrive_and_are_never_mixed(wires: list[Wire], heard: Heard) -> None:
    scanner = TwoNodes(wires)
    supervisor = Supervisor(scanner, heard)
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    wires[0].type("first")
    assert heard.wait(CodeScanned).raw == "first"
    whole, other = typed("one", (ENTER,)), typed("two", (ENTER,))
    for at in range(0, len(whole), SIZE):
        wires[0].ours.sendall(whole[at : at + SIZE])
        wires[1].ours.sendall(other[at : at + SIZE])
    assert {heard.wait(CodeScanned).raw, heard.wait(CodeScanned).raw} == {"one", "two"}
    assert supervisor.stop()
    assert [(wire.grabs, wire.closed) for wire in wires] == [(1, 1), (1, 1)]


def test_it_waits_until_no_key_is_held_and_asks_for_the_cut_code_again(
    wires: list[Wire], heard: Heard
) -> None:
    wire = wires[0]
    wire.shared, wire.down = True, {SHIFT}
    scanner = TwoNodes([wire])
    read = wire.read

    def release() -> list[Record]:
        wire.down.clear()
        return read()

    wire.read = release  # type: ignore[method-assign]
    wire.ours.sendall(pack([Record(EV_KEY, SHIFT, 0, 0), Record(EV_SYN, SYN_REPORT, 0, 0)]))
    supervisor = Supervisor(scanner, heard)
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    assert wire.grabs == 1
    wire.type("tail")
    wire.type("next")
    assert heard.wait(ScanLost).device == "gun"
    assert heard.wait(CodeScanned).raw == "next"
    assert supervisor.stop()


def test_a_key_that_stays_down_is_a_fault_with_what_to_do(wires: list[Wire]) -> None:
    wires[0].down = {SHIFT}
    ticks = iter([0.0, 0.5, 2.0])
    scanner = TwoNodes(wires[:1])
    scanner._clock = lambda: next(ticks)
    wires[0].ours.sendall(pack([Record(EV_KEY, SHIFT, 2, 0)]))
    with pytest.raises(OSError, match="let it go"):
        scanner.open()
    scanner.close()
    assert (wires[0].grabs, wires[0].closed) == (0, 1)


def test_closing_interrupts_the_wait_for_a_held_key(wires: list[Wire]) -> None:
    wires[0].down = {SHIFT}
    scanner = TwoNodes(wires[:1])
    failed: list[Exception] = []

    def try_to_open() -> None:
        try:
            scanner.open()
        except OSError as error:
            failed.append(error)

    opening = threading.Thread(target=try_to_open)
    opening.start()
    while not opening.join(0.01) and opening.is_alive():
        scanner.close()
    assert len(failed) == 1
    scanner.close()


def test_half_a_code_is_told_when_the_time_is_up_not_with_the_next_one(
    wires: list[Wire], heard: Heard
) -> None:
    supervisor = Supervisor(TwoNodes(wires[:1]), heard)
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    wires[0].ours.sendall(typed("40063"))
    assert heard.wait(ScanLost).reason == "the code broke off before its end"
    assert supervisor.stop()


def test_one_node_gone_is_the_device_gone_and_every_node_is_let_go(wires: list[Wire], heard: Heard) -> None:
    supervisor = Supervisor(TwoNodes(wires), heard)
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    wires[1].ours.close()
    assert heard.wait(StateChanged).state is State.ABSENT
    assert supervisor.stop()
    assert min(wire.closed for wire in wires) >= 1


def test_an_address_without_a_port_is_refused() -> None:
    with pytest.raises(OSError, match="host and port"):
        open_node("socket://nowhere")


@pytest.mark.skipif(sys.platform != "linux", reason="input nodes are Linux's")
def test_a_machine_without_evdev_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "evdev", None)
    with pytest.raises(OSError, match=r"pip install 'barrow\[pi\]'"):
        open_node(os.devnull)
