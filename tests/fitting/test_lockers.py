"""`kiosk setup lockers` on a simulated cabinet: a map of what was seen, written if agreed to, or nothing."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.locks.boxes import load as load_map
from hardware.simulated.stall import SimulatedStall
from kiosk import demo, i18n
from kiosk.cli import main
from kiosk.demo.locker import add_locker
from kiosk.settings import load

LOCKS = """
[devices.locks]
role = "locks"
kind = "cu16"
port = "{port}"
boxes = 2
"""
Person = Callable[[dict[str, list[str]]], list[str]]


@pytest.fixture
def stall() -> Iterator[SimulatedStall]:
    with SimulatedStall() as running:
        yield running


@pytest.fixture
def shop(tmp_path: Path, stall: SimulatedStall, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop whose cabinet has two locks on a board, coils that need no rest, and a terminal."""
    monkeypatch.setattr("hardware.locks.learning.COOL_S", 0.0)
    monkeypatch.setattr("hardware.locks.learning.GAP_S", 0.0)
    monkeypatch.setattr("kiosk.commands.setuplockers.is_terminal", lambda: True)
    folder = add_locker(demo.build(tmp_path / "shop", language="en", timezone="UTC")).folder
    with (folder / "shop.toml").open("a") as file:
        file.write(LOCKS.format(port=stall.cabinet()["locks"]["port"]))
    return folder


@pytest.fixture
def person(stall: SimulatedStall, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody at the doors who does what the questions ask, and answers some of them otherwise at first."""

    def there(otherwise: dict[str, list[str]]) -> list[str]:
        asked: list[str] = []

        def answer(question: str) -> str:
            asked.append(question)
            for words, answers in otherwise.items():
                if words in question and answers:
                    return answers.pop(0)
            number = 1 + sum("Take it out" in one for one in asked[:-1])
            if "Put something" in question:
                stall.do("door", number=number, act="put")
            elif "Take it out" in question:
                stall.do("door", number=number, act="take")
                stall.do("door", number=number, act="close")
            return str(number) if "which door" in question else ""

        monkeypatch.setattr(builtins, "input", answer)
        return asked

    return there


def pulses(stall: SimulatedStall) -> int:
    """Of all locks."""
    found = stall.do("status")["locks"]
    assert isinstance(found, dict)
    return sum(int(str(text).split()[-2]) for name, text in found.items() if name.startswith("box "))


def test_doors_are_learned_whatever_way_their_contacts_are_wired(
    shop: Path, stall: SimulatedStall, person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    stall.do("board", act="inverted")
    asked = person({"which door": ["seven", "-1", "9" * 5000]})  # no numbers: asked again
    assert main(["--shop", str(shop), "setup", "lockers"]) == 0
    boxes = load_map(shop / "lockers.json").boxes
    assert [(one.number, one.channel, one.locked_level, one.item_level) for one in boxes.values()] == [
        (1, 1, False, True),
        (2, 2, False, True),
    ]
    said = capsys.readouterr().out
    assert "1 = 0/1" in said
    assert "there is no such door: 3, 4" in said
    assert any("2 of 2, lock 2 of board 0" in one for one in asked)
    chosen = load(shop).device("locks")
    assert chosen is not None
    assert chosen.options["map"] == str((shop / "lockers.json").resolve())
    assert pulses(stall) == 2
    path = shop / "lockers.json"
    path.write_text(path.read_text().replace('"channel": 1', '"channel": 3'))
    assert main(["--shop", str(shop), "locker", "status"]) == 2
    assert "[devices.locks] cannot be used" in capsys.readouterr().err


def test_nothing_is_written_unless_they_agree(shop: Path, person: Person) -> None:
    before = (shop / "shop.toml").read_bytes()
    person({"Write": ["no"]})
    assert main(["--shop", str(shop), "setup", "lockers"]) == 1
    assert not (shop / "lockers.json").exists()
    assert (shop / "shop.toml").read_bytes() == before


def test_a_dead_board_is_named_and_nothing_is_pulsed(
    shop: Path, stall: SimulatedStall, person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    for fault in ("silent", "echo"):
        stall.do("board", act=fault)
    person({})
    assert main(["--shop", str(shop), "setup", "lockers"]) == 1
    assert "board 0 does not answer (echo)" in capsys.readouterr().err
    assert pulses(stall) == 0


def test_a_german_shop_hears_of_a_dead_board_in_german(
    shop: Path, stall: SimulatedStall, person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "shop.toml").write_text(
        (shop / "shop.toml").read_text().replace('language = "en"', 'language = "de"')
    )
    stall.do("board", act="silent")
    person({})
    try:
        assert main(["--shop", str(shop), "setup", "lockers"]) == 1
        assert "Platine 0 antwortet nicht (Stille): nach Adresse" in capsys.readouterr().err
    finally:
        i18n.set_language("en")


@pytest.mark.parametrize(("leaving", "status"), [(KeyboardInterrupt, 130), (EOFError, 1)])
def test_who_leaves_in_the_middle_has_changed_nothing(
    leaving: type[BaseException], status: int, shop: Path, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person({})
    there = builtins.input

    def leave(question: str) -> str:
        if "Put something" in question:
            raise leaving
        return there(question)

    monkeypatch.setattr(builtins, "input", leave)
    assert main(["--shop", str(shop), "setup", "lockers"]) == status
    assert not (shop / "lockers.json").exists()


def test_without_a_terminal_nobody_is_asked(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.commands.setuplockers.is_terminal", lambda: False)
    assert main(["--shop", str(shop), "setup", "lockers"]) == 2
