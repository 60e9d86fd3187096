"""One till per ledger, and nothing to clean up after one that was killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.ledger.errors import AlreadyRunning
from kiosk.ledger.instance import TillLock

HOLD = """
import sys
from kiosk.ledger.instance import TillLock
lock = TillLock(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its stdin closes or it is killed."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_a_second_till_is_told_who_has_the_ledger(path: Path) -> None:
    child = holder(path)
    try:
        with pytest.raises(AlreadyRunning, match=f"process {child.pid}") as caught:
            TillLock(path)
        assert caught.value.pid == child.pid
    finally:
        child.communicate()
    TillLock(path).release()


def test_a_killed_till_leaves_the_ledger_free(path: Path) -> None:
    child = holder(path)
    child.kill()
    child.communicate()
    with TillLock(path) as lock:
        assert lock.path.read_text() == f"{os.getpid()}\n"


def test_two_tills_in_one_process_are_two_tills(path: Path) -> None:
    with TillLock(path), pytest.raises(AlreadyRunning, match=str(os.getpid())):
        TillLock(path)
    lock = TillLock(path)
    lock.release()
    lock.release()


def test_two_ledgers_do_not_mind_each_other(tmp_path: Path) -> None:
    with TillLock(tmp_path / "a.db"), TillLock(tmp_path / "b.db"):
        pass


def test_a_holder_that_has_not_written_its_number_yet_is_another_process(path: Path) -> None:
    with TillLock(path) as lock:
        os.truncate(lock.path, 0)
        with pytest.raises(AlreadyRunning, match="another process") as caught:
            TillLock(path)
    assert caught.value.pid is None
