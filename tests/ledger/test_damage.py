"""Whatever is wrong with the file or the disk: a clear answer, nothing half-written, nothing lost."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import (
    LedgerBusy,
    LedgerDamaged,
    LedgerDiskFailed,
    LedgerError,
    LedgerForeign,
    LedgerFull,
    LedgerMissing,
    LedgerReadOnly,
)
from kiosk.ledger.health import problems
from kiosk.ledger.verify import Fault, verify

PAGE = 4096
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs limits and users of Linux")


def refused(path: Path, error: type[LedgerError], words: str) -> None:
    """Both ways of opening give this answer and leave the file alone."""
    before = path.read_bytes() if path.is_file() else None
    for readonly in (True, False):
        with pytest.raises(error, match=words):
            Ledger.open(path, readonly=readonly)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_missing_ledger(tmp_path: Path) -> None:
    refused(tmp_path / "none.db", LedgerMissing, "kiosk init")
    refused(tmp_path, LedgerMissing, "There is no ledger")


def test_garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)
    refused(path, LedgerDamaged, "kiosk backup --restore")


def test_an_empty_file(path: Path) -> None:
    path.write_bytes(b"")
    refused(path, LedgerDamaged, "the file is empty")


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
def test_a_file_cut_short(five: Ledger, path: Path, kept: float) -> None:
    five.close()
    os.truncate(path, int(path.stat().st_size * kept) // PAGE * PAGE)
    refused(path, LedgerDamaged, "damaged")


def test_a_file_cut_inside_its_header(five: Ledger, path: Path) -> None:
    five.close()
    os.truncate(path, 50)
    refused(path, LedgerDamaged, "damaged")


def test_another_programs_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    refused(path, LedgerForeign, "not a ledger of this program")


def test_a_ledger_without_its_own_description(five: Ledger, path: Path) -> None:
    five.execute("DELETE FROM meta WHERE key = 'series'")
    five.close()
    refused(path, LedgerDamaged, "series")


def test_a_page_that_was_overwritten_is_found_by_name(ledger: Ledger, path: Path) -> None:
    with ledger.transaction():
        for number in range(3_000):
            ledger.record("sale", {"no": number, "text": "x" * 100})
    ledger.close()
    whole = path.read_bytes()
    at = whole.index(b'"no":1500,') // PAGE * PAGE  # a leaf in the middle of the journal
    path.write_bytes(whole[:at] + b"\xa5" * PAGE + whole[at + PAGE :])
    with Ledger.open(path, readonly=True) as damaged:
        assert problems(damaged)
        found = verify(damaged)
        assert found.fault is Fault.UNREADABLE
        assert 1 < (found.first_bad or 0) <= 1_502
        with pytest.raises(LedgerDamaged):
            damaged.rows("SELECT body FROM journal")
    with Ledger.open(path) as selling, selling.transaction():  # the newest rows are sound: the stall goes on
        assert selling.record("sale", {}).seq == 3_002


def test_a_sound_ledger_has_no_problems(five: Ledger) -> None:
    assert problems(five) == []
    assert problems(five, thorough=True) == []


def test_a_reference_to_nowhere_is_a_problem(five: Ledger) -> None:
    five.execute("PRAGMA foreign_keys = 0")
    five.execute("INSERT INTO rejected VALUES (99, 'hub', 'unknown')")
    assert problems(five, thorough=True) == ["row 99 of rejected refers to a missing row of journal"]


def test_a_ledger_that_another_program_holds(five: Ledger) -> None:
    with five.sibling() as other:
        other.execute("PRAGMA busy_timeout = 0")
        with five.transaction():
            with pytest.raises(LedgerBusy, match="Everything before it is safe"), other.transaction():
                pytest.fail("two writers at once")
            assert other.row("SELECT count(*) FROM journal") == (6,), "reading goes on"
        with other.transaction():
            assert other.record("sale", {}).seq == 7


def test_a_full_disk_stores_nothing_of_the_sale_and_all_before_it(ledger: Ledger) -> None:
    pages = ledger.row("PRAGMA page_count")
    assert pages is not None
    ledger.execute(f"PRAGMA max_page_count = {pages[0] + 2}")
    stored = 1
    with pytest.raises(LedgerFull, match="Free some space"):
        while True:
            with ledger.transaction():
                seq = ledger.record("sale", {"text": "x" * 500}).seq
            stored = seq
    ledger.execute("PRAGMA max_page_count = 1000000")
    assert ledger.row("SELECT max(seq) FROM journal") == (stored,)
    with ledger.transaction():
        ledger.record("sale", {})
    assert verify(ledger).ok


def test_a_full_disk_is_called_so_through_models_too(ledger: Ledger) -> None:
    from kiosk.ledger.models import Person, using

    pages = ledger.row("PRAGMA page_count")
    assert pages is not None
    ledger.execute(f"PRAGMA max_page_count = {pages[0]}")
    with using(ledger), pytest.raises(LedgerFull), ledger.transaction():
        for number in range(500):
            Person.create(name=f"seller {number}", role="seller", pin_hash="x" * 100)
    assert ledger.row("SELECT count(*) FROM person") == (0,)


FILL = """
import resource, sys
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import LedgerError
ledger = Ledger.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
stored = 0
try:
    while stored < 1000:
        with ledger.transaction():
            seq = ledger.record("sale", {"text": "x" * 2000}).seq
        stored = seq
