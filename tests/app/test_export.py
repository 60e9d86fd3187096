"""Everything that is exported is whole, safe to open in a spreadsheet, and reads back as it was."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk import demo
from kiosk.catalogue import csv_import
from kiosk.catalogue.products import Catalogue, Product
from kiosk.catalogue.spreadsheet import plain
from kiosk.cli import main
from kiosk.export import books, files, media
from kiosk.export.tables import TABLES, Cell, Holds, newest_event, rows
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.settings import Settings

NOON = 1_795_431_600_000
DAY = "2026-11-23"
SALES = [
    {"person": "Mia", "lines": [{"sku": "MUG-BLUE", "qty": "2"}, {"sku": "OLIVES", "qty": "0.335"}],
     "payments": [{"method": "cash", "tendered": "50.00"}]},
    {"person": "Mia", "lines": [{"sku": "=EVIL", "name": "@SUM(1+1)", "qty": "1", "price": "8.00", "tax": "A",
                                 "note": "-it's\n\"fine\""}],
     "payments": [{"method": "card", "tendered": "8.00", "reference": "+4711"}]},
]  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Settings:
    """Return a demo shop that has sold something."""
    settings = demo.build(tmp_path / "shop", clock=FakeClock(NOON), language="en", timezone="Europe/Berlin")
    (tmp_path / "sales.json").write_text(json.dumps(SALES), encoding="utf-8")
    assert main(["--shop", str(settings.folder), "sell", str(tmp_path / "sales.json")]) == 0
    capsys.readouterr()
    return settings


@pytest.fixture
def ledger(shop: Settings) -> Ledger:
    """Return the shop's ledger, opened to read."""
    return Ledger.open(shop.ledger, readonly=True)


