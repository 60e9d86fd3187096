"""`kiosk setup devices` in a simulated stall: a scripted person answers, scans, presses and weighs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.printer.strip import LINES
from hardware.scanner.binding import SETUP_CODE
from hardware.simulated.stall import SimulatedStall
from kiosk.cli import main
from kiosk.commands.setupdevices import Terminal
from kiosk.doctor import listening
from kiosk.fitting.display import fit as fit_display
from kiosk.fitting.draft import Draft
from kiosk.fitting.found import Thing, owner
from kiosk.fitting.walk import Stop, route, walk
from kiosk.ledger.instance import TillLock
from kiosk.settings import FILE
from tests.fitting.scripted import ENGLISH, Scripted, connect, go, when_heard


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who does not come does not come for long."""
    monkeypatch.setattr(listening, "WAIT_S", 20.0)
    monkeypatch.setattr("kiosk.fitting.meter.HEARD_S", 0.2)
    monkeypatch.setattr("kiosk.fitting.scanner.candidates", list)


def test_the_strip_finds_code_page_and_width_and_the_pulse_the_drawer(
    shop: Path, stall: SimulatedStall
) -> None:
    draft = connect(shop, stall, "printer")
    number = next(one.number for one in LINES if (one.page, one.at) == ("CP1252", 71))
    person = Scripted({"Which line": str(number), "The last whole": "48"})
    go(draft, person)
    receipt = draft.settings.receipt
    assert (receipt.code_page, receipt.page_number, receipt.columns) == ("CP1252", 71, 48)
    assert draft.device("printer").drawer_pin == 2
    assert stall.do("paper")["pulses"] == 1
    # and a second time, when the printer has its usual numbers again
    person = Scripted({"Which line": "1", "The last whole": "48"})
    go(draft, person)
    assert (draft.settings.receipt.code_page, draft.settings.receipt.page_number) == ("CP858", None)


def test_a_printer_that_says_nothing_and_has_no_drawer(shop: Path, stall: SimulatedStall) -> None:
    stall.do("printer", act="silent")
    draft = connect(shop, stall, "printer", answers=True)
    person = Scripted({"Is a cash drawer": "no", "Put it right": "no"})
    go(draft, person)
    assert any("tells nothing of itself" in words for words in person.said)


def test_the_scanner_that_typed_the_code_is_bound_as_it_is_set(shop: Path, stall: SimulatedStall) -> None:
    draft = connect(shop, stall, "keys")
    typed = when_heard(stall, "keys", lambda: stall.do("type", code=SETUP_CODE, layout="de"))
    person = Scripted(deeds={"Scan this code": typed})
    go(draft, person)
    keys = draft.device("keys").options
    assert (keys["layout"], keys["suffix"]) == ("de", "enter")
    assert person.said.index("(forgets what was typed)") > 0


def test_a_scanner_on_a_line_is_tried_with_any_code(shop: Path, stall: SimulatedStall) -> None:
    draft = connect(shop, stall, "scanner")
    scan = when_heard(stall, "scanner", lambda: stall.do("scan", code="4006381333931"))
    person = Scripted(deeds={"Scan any code": scan})
    go(draft, person)
    assert "It read 4006381333931." in person.said
    assert draft.changes() == []


def test_four_touched_marks_turn_a_panel_that_stands_on_its_head(shop: Path, stall: SimulatedStall) -> None:
    draft = connect(shop, stall, "touch")
    marks = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))

    def touch(x: float, y: float) -> Callable[[], None]:
        return when_heard(stall, "touch", lambda: stall.do("tap", x=(1 - x) * 100, y=(1 - y) * 100))

    go(draft, Scripted(deeds={f"point {x:g} {y:g}": touch(x, y) for x, y in marks}))
    found = [float(str(number)) for number in draft.device("touch").options["calibration"]]  # type: ignore[attr-defined]
    assert found == pytest.approx([-1, 0, 1, 0, -1, 1], abs=0.01)


def test_touching_one_corner_four_times_calibrates_nothing(shop: Path, stall: SimulatedStall) -> None:
    draft = connect(shop, stall, "touch")
    corner = when_heard(stall, "touch", lambda: stall.do("tap", x=10, y=10))
    marks = ("0.1 0.1", "0.9 0.1", "0.9 0.9", "0.1 0.9")
    go(draft, Scripted({"The four touches": "no"}, {f"point {mark}": corner for mark in marks}))
    assert draft.changes() == []


