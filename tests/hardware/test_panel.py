"""A panel on pins that behave: a bounced press is one, lights follow, and its fault is its own."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hardware import registry
from hardware.device import Event, State, StateChanged
from hardware.options import BadOptions
from hardware.panel import panel as panel_module
from hardware.panel import pins as pins_module
from hardware.panel.chips import NoChip, header_chip
from hardware.panel.events import ButtonPressed, ContactWild, DrawerMoved
from hardware.panel.panel import Panel, Wiring
from hardware.panel.pins import (
    DirectoryMoved,
    DirectoryNotWritable,
    NoLgpio,
    PinRefused,
    Pins,
    new_mock_factory,
    real_factory,
)
from hardware.supervisor import Supervisor
from tests.hardware.conftest import DEADLINE_S

if TYPE_CHECKING:
    from tests.hardware.conftest import Heard

WIRING = Wiring(
    contacts={"pay": 17, "plus": 27, "drawer": 22},
    settle_s={"pay": 0.02, "plus": 0.02, "drawer": 0.02},
    outputs={"light_ok": 5, "light_attention": 6, "buzzer": 13},
)


@pytest.fixture
def factory() -> Iterator[Any]:
    made = new_mock_factory()
    yield made
    made.close()


@pytest.fixture
def panel(factory: Any, heard: Heard) -> Iterator[Panel]:
    made = Panel("panel", WIRING, lambda: Pins(factory, own=False))
    supervisor = Supervisor(made, heard, wait=lambda event, _seconds: event.wait(0.01))
    supervisor.start()
    heard.wait(DrawerMoved)
    yield made
    assert supervisor.stop()


def tap(factory: Any, pin: int, bounces: int = 3) -> None:
    """Press and let go, as a real contact does it: with some noise at either end."""
    wire = factory.pin(pin)
    for _ in range(bounces):
        wire.drive_low()
        wire.drive_high()
    wire.drive_low()
    threading.Event().wait(0.05)  # held for longer than it takes to settle
    for _ in range(bounces):
        wire.drive_high()
        wire.drive_low()
    wire.drive_high()


def test_a_bounced_press_is_one_event(panel: Panel, factory: Any, heard: Heard) -> None:
    for role, pin in (("pay", 17), ("plus", 27), ("pay", 17)):
        tap(factory, pin)
        event = heard.wait(ButtonPressed)
        assert (event.role, event.long) == (role, False)
    assert [event for event in heard.rest() if isinstance(event, ButtonPressed)][3:] == []


def test_the_drawer_is_told_at_the_start_and_when_it_moves(factory: Any, heard: Heard, panel: Panel) -> None:
    assert [event.open for event in heard.all if isinstance(event, DrawerMoved)] == [False]
    factory.pin(22).drive_low()
    assert heard.wait(DrawerMoved).open
    factory.pin(22).drive_high()
    assert not heard.wait(DrawerMoved).open


def test_a_lost_edge_is_made_good_by_looking(
    factory: Any, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel_module, "LOOK_S", 0.05)
    made = Panel("panel", WIRING, lambda: Pins(factory, own=False))
    supervisor = Supervisor(made, heard)
    supervisor.start()
    heard.wait(DrawerMoved)
    factory.pin(22)._state = False  # the drawer moved and no edge came, as from a dead library thread
    assert heard.wait(DrawerMoved).open
    assert supervisor.stop()


def test_one_listener_that_raises_does_not_stop_the_next_button(factory: Any) -> None:
    told: queue.Queue[Event] = queue.Queue()

    def report(event: Event) -> None:
        if isinstance(event, ButtonPressed) and event.role == "pay":
            raise RuntimeError("the screen fell over")
        told.put(event)

    made = Panel("panel", WIRING, lambda: Pins(factory, own=False))
    made.open()
    thread = threading.Thread(target=made.run, args=(report,))
    thread.start()
    assert isinstance(told.get(timeout=DEADLINE_S), DrawerMoved)
    tap(factory, 17)
    tap(factory, 27)
    event = told.get(timeout=DEADLINE_S)
    assert isinstance(event, ButtonPressed)
    assert event.role == "plus"
    made.close()
    thread.join(DEADLINE_S)
    assert not thread.is_alive()


def test_what_the_library_calls_never_raises_whatever_state_the_panel_is_in(factory: Any) -> None:
    made = Panel("panel", WIRING, lambda: Pins(factory, own=False))
    made.open()
    made.close()
    for _ in range(panel_module.MOST_EDGES + 100):  # a storm after the end: bounded, and nobody minds
        made._edge("pay", True)
        made._edge("nobody", False)
    assert len(made._edges) == panel_module.MOST_EDGES


def test_an_edge_of_a_pin_just_let_go_of_does_not_end_the_library_s_thread(factory: Any) -> None:
    pins = Pins(factory, own=False)
    pins.listen("plus", 27, True, lambda _name, _level: None)
    pins.listen("pay", 17, True, lambda _name, _level: 1 / 0)  # type: ignore[arg-type, return-value]
    pins.drop("plus")
    factory.pin(27)._call_when_changed()  # as from lgpio's thread, in the middle of letting go
    factory.pin(17).drive_low()
    pins.close()


def test_a_wild_contact_is_let_go_of_and_said_so(panel: Panel, factory: Any, heard: Heard) -> None:
    wire = factory.pin(27)
    for _ in range(600):
        wire.drive_low()
        wire.drive_high()
    assert heard.wait(ContactWild).contact == "plus"
    change = heard.wait(StateChanged)
    assert (change.state, "plus went wild" in change.reason) == (State.DEGRADED, True)
    tap(factory, 17)
    assert heard.wait(ButtonPressed).role == "pay"


def test_lights_and_buzzer_follow_and_are_off_in_the_end(
    factory: Any, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = threading.Condition()
    seen: dict[str, bool] = {}

    class Watched(Pins):
        def set(self, name: str, on: bool) -> None:
            super().set(name, on)
            with changed:
                seen[name] = on
                changed.notify_all()

    made = Panel("panel", WIRING, lambda: Watched(factory, own=False))
    supervisor = Supervisor(made, heard)
    supervisor.start()

    def until(true: Callable[[], bool]) -> None:
        with changed:
            assert changed.wait_for(true, DEADLINE_S)

    made.light("ok")
    until(lambda: seen.get("light_ok") is True and seen["light_attention"] is False)
    assert factory.pin(5).state
    made.light("attention")
    until(lambda: seen["light_attention"] and not seen["light_ok"])
    made.beep("ok")  # not wanted in this shop
    made.beep("error")
    until(lambda: seen["buzzer"])
    until(lambda: not seen["buzzer"])
    made.beep("error")
    until(lambda: seen["buzzer"])
    assert supervisor.stop()
    assert not any(factory.pin(pin).state for pin in (5, 6, 13))


def test_two_panels_on_one_pin_are_one_panel_and_one_fault(panel: Panel, factory: Any) -> None:
    second = Panel("second", WIRING, lambda: Pins(factory, own=False))
    with pytest.raises(PinRefused, match="GPIO17"):
        second.open()
    second.close()


def test_opening_and_closing_a_hundred_times_leaves_nothing_behind(factory: Any) -> None:
    threads = threading.active_count()
    made = Panel("panel", WIRING, lambda: Pins(factory, own=False))
    for _ in range(100):
        made.open()
        made.close()
        made.close()
    assert threading.active_count() <= threads


# -- the real thing, as far as it goes without a Pi ----------------------------------------------------------


def chips(folder: Path, **labels: str) -> Callable[[int, int, bytes], bytes]:
    """Chip nodes with labels, and how the kernel would tell them."""
    for name in labels:
        (folder / name).write_text(name)

    def ask(fd: int, request: int, buffer: bytes) -> bytes:
        assert (request, len(buffer)) == (0x8044B401, 68)
        name = os.read(fd, 32).decode()
        return name.encode().ljust(32, b"\0") + labels[name].encode().ljust(32, b"\0") + b"\x1c\0\0\0"

    return ask


@pytest.mark.parametrize(
    ("labels", "number"),
    [
        ({"gpiochip0": "pinctrl-rp1", "gpiochip10": "gpio-brcmstb@107d508500"}, 0),
        ({"gpiochip0": "gpio-brcmstb", "gpiochip4": "pinctrl-rp1"}, 4),
        ({"gpiochip0": "pinctrl-bcm2711", "gpiochip1": "raspberrypi-exp-gpio"}, 0),
        ({"gpiochip0": "raspberrypi-exp-gpio", "gpiochip2": "pinctrl-bcm2835"}, 2),
    ],
)
def test_the_header_s_chip_is_found_by_its_label(tmp_path: Path, labels: dict[str, str], number: int) -> None:
    assert header_chip(tmp_path, chips(tmp_path, **labels)) == number


def test_no_chip_of_a_pi_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NoChip, match="no GPIO chip"):
        header_chip(tmp_path)
    with pytest.raises(NoChip):
        header_chip(tmp_path, chips(tmp_path, gpiochip0="some-laptop"))


def test_a_chip_we_may_not_ask_wants_the_group(tmp_path: Path) -> None:
    ask = chips(tmp_path, gpiochip0="pinctrl-rp1")

    def refused(fd: int, request: int, buffer: bytes) -> bytes:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(PermissionError):
        header_chip(tmp_path, refused)
    assert header_chip(tmp_path, ask) == 0


@pytest.fixture
def on_a_pi(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a header, and nothing in the way but what a test puts there."""
    monkeypatch.setattr(pins_module, "header_chip", lambda: 0)
    monkeypatch.delenv("LG_WD", raising=False)