def read_csv(path: Path, columns: Iterable[tuple[str, Holds]]) -> list[tuple[Cell, ...]]:
    """What `files.write_csv` wrote; an empty text comes back as None, CSV has no other way."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return [
            tuple(cell_of(text, holds) for text, (_n, holds) in zip(row, columns, strict=True))
            for row in reader
        ]


def cell_of(text: str, holds: Holds) -> Cell:
    """A cell as it was given."""
    if text == "":
        return None
    match holds:
        case "number":
            return int(text)
        case "truth":
            return text == "true"
        case "text":
            return plain(text)
        case _:
            return text


def test_the_whole_export_by_one_command(
    shop: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "stick"
    assert main(["--shop", str(shop.folder), "export", str(target)]) == 0
    out = capsys.readouterr().out
    folder = target / "barrow-A"
    names = {path.name for path in folder.iterdir()}
    assert {f"{table.name}-{DAY}.csv" for table in TABLES} <= names
    assert {f"days-{DAY}.json", "journal.csv", "journal.jsonl", "products.csv", "catalogue.json"} <= names
    assert all(name in out for name in names)
    assert not [name for name in names if name.endswith((".part", ".new"))]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_table_reads_back(table: object, ledger: Ledger, tmp_path: Path) -> None:
    found = next(one for one in TABLES if one is table)
    given = list(rows(ledger, found, DAY, DAY, newest_event(ledger)))
    path = tmp_path / "table.csv"
    assert files.write_csv(path, found.columns, given) == len(given)
    back = read_csv(path, found.columns)
    assert back == [tuple(None if cell == "" else cell for cell in row) for row in given]


def test_the_day_adds_up(ledger: Ledger, tmp_path: Path) -> None:
    books.export_days(ledger, tmp_path, DAY, DAY)
    day = json.loads((tmp_path / f"days-{DAY}.json").read_text("utf-8"))
    assert len(day["sales"]) == 2
    for sale in day["sales"]:
        mine = [row for row in day["payments"] if row["receipt"] == sale["receipt"]]
        assert sum(Decimal(row["amount"]) for row in mine) == Decimal(sale["total"])
        lines = [row for row in day["lines"] if row["receipt"] == sale["receipt"]]
        assert sum(Decimal(row["net"]) + Decimal(row["tax"]) for row in lines) == Decimal(sale["total"])
    assert day["sales"][0]["receipt"] == "A-000001"
    assert day["shifts"][0]["float"] == "100.00"


def test_a_spreadsheet_runs_nothing(ledger: Ledger, tmp_path: Path) -> None:
    books.export_days(ledger, tmp_path, DAY, DAY)
    text = (tmp_path / f"lines-{DAY}.csv").read_text("utf-8-sig")
    assert "'=EVIL" in text
    assert "'@SUM(1+1)" in text
    assert ",=EVIL" not in text


def test_the_journal_can_be_verified_from_its_export_alone(ledger: Ledger, tmp_path: Path) -> None:
    books.export_journal(ledger, tmp_path)
    before = bytes(32)
    lines = (tmp_path / "journal.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == newest_event(ledger)
    for line in lines:
        text = line.removeprefix('{"event":').rpartition(',"hash":')[0]
        before = sha256(before + text.encode()).digest()
        assert json.loads(line)["hash"] == before.hex()
    back = read_csv(tmp_path / "journal.csv", books.JOURNAL_COLUMNS)
    assert [row[0] for row in back] == list(range(1, len(lines) + 1))
    assert back[-1][-1] == before.hex()


def test_the_catalogue_comes_back_unchanged(ledger: Ledger, tmp_path: Path) -> None:
    books.export_catalogue(ledger, tmp_path)
    content = (tmp_path / "products.csv").read_bytes()
    assert not csv_import.plan(ledger, content).problems
    with Ledger.create(tmp_path / "other.db") as other:
        csv_import.apply(other, csv_import.plan(other, content))

        def plain(one: Ledger) -> list[Product]:
            kept = Catalogue(one).all(inactive=True)
            return sorted((replace(p, id=None, article=None) for p in kept), key=lambda p: p.sku)

        assert plain(other) == plain(ledger)
    value = json.loads((tmp_path / "catalogue.json").read_text("utf-8"))
    assert len(value["lists"]) == 6


def test_a_failed_file_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old", encoding="utf-8")

    def interrupted() -> None:
        with files.whole(path) as file:
            file.write("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="space"):
        interrupted()
    assert path.read_text("utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.csv"]


@pytest.mark.parametrize(
    "flags",
    [
        (),
        ("out", "everything"),
        ("out", "day", "--day", "yesterday"),
        ("out", "day", "--day", "2026-13-45"),
        ("out", "--day", "1999-01-01"),
        ("out", "day", "--from", DAY, "--to", "2020-01-01"),
        ("no/such/folder",),
        ("/dev/null",),
        ("/media/stick-that-is-out",),
    ],
)
def test_what_cannot_be_exported_is_told(
    flags: tuple[str, ...], shop: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["--shop", str(shop.folder), "export", *flags])
    except SystemExit as left:
        code = int(left.code or 0)
    assert code == 2
    assert capsys.readouterr().err
    assert not Path("out").exists()


def disk(sysfs: Path, number: str, path: str, *, removable: str) -> None:
    """Make a disk with one partition in a pretended /sys; `number` is the partition's."""
    parent = sysfs / "devices" / path
    part = parent / f"{parent.name}1"
    part.mkdir(parents=True)
    (part / "partition").write_text("1", encoding="ascii")
    (parent / "removable").write_text(removable, encoding="ascii")
    (sysfs / "dev" / "block").mkdir(parents=True, exist_ok=True)
    (sysfs / "dev" / "block" / number).symlink_to(part)


def test_the_stick_is_told_from_the_disks_that_stay(tmp_path: Path) -> None:
    disk(tmp_path, "8:1", "pci0/usb1/sda", removable="0")  # a Pi that starts from a USB disk
    disk(tmp_path, "8:17", "pci0/usb2/sdb", removable="1")
    disk(tmp_path, "179:1", "mmc/mmcblk0", removable="0")
    mountinfo = "\n".join(
        (
            "22 1 8:1 / / rw,noatime - ext4 /dev/sda1 rw",
            "23 22 8:1 /boot /boot rw - ext4 /dev/sda1 rw",
            "24 22 0:21 / /proc rw - proc proc rw",
            "25 22 179:1 / /srv rw - ext4 /dev/mmcblk0p1 rw",
            r"26 22 8:17 / /media/pi/MY\040STICK rw - vfat /dev/sdb1 rw",
        )
    )
    assert media.removable(mountinfo, tmp_path) == [Path("/media/pi/MY STICK")]


def test_no_stick_and_two_sticks_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "mounted", list)
    with pytest.raises(media.NoStick):
        media.stick()
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    monkeypatch.setattr(media, "mounted", lambda: [one, two])
    with pytest.raises(media.SeveralSticks, match="one"):
        media.stick()
    monkeypatch.setattr(media, "mounted", lambda: [one])
    assert media.stick() == one
