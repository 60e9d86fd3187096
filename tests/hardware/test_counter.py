"""The counter of the simulated stall: a real scale driver, display driver and panel against their twins."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hardware.device import State, StateChanged
from hardware.display.display import LineDisplay
from hardware.panel.events import ROLES, ButtonPressed, ContactWild, DrawerMoved
from hardware.panel.panel import Panel
from hardware.registry import make
from hardware.scale.scale import Scale
from hardware.scale.weight import NotWeighed, Trouble, Weighed
from hardware.simulated.control import tell
from hardware.simulated.offer import Answer
from hardware.simulated.scale import LANGUAGES, SimulatedScale
from hardware.simulated.stall import SimulatedStall
from hardware.supervisor import Supervisor

if TYPE_CHECKING:
    from tests.hardware.conftest import Heard


def quick(event: threading.Event, _seconds: float) -> bool:
    """A pause of ten milliseconds instead of seconds."""
    return event.wait(0.01)


def supervise(stall: SimulatedStall, name: str, heard: Heard) -> tuple[Supervisor, object]:
    table = stall.devices()[name]
    made = make(str(table["kind"]), name, table)
    supervisor = Supervisor(made, heard, wait=quick)
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    return supervisor, made


@pytest.fixture(params=LANGUAGES)
def weighing(
    request: pytest.FixtureRequest, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[SimulatedStall, str]]:
    """A scale of each language, asked for a weight, and the language's name."""
    monkeypatch.setattr("hardware.scale.scale.POLL_S", 0.02)
    with SimulatedStall(scale=request.param) as stall:
        supervisor, made = supervise(stall, "scale", heard)
        assert isinstance(made, Scale)
        made.ask(True)
        yield stall, request.param
        assert supervisor.stop()


EXPECTED = {
    "moving": Trouble.MOVING,
    "over": Trouble.OVER,
    "under": Trouble.UNDER,
    "negative": Trouble.NEGATIVE,
    "garbage": Trouble.GARBAGE,
    "silent": Trouble.SILENT,
    "half": Trouble.GARBAGE,
}
"""Each fault's word."""
OTHERWISE = {
    ("toledo8217", "negative"): Trouble.UNDER,  # its status byte has one bit for both
    ("cas", "under"): Trouble.NEGATIVE,  # it has a minus sign and nothing else
    ("cas-w", "under"): Trouble.NEGATIVE,
    ("cas-w", "over"): Trouble.GARBAGE,  # it sends bars, which its sheet does not name
}
"""Where a language has not so many words."""


def test_a_weight_and_every_fault_is_what_it_is(weighing: tuple[SimulatedStall, str], heard: Heard) -> None:
    stall, language = weighing
    stall.do("scale", grams=1250)
    assert heard.wait(Weighed, lambda event: event.grams > 0).grams == 1250
    for fault, usual in EXPECTED.items():
        stall.do("scale", grams=1250, fault=fault)
        word = OTHERWISE.get((language, fault), usual)
        heard.wait(NotWeighed, lambda event, word=word: event.why is word)  # type: ignore[misc]
    assert {event.grams for event in heard.all if isinstance(event, Weighed)} <= {0, 1250}
    stall.do("scale", grams=335)
    assert heard.wait(Weighed, lambda event: event.grams == 335).at_ms > 0


def test_a_tare_is_taken_off_and_said(heard: Heard) -> None:
    with SimulatedStall(scale="sma") as stall:
        supervisor, scale = supervise(stall, "scale", heard)
        stall.do("scale", grams=355, tare=20)
        assert isinstance(scale, Scale)
        scale.ask(True)
        event = heard.wait(Weighed, lambda event: event.net)  # a look may have begun before
        assert (event.grams, event.tare) == (335, 20)
        assert supervisor.stop()


def test_nothing_is_asked_of_a_scale_that_nobody_waits_for(stall: SimulatedStall, heard: Heard) -> None:
    supervisor, _scale = supervise(stall, "scale", heard)
    asked = stall.do("scale")["asked"]
    assert isinstance(asked, int)
    assert asked <= 1
    assert supervisor.stop()


def test_a_scale_is_back_by_itself_and_still_asked(stall: SimulatedStall, heard: Heard) -> None:
    supervisor, scale = supervise(stall, "scale", heard)
    assert isinstance(scale, Scale)
    scale.ask(True)
    stall.do("scale", grams=500)
    heard.wait(Weighed, lambda event: event.grams == 500)
    stall.do("scale", act="unplug")
    heard.wait(StateChanged, lambda change: change.state in {State.ABSENT, State.FAULT})
    stall.do("scale", act="replug", grams=600)
    heard.wait(Weighed, lambda event: event.grams == 600)
    assert supervisor.stop()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_twin_answers_the_same_however_its_questions_are_cut(language: str) -> None:
    questions = b"".join(LANGUAGES[language])
    whole = SimulatedScale(language, grams=335).receive(questions)
    single = SimulatedScale(language, grams=335)
    assert b"".join(single.receive(bytes((byte,))) for byte in questions) == whole
    assert whole
    assert SimulatedScale(language).receive(b"\xffnoise\n\n") == b""


