"""What the stall drew, on disk: folded into minutes, bounded, and safe from every clock."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from kiosk.energy import powerbook
from kiosk.energy.minutes import Row, folded
from kiosk.energy.powerbook import FILE, Known, PowerBook
from kiosk.energy.wear import Figures

TEN = 1_767_261_600
"""2026-01-01 10:00 UTC, in seconds."""
DAY_S = 86_400


def looks(first_s: int, seconds: int, watts: float = 60.0) -> list[Row]:
    """A look every ten seconds."""
    return [Row(first_s + s, 10.0, 13.0, watts / 13, watts) for s in range(0, seconds, 10)]


def known(wall_s: int = TEN, state: str = "{}") -> Known:
    return Known(state, "boot", 0, wall_s * 1000, True)


@pytest.fixture
def book(tmp_path: Path) -> PowerBook:
    return PowerBook(tmp_path)


def test_a_minute_is_folded_when_it_is_over_also_by_the_next_till(book: PowerBook, tmp_path: Path) -> None:
    book.keep(known(), looks(TEN, 90, 30.0))
    assert [(row.wall_s, row.load_w, row.seconds) for row in book.minutes(TEN, TEN + 600)] == [(TEN, 30, 60)]
    book.close()
    later = PowerBook(tmp_path)
    later.keep(known(), looks(TEN + 90, 40, 60.0))
    (_first, second) = later.minutes(TEN, TEN + 600)
    assert (second.wall_s, second.load_w, second.seconds) == (TEN + 60, 45.0, 60.0)
    assert later.quarters(TEN, TEN + 900) == [(TEN, pytest.approx(500 + 750), 120.0)]


def test_what_was_not_measured_is_no_part_of_a_minute() -> None:
    rows = [Row(TEN, 10.0, 13.0, 4.0, 52.0), Row(TEN + 10, 0.0), Row(TEN + 20, 30.0, 13.0, 2.0, 26.0)]
    [(count, row)] = folded(rows, all_=True)
    assert (count, row.seconds, row.load_w, row.volts) == (3, 40.0, 32.5, 13.0)
    [(_count, silent)] = folded([Row(TEN, 0.0)], all_=True)
    assert (silent.load_w, silent.seconds) == (None, 0)


def test_a_clock_that_is_set_back_replaces_nothing(book: PowerBook) -> None:
    book.keep(known(), looks(TEN, 120, 30.0))
    book.keep(known(), looks(TEN - 3600, 120))
    book.keep(known(), looks(TEN, 120, 90.0))
    assert [row.load_w for row in book.minutes(TEN, TEN + 60)] == [30.0, 90.0]
    assert len(book.samples()) == 36


def test_a_clock_that_is_a_year_ahead_throws_nothing_away(book: PowerBook) -> None:
    book.keep(known(), looks(TEN, 120))
    book.keep(known(TEN + 400 * DAY_S), looks(TEN + 400 * DAY_S, 120))
    assert len(book.samples()) == 24
    assert len(book.minutes(TEN, TEN + 600)) == 2


def test_what_is_kept_is_bounded_and_dropped_bit_by_bit(
    book: PowerBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    drops = [(powerbook._DROP.format(table, 20), most) for table, most in (("sample", 30), ("minute", 4))]
    monkeypatch.setattr(powerbook, "_DROPS", drops)
    book.keep(known(), looks(TEN, 600))
    assert len(book.samples()) == 60 - 21, "one small transaction, one step"
    for _minute in range(3):
        book.keep(known(), ())
    assert len(book.samples()) == 30
    assert [row.wall_s for row in book.minutes(0, 2 * TEN)] == [TEN + 60 * n for n in (5, 6, 7, 8)]


def test_a_first_pack_with_an_id_takes_over_what_had_none(book: PowerBook) -> None:
    book.keep(known(state='"old"'), (), aged={"": Figures(41.0)})
    taken = book.known("PACK-1")
    assert taken is not None and taken.state == '"old"'
    assert book.known("") is None
    assert book.known("PACK-2") is None
    assert [figures.usable_ah for _wall_s, figures in book.figures("PACK-1")] == [41.0]


def test_a_day_has_one_row_of_figures_and_a_day_that_comes_again_another(book: PowerBook) -> None:
    for wall_s, usable_ah in ((TEN, 42.0), (TEN + 60, 41.5), (TEN + DAY_S, 41.0), (TEN, 40.0)):
        book.keep(known(wall_s), (), "P", {"P": Figures(usable_ah, None, 0.03, None, 12.5)})
    assert [figures.usable_ah for _wall_s, figures in book.figures("P")] == [41.5, 41.0, 40.0]


def test_what_is_not_known_today_any_more_stays_as_it_was_known(book: PowerBook) -> None:
    for figures in (Figures(idle_w=2.0, cycles=1.0), Figures(cycles=2.0), Figures()):
        book.keep(known(), (), "P", {"P": figures})
    assert book.figures("P") == [(TEN, Figures(idle_w=2.0, cycles=2.0))]


FIRST = """
CREATE TABLE known (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL, boot TEXT NOT NULL,
  boot_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL, trusted INTEGER NOT NULL) STRICT;
CREATE TABLE sample (wall_s INTEGER PRIMARY KEY, volts REAL, amps REAL, load_w REAL, solar_w REAL,
  ac_w REAL) STRICT;
CREATE TABLE minute (wall_s INTEGER PRIMARY KEY, volts REAL, amps REAL, load_w REAL, solar_w REAL,
  ac_w REAL) STRICT;
INSERT INTO known VALUES (1, '{"x":1}', 'b', 5, 6, 1);
INSERT INTO sample VALUES (600, 13.0, 4.0, 52.0, NULL, NULL);
INSERT INTO minute VALUES (600, 13.0, 4.0, 52.0, NULL, NULL), (540, 13.0, 4.0, NULL, NULL, NULL);
"""


def test_a_file_of_the_first_version_keeps_what_it_holds(tmp_path: Path) -> None:
    old = apsw.Connection(str(tmp_path / FILE))
    old.execute(FIRST)
    old.close()
    for _again in range(2):
        with PowerBook(tmp_path) as book:
            assert book.known("") == Known('{"x":1}', "b", 5, 6, True)
            assert [(row.wall_s, row.load_w) for row in book.minutes(0, 1000)] == [(540, None), (600, 52.0)]
            assert len(book.samples()) == 1
            book.keep(Known('{"x":1}', "b", 5, 6, True), ())


def test_a_report_reads_and_changes_nothing(tmp_path: Path) -> None:
    assert PowerBook.of(tmp_path) is None
    old = apsw.Connection(str(tmp_path / FILE))
    old.execute(FIRST)
    old.close()
    before = (tmp_path / FILE).read_bytes()
    assert PowerBook.of(tmp_path) is None, "for the till to bring up to date"
    assert (tmp_path / FILE).read_bytes() == before
    with PowerBook(tmp_path) as book:
        book.keep(known(), looks(TEN, 120))
    reading = PowerBook.of(tmp_path)
    assert reading is not None
    with reading, pytest.raises(apsw.ReadOnlyError):
        assert len(reading.minutes(TEN, TEN + 600)) == 1
        reading.keep(known(), ())


def test_a_file_of_a_newer_program_is_left_as_it_is(tmp_path: Path) -> None:
    newer = apsw.Connection(str(tmp_path / FILE))
    newer.execute("PRAGMA user_version = 9")
    newer.close()
    with pytest.raises(powerbook.PowerBookUnusable, match="format 9"):
        PowerBook(tmp_path)