except LedgerError as error:
    print(type(error).__name__, stored)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with ledger.transaction():
    print(ledger.record("sale", {}).seq)
"""


@linux
def test_a_disk_that_refuses_to_write_loses_nothing_and_the_till_goes_on(five: Ledger, path: Path) -> None:
    five.close()
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    name, stored, after = done.stdout.split()
    assert name in (LedgerDiskFailed.__name__, LedgerFull.__name__)
    assert int(stored) > 6
    assert int(after) == int(stored) + 1
    with Ledger.open(path) as ledger:
        assert verify(ledger).rows == int(after)


def as_a_guest(path: Path) -> list[str]:
    """What a user gets who owns nothing here, at each of the attempts of `guest.py`."""
    words = [sys.executable, str(Path(__file__).with_name("guest.py")), str(path)]
    return subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout.split()


@pytest.fixture
def lent() -> Iterator[Path]:
    """A folder that others can walk to: every start of pytest closes its own folders to them."""
    folder = Path(mkdtemp(prefix="barrow-lent-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@linux
def test_a_read_only_file(five: Ledger, path: Path, lent: Path) -> None:
    five.close()
    ledger = Path(shutil.copy(path, lent))
    lent.chmod(0o777)
    ledger.chmod(0o444)
    assert as_a_guest(ledger)[:2] == ["LedgerReadOnly", "fine"]


@linux
def test_a_read_only_folder_can_still_be_read(five: Ledger, path: Path, lent: Path) -> None:
    five.close()
    ledger = Path(shutil.copy(path, lent))
    ledger.chmod(0o666)
    lent.chmod(0o555)
    assert as_a_guest(ledger) == ["LedgerReadOnly", "fine", "LedgerReadOnly"]


@linux
def test_a_locked_stick_with_an_unfinished_log_gives_no_half_answer(
    five: Ledger, path: Path, lent: Path
) -> None:
    for name in ("ledger.db", "ledger.db-wal"):  # copied by hand while the till ran
        shutil.copy(path.with_name(name), lent)
    lent.chmod(0o555)
    assert as_a_guest(lent / "ledger.db")[:2] == ["LedgerReadOnly", "LedgerReadOnly"]


def test_every_error_says_what_failed_what_is_safe_and_what_to_do(tmp_path: Path) -> None:
    place = tmp_path / "ledger.db"
    plain = [kind(place) for kind in (LedgerMissing, LedgerForeign, LedgerReadOnly, LedgerBusy, LedgerFull)]
    for error in (*plain, LedgerDamaged(place, "why"), LedgerDiskFailed(place, "why")):
        assert str(place) in str(error)
        assert len(re.findall(r"\.(?= |$)", str(error).replace(str(place), ""))) >= 3, str(error)