def test_crossed_buttons_are_renamed_as_they_were_pressed(shop: Path, stall: SimulatedStall) -> None:
    draft = connect(shop, stall, "panel")
    before = dict(draft.device("panel").options)
    crossed = {"PAY": "void", "VOID": "pay", "PLUS": "plus", "HELP": "help", "PAGE": "page"}
    deeds: dict[str, Callable[[], object]] = {
        f"Press {called}.": lambda role=role: stall.do("button", role=role)
        for called, role in crossed.items()
    }
    go(draft, Scripted(deeds=deeds))
    after = draft.device("panel").options
    assert (after["pay"], after["void"], after["help"]) == (before["void"], before["pay"], before["help"])


def test_a_button_that_is_never_heard_changes_nothing(
    shop: Path, stall: SimulatedStall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "WAIT_S", 0.05)
    draft = connect(shop, stall, "panel")
    person = Scripted()
    go(draft, person)
    assert any(words.startswith("Not heard: pay") for words in person.said)
    assert draft.changes() == []


def test_the_scale_is_compared_with_its_own_display(
    shop: Path, stall: SimulatedStall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hardware.scale.scale.POLL_S", 0.02)
    draft = connect(shop, stall, "scale")
    person = Scripted(
        {"It says": "no"}, {"Put something on the scale": lambda: stall.do("scale", grams=1250)}
    )
    go(draft, person)
    assert any("1.250" in words for words in person.said)
    assert any("do not sell by it" in words for words in person.said)


@pytest.mark.parametrize(
    ("readable", "kind"), [(["yes"], "escpos"), (["no", "yes"], "cd5220"), (["no", "no"], "")]
)
def test_a_display_is_spoken_to_in_one_language_after_the_other(
    shop: Path, stall: SimulatedStall, readable: list[str], kind: str
) -> None:
    draft = connect(shop, stall, "display")
    looks = iter(readable)
    seen: list[str] = []

    class Reader(Scripted):
        """Looks at the display before it answers."""

        def answer(self, question: str, usual: str) -> str:
            if not question.startswith("Does its upper line"):
                return "no"
            pause = threading.Event()
            while "Barrow 12.50" not in (upper := str(stall.do("display")["upper"])):
                pause.wait(0.01)
            seen.append(upper)
            return next(looks)

    reader = Reader()
    display = draft.device("display")
    fit_display(draft, reader, display)
    assert len(seen) == len(readable), "both languages are understood by the simulated display"
    if kind:
        after = draft.device("display")
        assert (after.kind, after.options["page"]) == (kind, "ASCII"), "its lower line could not be read"
    else:
        assert draft.changes() == []


def test_a_stranger_on_a_serial_line_becomes_what_the_person_says(shop: Path, stall: SimulatedStall) -> None:
    address = str(stall.devices()["scale"]["address"])
    draft = Draft(shop)
    thing = Thing(address, "FTDI", "serial", ("printer", "scanner", "scale", "display"))
    person = Scripted({"What is it?": "scale", "Try": "no"})
    walk(draft, person, route(draft.settings, [thing])[:1])
    assert (draft.device("scale").kind, draft.device("scale").options["address"]) == ("toledo8217", address)


def test_an_address_that_is_none_loses_nothing_of_what_was_found_before(shop: Path) -> None:
    draft = Draft(shop)
    found = [Thing("/dev/input/by-path/panel", "EDT", "evdev", ("touch",))]
    person = Scripted({"A receipt printer": "over there", "What is it?": "touch", "Put it right": "no"})
    walk(draft, person, route(draft.settings, found))
    assert [one.name for one in draft.settings.devices] == ["touch"]
    assert any(words.startswith("network: ") for words in person.said)


def test_a_word_is_known_by_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["", "maybe", "N"])
    monkeypatch.setattr("builtins.input", lambda _question: next(typed))
    person = Terminal(present=True)
    assert person.choose("Sure?", ("yes", "no"), "yes") == "yes"
    assert person.choose("Sure?", ("yes", "no"), "yes") == "no"