@pytest.mark.skipif(
    not Path("/proc/self").is_dir(), reason="needs a folder that not even root can write: /proc"
)
def test_a_working_directory_that_cannot_be_written_is_named(
    on_a_pi: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/proc")
    with pytest.raises(DirectoryNotWritable, match="the working directory /proc cannot be written"):
        real_factory()


def test_lgpio_is_not_let_move_the_till_into_another_directory(
    on_a_pi: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LG_WD", str(tmp_path / "elsewhere"))
    with pytest.raises(DirectoryMoved, match="LG_WD"):
        real_factory()


def test_a_missing_library_is_named(on_a_pi: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "lgpio", None)
    with pytest.raises(NoLgpio):
        real_factory()


def test_an_unusable_panel_is_a_fault_and_no_exception(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> Pins:
        raise DirectoryNotWritable("the working directory / cannot be written")

    supervisor = Supervisor(Panel("panel", WIRING, nothing), heard)
    supervisor.start()
    change = heard.wait(StateChanged, lambda change: change.state is not State.OPENING)
    assert (change.state, change.reason) == (State.FAULT, "the working directory / cannot be written")
    assert supervisor.stop()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({}, "nothing is wired"),
        ({"pay": 17, "plus": 17}, "pin 17 is used twice"),
        ({"pay": 28}, "pay: 28, must be a number from 0 to 27"),
        ({"pay": 17, "pins": "imaginary"}, "pins"),
        ({"pay": 17, "beeps": "loud"}, "beeps"),
        ({"pay": 17, "debounce_ms": 1}, "debounce_ms"),
        ({"pay": 17, "launch": 4}, "launch: no such option"),
    ],
)
def test_wrong_settings_are_named(table: dict[str, object], words: str) -> None:
    with pytest.raises(BadOptions, match=words):
        registry.make("panel-gpio", "panel", table)


def test_a_panel_is_made_without_gpiozero_and_opened_without_its_default() -> None:
    code = """
import sys
from hardware.registry import make
panel = make("panel-gpio", "panel", {"pins": "mock", "pay": 17, "drawer": 22, "light_ok": 5})
assert "gpiozero" not in sys.modules
panel.open()
from gpiozero import Device
assert Device.pin_factory is None
assert "lgpio" not in sys.modules
panel.close()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