@pytest.mark.parametrize("dialect", ["escpos", "cd5220"])
def test_the_pole_shows_what_it_was_told_also_after_a_pulled_plug(dialect: str, heard: Heard) -> None:
    with SimulatedStall(display=dialect) as stall:
        supervisor, display = supervise(stall, "display", heard)
        assert isinstance(display, LineDisplay)
        display.show("Käse", "TOTAL         € 3.50")
        shown = {"escpos": "Käse", "cd5220": "Kase"}[dialect]
        _until_shown(stall, shown, "3.50")
        stall.do("display", act="unplug")
        display.show("Honig", "TOTAL           7.90")
        heard.wait(StateChanged, lambda change: change.state in {State.ABSENT, State.FAULT})
        stall.do("display", act="replug")
        answer = _until_shown(stall, "Honig", "7.90")
        assert (answer["lower"], answer["unknown"]) == ("TOTAL           7.90", 0)
        assert supervisor.stop()


def _until_shown(stall: SimulatedStall, upper: str, amount: str) -> Answer:
    """Wait for both lines, which come one after the other; the display is asked, it says nothing itself."""
    for _ in range(1500):
        answer = stall.do("display")
        if str(answer["upper"]).strip() == upper and str(answer["lower"]).endswith(amount):
            return answer
        threading.Event().wait(0.02)
    pytest.fail(f"the pole shows {stall.do('display')}")


def test_buttons_and_the_drawer_reach_a_panel_on_mock_pins(stall: SimulatedStall, heard: Heard) -> None:
    supervisor, made = supervise(stall, "panel", heard)
    assert isinstance(made, Panel)
    assert not heard.wait(DrawerMoved).open
    for role in ROLES:
        assert stall.do("button", role=role)["heard"]
        event = heard.wait(ButtonPressed)
        assert (event.role, event.long) == (role, False)
    stall.do("button", role="pay", long=True)
    assert heard.wait(ButtonPressed).long
    stall.do("drawer", act="open")
    assert heard.wait(DrawerMoved).open
    stall.do("drawer", act="shut")
    assert not heard.wait(DrawerMoved).open
    stall.do("button", role="plus", wild=True)
    assert heard.wait(ContactWild).contact == "plus"
    assert supervisor.stop()
    assert not stall.do("button", role="pay")["heard"]


def test_a_pulse_of_the_printer_opens_the_drawer_that_the_panel_watches(
    stall: SimulatedStall, heard: Heard
) -> None:
    from hardware.printer.printer import Printer

    panel, _made = supervise(stall, "panel", heard)
    printer, made = supervise(stall, "printer", heard)
    assert isinstance(made, Printer)
    made.pulse(2)
    assert heard.wait(DrawerMoved, lambda event: event.open).device == "panel"
    stall.do("printer", act="drawer-shut")
    assert not heard.wait(DrawerMoved).open
    assert panel.stop()
    assert printer.stop()


@pytest.mark.parametrize(
    ("command", "fields", "words"),
    [
        ("scale", {"grams": 1.5}, "whole grams"),
        ("scale", {"grams": 10**9}, "whole grams"),
        ("scale", {"fault": "melted"}, "one of moving"),
        ("scale", {"act": "throw"}, "unplug or replug"),
        ("button", {"role": "launch"}, "one of pay"),
        ("drawer", {"act": "kick"}, "open or shut"),
    ],
)
def test_what_the_counter_cannot_do_is_said(
    stall: SimulatedStall, command: str, fields: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        stall.do(command, **fields)


def test_the_command_line_plays_with_the_counter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kiosk.cli import main

    with SimulatedStall(tmp_path):
        sim = ["--shop", str(tmp_path), "sim"]
        assert main([*sim, "scale", "1,250", "--tare", "0.020", "--fault", "moving"]) == 0
        assert tell(tmp_path, "scale") == {
            "plugged": True,
            "grams": 1250,
            "tare": 20,
            "fault": "moving",
            "asked": 0,
            "connections": 0,
        }
        assert main([*sim, "display"]) == 0
        assert "│" + " " * 20 + "│" in capsys.readouterr().out
        assert main([*sim, "button", "help"]) == 1
        assert "nobody is listening" in capsys.readouterr().out
        assert main([*sim, "drawer", "open", "--json"]) == 0
        for wrong in ("heavy", "1.2345", "nan", "100"):
            with pytest.raises(SystemExit, match="2"):
                main([*sim, "scale", wrong])


@pytest.mark.parametrize("name", ["scale", "display"])
def test_fifty_pulled_plugs_leave_no_thread_and_no_descriptor(
    name: str, stall: SimulatedStall, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hardware.scale.scale.POLL_S", 0.01)
    monkeypatch.setattr("hardware.display.display.LOOK_S", 0.01)
    supervisor, made = supervise(stall, name, heard)
    folder = Path("/proc/self/fd")
    threads = threading.active_count()
    descriptors = len(list(folder.iterdir())) if folder.is_dir() else 0
    for cycle in range(50):
        while stall.do(name)["connections"] == 0:
            pass  # connected here is not yet accepted there
        if isinstance(made, Scale):
            made.ask(True)
        stall.do(name, act="unplug")
        if isinstance(made, LineDisplay):
            made.show(str(cycle), "")
        heard.wait(StateChanged, lambda change: change.state is not State.READY)
        stall.do(name, act="replug")
        heard.wait(StateChanged, lambda change: change.state is State.READY)
    assert threading.active_count() <= threads
    assert (len(list(folder.iterdir())) if folder.is_dir() else 0) <= descriptors + 1
    assert supervisor.stop()
