"""Disks that are full, closed or held by somebody else: each command says so in a line, and loses nothing."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kiosk.ledger.connection import Ledger
from kiosk.ledger.instance import TillLock
from kiosk.ledger.verify import verify
from tests.e2e.terminal import KIOSK, NO_RIGHTS, ROOT, need

Run = Callable[..., subprocess.CompletedProcess[str]]

SALE = json.dumps(
    {
        "person": "Mia",
        "lines": [{"sku": "MUG-BLUE", "qty": "2"}, {"sku": "HONEY", "qty": "1"}],
        "payments": [{"method": "cash", "tendered": "50.00"}],
    }
)


@pytest.fixture
def run(shop: Path) -> Run:
    """How to run `kiosk` on the shop, with a sale on its standard input."""

    def kiosk(
        *words: str, through: Sequence[str] = (), limit: int | None = None
    ) -> subprocess.CompletedProcess[str]:
        def small() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit or 0, resource.RLIM_INFINITY))

        return subprocess.run(
            (*through, *KIOSK, "--shop", str(shop), *words),
            input=SALE,
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            timeout=90,
            env=os.environ | {"LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            preexec_fn=None if limit is None else small,
        )

    return kiosk


def told(done: subprocess.CompletedProcess[str], words: str, code: int = 1) -> None:
    """It ended with this code, and one clear line on standard error."""
    assert (done.returncode, done.stdout) == (code, ""), done
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def numbers(shop: Path) -> list[int]:
    """The receipt numbers in the ledger, whose chain holds."""
    with Ledger.open(shop / "ledger.db") as ledger:
        assert verify(ledger).ok
        return [row[0] for row in ledger.rows("SELECT number FROM sale ORDER BY id")]


def test_a_disk_that_takes_no_more_bytes(run: Run, shop: Path) -> None:
    assert run("sell").returncode == 0
    for limit in (1, 4_096, 8_200):
        before = numbers(shop)
        done = run("sell", limit=limit)
        told(done, "Not stored: the disk")
        assert numbers(shop) == before
    assert json.loads(run("sell").stdout)["number"] == f"A-{len(before) + 1:06}"


FULL = """
import json, os, shutil, subprocess, sys
shop, small, sale, *kiosk = sys.argv[1:]
shutil.copytree(shop, small + "/shop")
room = os.statvfs(small)
with open(small + "/ballast", "wb") as ballast:
    ballast.write(bytes(room.f_bavail * room.f_frsize - 120_000))

def run(*words):
    line = (*kiosk, "--shop", small + "/shop", *words)
    done = subprocess.run(line, input=sale, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr

story = []
while not story or story[-1][0] == 0:
    story.append(run("sell"))
full = [run("sell"), run("report", "day", "--json"), run("backup", small + "/copy.db"), run("doctor")]
os.remove(small + "/ballast")
after = [run("sell"), run("journal", "verify")]
print(json.dumps([story, full, after]))
"""


def test_a_full_disk(shop: Path, tmp_path: Path) -> None:
    need("unshare", "util-linux")
    small = tmp_path / "small"
    small.mkdir()
    mounted = f"mount -t tmpfs -o size=3m tmpfs '{small}' && exec \"$@\""
    inside = ("unshare", "--mount", "--propagation", "private", "sh", "-c", mounted, "sh")
    if subprocess.run((*inside, "true"), capture_output=True, check=False).returncode:
        pytest.skip("nobody may mount a small disk here: run as root")
    driver = (sys.executable, "-c", FULL, str(shop), str(small), SALE, *KIOSK)
    done = subprocess.run(
        (*inside, *driver), capture_output=True, text=True, cwd=ROOT, timeout=300, check=True
    )
    story, full, after = json.loads(done.stdout)
    assert len(story) > 2, "some sales fitted"
    code, out, err = story[-1]
    assert (code, out) == (1, "")
    assert err.startswith("Not stored: the disk is full. Everything before it is safe.")
    sell, report, backup, doctor = full
    assert sell[0] == 1
    assert report[0] == 0, "what is stored can be read"
    assert backup[0] == 1
    assert "Traceback" not in backup[2] + doctor[2] + report[2]
    assert after[0][0] == 0
    assert json.loads(after[0][1])["number"] == f"A-{len(story):06}", "no number was lost to the full disk"
    assert after[1][0] == 0


def test_a_folder_that_can_only_be_read(run: Run, shop: Path, tmp_path: Path) -> None:
    need("setpriv", "util-linux")
    assert run("sell").returncode == 0
    through = NO_RIGHTS if os.geteuid() == 0 else ()
    shop.chmod(0o555)
    (shop / "ledger.db").chmod(0o444)
    try:
        told(run("sell", through=through), "The ledger cannot be written")
        for words in (("report", "day", "--json"), ("journal", "verify"), ("catalogue", "search", "honey")):
            done = run(*words, through=through)
            assert done.returncode == 0, done
        doctor = run("doctor", through=through)
        assert "Traceback" not in doctor.stderr
        assert doctor.returncode == 1
        assert "cannot be written" in doctor.stdout
        assert "instead of WAL" not in doctor.stdout, "that is how a closed disk looks, and no fault"
    finally:
        shop.chmod(0o755)
        (shop / "ledger.db").chmod(0o644)
    assert numbers(shop) == [1]


HOLD = """
import sys
from kiosk.ledger.connection import Ledger
ledger = Ledger.open(sys.argv[1])
with ledger.transaction():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_ledger_that_another_program_holds(run: Run, shop: Path) -> None:
    assert run("sell").returncode == 0
    holder = subprocess.Popen(
        (sys.executable, "-c", HOLD, str(shop / "ledger.db")),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        told(run("sell"), "Not stored: another program is holding the ledger. Everything before it is safe.")
        assert run("report", "day", "--json").returncode == 0, "reading goes on"
    finally:
        holder.communicate()
    assert json.loads(run("sell").stdout)["number"] == "A-000002"


def test_beside_a_running_till_sales_are_booked_and_nothing_is_replaced(
    run: Run, shop: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    assert run("backup", str(copy)).returncode == 0
    with TillLock(shop / "ledger.db"):
        assert json.loads(run("sell").stdout)["number"] == "A-000001"
        told(run("backup", "--restore", str(copy)), "A till is running on")
    assert numbers(shop) == [1]


@pytest.mark.parametrize("kept", [0, 40, 4_096, 50_000])
@pytest.mark.parametrize("words", [("sell",), ("report", "day", "--json"), ("journal", "verify")])
def test_a_ledger_cut_short(run: Run, shop: Path, kept: int, words: tuple[str, ...]) -> None:
    ledger = shop / "ledger.db"
    os.truncate(ledger, kept)
    before = ledger.read_bytes()
    done = run(*words)
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr
    assert ledger.read_bytes() == before
    assert run("doctor").returncode == 1


def test_a_copy_that_is_none_does_not_replace_the_ledger(run: Run, shop: Path, tmp_path: Path) -> None:
    assert run("sell").returncode == 0
    wrong = tmp_path / "holiday.jpg"
    wrong.write_bytes(b"\xff\xd8" * 5_000)
    done = run("backup", "--restore", str(wrong))
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert numbers(shop) == [1]
