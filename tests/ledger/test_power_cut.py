"""The plug is pulled, or the process killed, at any instant: what was said to be stored is stored."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.ledger.connection import Ledger
from kiosk.ledger.health import problems
from kiosk.ledger.verify import verify

from .witness import Step, Witness, after_power_cut

SELLER = "INSERT INTO person (name, role, pin_hash) VALUES (?, 'seller', '')"


@pytest.fixture
def disk(ledger: Ledger) -> Iterator[Witness]:
    """The disk, watched; the fixture's ledger was opened before and is closed."""
    ledger.close()
    witness = Witness()
    yield witness
    witness.unregister()


def sell(ledger: Ledger, number: int) -> int:
    """A transaction over two tables, so that half of one would show."""
    with ledger.transaction():
        ledger.execute(SELLER, (f"seller {number}",))
        return ledger.record("sale", {"no": number, "text": "x" * (number * 37 % 900)}).seq


def check(path: Path, promised: int) -> None:
    """The ledger opens, is sound, holds all that was promised, and nothing by half."""
    with Ledger.open(path) as found:
        assert problems(found, thorough=True) == []
        verdict = verify(found)
        assert verdict.ok, verdict.reason
        assert verdict.rows >= promised
        assert found.row("SELECT count(*) + 1 FROM person") == (verdict.rows,)
        sell(found, 10**6 + verdict.rows)


def test_a_transaction_is_exactly_one_sync_of_the_log(disk: Witness, path: Path) -> None:
    with Ledger.open(path) as ledger:
        sell(ledger, 0)
        disk.steps.clear()
        for number in range(1, 21):
            sell(ledger, number)
        assert [step.file for step in disk.of("sync")] == ["ledger.db-wal"] * 20
        assert {step.file for step in disk.of("write")} == {"ledger.db-wal"}
        assert not disk.of("truncate")


def test_a_checkpoint_leaves_the_logs_length_alone(disk: Witness, path: Path) -> None:
    with Ledger.open(path) as ledger:
        for number in range(5):
            sell(ledger, number)
            ledger.checkpoint()
        assert "ledger.db-wal" not in {step.file for step in disk.of("truncate")}
        assert Path(f"{path}-wal").stat().st_size > 0


@pytest.mark.parametrize("seed", range(8))
def test_a_power_cut_at_any_instant_loses_nothing_that_was_promised(
    disk: Witness, path: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    before = {"ledger.db": path.read_bytes()}
    with Ledger.open(path) as ledger:
        ledger.execute("PRAGMA wal_autocheckpoint = 25")  # so that the log is folded in several times
        for number in range(40):
            disk.steps.append(Step("safe", at=sell(ledger, number)))
        steps = list(disk.steps)
    for cut in sorted(chance.sample(range(len(steps)), 12)):
        files, promised = after_power_cut(before, steps[:cut], chance)
        after = tmp_path / f"cut-{cut}"
        after.mkdir()
        for name, content in files.items():
            if not name.endswith("-shm"):
                (after / name).write_bytes(content)
        check(after / "ledger.db", promised)


WRITER = """
import sys
from kiosk.ledger.connection import Ledger
ledger = Ledger.open(sys.argv[1])
ledger.execute("PRAGMA wal_autocheckpoint = 25")
while True:
    with ledger.transaction():
        seq = ledger.record("sale", {"text": "x" * 200}).seq
        ledger.execute(sys.argv[2], (f"seller {seq}",))
    sys.stdout.write(f"{seq}\\n")
    sys.stdout.flush()
"""


def test_a_writer_that_is_killed_again_and_again_loses_nothing(ledger: Ledger, path: Path) -> None:
    ledger.close()
    chance = random.Random(20260101)
    for _round in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), SELLER], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        promised = [int(writer.stdout.readline()) for _line in range(chance.randint(1, 60))]
        writer.kill()
        promised += [int(line) for line in writer.communicate()[0].split("\n")[:-1]]
        check(path, promised[-1])
