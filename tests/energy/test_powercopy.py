"""`power.db` goes with the ledger's copy and comes back with it, and never stands in its way."""

from __future__ import annotations

import json
from pathlib import Path

import apsw
import pytest

from kiosk.cli import main
from kiosk.energy import powercopy
from kiosk.energy.minutes import Row
from kiosk.energy.powerbook import FILE, Known, PowerBook
from kiosk.energy.powercopy import beside, is_copy
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.ledger.instance import TillLock
from kiosk.ledger.verify import verify
from tests.checkout.books.stall import Stall

TEN = 1_767_261_600
"""2026-01-01 10:00 UTC, in seconds."""


@pytest.fixture
def shop(stall: Stall) -> Path:
    """A stall whose till has written down what it knows of its battery, and is closed."""
    folder = stall.ledger.path.parent
    stall.ledger.close()
    with PowerBook(folder) as book:
        keep(book, "monday")
    return folder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def keep(book: PowerBook, state: str, minutes: int = 2) -> None:
    looks = [Row(TEN + s, 10.0, 13.0, 5.0, 65.0) for s in range(0, 60 * minutes, 10)]
    book.keep(Known(state, "boot", 0, TEN * 1000, True), looks)


def state(folder: Path, file: str = FILE) -> str:
    """What a record knows of the battery."""
    [(found,)] = apsw.Connection(str(folder / file)).execute("SELECT state FROM known")
    return str(found)


def answer(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> dict[str, object]:
    assert main(["backup", "--json", *words]) == status
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_copy_is_made_while_the_till_writes_and_comes_back_with_the_ledger(
    shop: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with PowerBook(shop) as book:  # the till's: its newest rows are in the log alone
        keep(book, "tuesday")
        made = answer(capsys, "--shop", str(shop), str(stick / "copy.db"))
    assert made["power"] == str(stick / "copy.power.db")
    assert names(stick) == ["copy.db", "copy.power.db"]
    assert state(stick, "copy.power.db") == "tuesday"
    with PowerBook(shop) as book:
        keep(book, "wednesday")
    back = answer(capsys, "--shop", str(shop), "--restore", str(stick / "copy.db"))
    assert (back["power"], back["power_kept"]) == (str(shop / FILE), str(shop / "power.replaced-1.db"))
    assert (state(shop), state(shop, "power.replaced-1.db")) == ("tuesday", "wednesday")
    with PowerBook(shop) as book:
        keep(book, "thursday")
        assert len(book.minutes(0, 2 * TEN)) == 5


def test_a_new_card_gets_both(shop: Path, stick: Path, tmp_path: Path) -> None:
    assert main(["--shop", str(shop), "backup", str(stick)]) == 0
    [copy] = stick.glob("ledger-*.power.db")
    assert (
        main(["--shop", str(tmp_path / "new"), "backup", "--restore", str(stick / f"{copy.stem[:-6]}.db")])
        == 0
    )
    assert state(tmp_path / "new") == "monday"


def test_an_older_backup_without_it_still_restores_and_leaves_the_record_alone(
    shop: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "--shop", str(shop), str(stick / "copy.db"))
    (stick / "copy.power.db").unlink()
    back = answer(capsys, "--shop", str(shop), "--restore", str(stick / "copy.db"))
    assert (back["power"], back["power_problem"]) == (None, None)
    assert state(shop) == "monday"


def test_a_damaged_record_is_said_and_the_ledger_is_copied_all_the_same(
    shop: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / FILE).write_bytes(b"SQLite format 3\0" + b"?" * 9000)
    assert main(["--shop", str(shop), "backup", str(stick / "copy.db")]) == 0
    spoken = capsys.readouterr()
    assert "read back and checked" in spoken.out
    assert (spoken.err.count("\n"), "power.db was not copied" in spoken.err) == (1, True)
    assert names(stick) == ["copy.db"]
    assert answer(capsys, "--shop", str(shop), str(stick / "copy.db"))["power_problem"]


def test_damage_deep_inside_is_found_by_reading_it_back(
    shop: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with PowerBook(shop) as book:
        keep(book, "long", 60)
    apsw.Connection(str(shop / FILE)).pragma("wal_checkpoint", "truncate")
    whole = bytearray((shop / FILE).read_bytes())
    whole[3 * 4096 : 4 * 4096] = b"?" * 4096
    (shop / FILE).write_bytes(whole)
    made = answer(capsys, "--shop", str(shop), str(stick / "copy.db"))
    assert (made["power"], bool(made["power_problem"])) == (None, True)
    assert names(stick) == ["copy.db"]


def test_a_damaged_copy_of_it_keeps_no_ledger_from_coming_back(
    shop: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "--shop", str(shop), str(stick / "copy.db"))
    (stick / "copy.power.db").write_bytes(b"?" * 5000)
    back = answer(capsys, "--shop", str(shop), "--restore", str(stick / "copy.db"))
    assert "was not brought back" in str(back["power_problem"])
    with Ledger.open(shop / "ledger.db", readonly=True) as ledger:
        assert (ledger.series, verify(ledger).ok) == (back["series"], True)
    assert (state(shop), (shop / "power.db.new").exists()) == ("monday", False)


def test_a_file_of_somebody_elses_is_not_overwritten(
    shop: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (stick / "copy.power.db").write_text("forty years of work")
    made = answer(capsys, "--shop", str(shop), str(stick / "copy.db"))
    assert "another program's" in str(made["power_problem"])
    assert (stick / "copy.power.db").read_text() == "forty years of work"


def test_it_comes_back_alone_but_not_under_a_running_till(
    shop: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "--shop", str(shop), str(stick / "copy.db"))
    copy = stick / "copy.power.db"
    assert (is_copy(copy), beside(stick / "copy.db")) == (True, copy)
    with PowerBook(shop) as book:
        keep(book, "worse")
    with TillLock(shop / "ledger.db"):
        assert main(["--shop", str(shop), "backup", "--restore", str(copy)]) == 1
    assert "A till is running" in capsys.readouterr().err
    assert state(shop) == "worse"
    before = (shop / "ledger.db").read_bytes()
    assert "series" not in answer(capsys, "--shop", str(shop), "--restore", str(copy))
    assert (state(shop), state(shop, "power.replaced-1.db")) == ("monday", "worse")
    assert (shop / "ledger.db").read_bytes() == before


@pytest.mark.parametrize("cut", ["_copy", "put_aside"])
def test_a_power_cut_between_the_two_files_leaves_two_that_work(
    cut: str, shop: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "--shop", str(shop), str(stick / "copy.db"))
    with PowerBook(shop) as book:
        keep(book, "later")
    whole = getattr(powercopy, cut)

    def dark(*args: object) -> None:
        whole(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(powercopy, cut, dark)
        main(["--shop", str(shop), "backup", "--restore", str(stick / "copy.db")])
    (shop / "power.db.new").write_bytes(b"what a real cut leaves")
    with Ledger.open(shop / "ledger.db", clock=FakeClock(TEN * 1000)) as ledger:
        assert verify(ledger).ok
    with PowerBook(shop) as book:
        assert book.known() == Known("later", "boot", 0, TEN * 1000, True)
        keep(book, "goes on")
    answer(capsys, "--shop", str(shop), "--restore", str(stick / "copy.db"))
    assert state(shop) == "monday"