@pytest.mark.usefixtures("german")
def test_a_german_walk_says_no_english_sentence(shop: Path, stall: SimulatedStall) -> None:
    draft = connect(shop, stall, "printer", "scale", "battery", "lamp")
    broken: dict[str, dict[str, str | int]] = {
        "pole": {"role": "display", "kind": "escpos", "address": "/dev/none"},
        "gun": {"role": "scanner", "kind": "evdev", "address": "0001:0001"},
        "shunt": {"role": "battery", "kind": "vedirect", "address": "socket://127.0.0.1:9"},
        "hat": {"role": "battery", "kind": "pijuice", "bus": 250},
        "plug": {"role": "outlet", "kind": "kasa", "address": "127.0.0.1:9"},
        "board": {"role": "battery", "kind": "jbd", "address": "/dev/none", "baud": 7, "colour": "red"},
        "cabinet": {"role": "locks", "kind": "cu16", "port": "/dev/none", "boards": "0,x"},
        "printer2": {"kind": "tcp", "address": "127.0.0.1:9"},
    }
    for name, keys in broken.items():
        draft.put(f"devices.{name}", keys)
    stall.do("printer", act="cover-open")
    stall.do("scale", fault="garbage")
    said = "\n".join(go(draft, Scripted(present=False)))
    assert [line for line in said.splitlines() if ENGLISH.search(line)] == []
    assert all(f"✗ {name}" in said for name in broken)


def test_nobody_there_writes_down_only_what_is_certain(shop: Path) -> None:
    draft = Draft(shop)
    found = [
        Thing("/dev/usb/lp0", "", "usblp", ("printer",)),
        Thing("/dev/serial/by-id/usb-FTDI", "", "serial", ("printer", "scale")),
        Thing("/dev/input/by-path/panel", "EDT", "evdev", ("touch",)),
    ]
    nobody = Scripted(present=False)
    walk(draft, nobody, route(draft.settings, found))
    assert [(one.name, one.kind) for one in draft.settings.devices] == [
        ("printer", "usblp"),
        ("touch", "evdev"),
    ]
    assert [owner(thing, draft.settings) for thing in found] == ["printer", None, "touch"]
    again = route(draft.settings, found)
    assert [stop.do for stop in again] == ["visit", "visit", "meet", "keyboard", "outlets"]
    assert route(draft.settings, found, ["touch"]) == [Stop("visit", name="touch")]


def test_the_rest_of_the_file_stays_and_the_former_one_is_kept(shop: Path, stall: SimulatedStall) -> None:
    before = (shop / FILE).read_bytes()
    draft = connect(shop, stall, "printer")
    assert (shop / (FILE + ".bak")).read_bytes() == before
    assert (shop / FILE).read_bytes().startswith(before)
    draft.put("receipt", {"columns": 48})
    assert (shop / FILE).read_bytes().count(b"columns = 48") == 0, "nothing is written before the end"
    assert [line[:14] for line in draft.changes()] == ["- columns = 42", "+ columns = 48"]


def test_without_hands_the_command_looks_and_writes_nothing(
    shop: Path, stall: SimulatedStall, capsys: pytest.CaptureFixture[str]
) -> None:
    connect(shop, stall, "printer", "scale")
    before = (shop / FILE).read_bytes()
    assert main(["--shop", str(shop), "setup", "devices", "--yes", "printer", "scale"]) == 0
    out = capsys.readouterr().out
    assert "✓ printer" in out
    assert "scale was not tried: that takes hands" in out
    assert "Nothing is to be changed" in out
    assert (shop / FILE).read_bytes() == before
    assert stall.do("paper")["lines"] == []


@pytest.mark.parametrize("broken", [KeyboardInterrupt, EOFError])
def test_leaving_in_the_middle_harms_nothing(
    shop: Path,
    stall: SimulatedStall,
    broken: type[BaseException],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    connect(shop, stall, "printer")
    before = (shop / FILE).read_bytes()
    asked: list[str] = []

    def person(question: str) -> str:
        asked.append(question)
        if len(asked) > 3:
            raise broken
        return ""

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", person)
    assert main(["--shop", str(shop), "setup", "devices"]) == (130 if broken is KeyboardInterrupt else 1)
    assert "nothing was" in "".join(capsys.readouterr())
    assert (shop / FILE).read_bytes() == before


def test_what_cannot_begin_says_so_in_one_line(
    shop: Path, pattern: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--shop", str(shop), "setup", "devices"]) == 2
    assert main(["--shop", str(shop), "setup", "devices", "--yes", "toaster"]) == 2
    lock = TillLock(pattern / "ledger.db")
    try:
        assert main(["--shop", str(pattern), "setup", "devices", "--yes"]) == 1
    finally:
        lock.release()
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_a_printer_that_is_not_there_is_one_line_with_what_to_do(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = Draft(shop)
    draft.put("devices.printer", {"kind": "tcp", "address": "127.0.0.1:9"})
    draft.save()
    assert main(["--shop", str(shop), "setup", "printer"]) == 1
    assert capsys.readouterr().err == "printer: Connection refused; `kiosk doctor` tells what to do\n"
