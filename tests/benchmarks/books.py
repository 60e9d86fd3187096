"""The ledger against plain ``sqlite3``: the same rows of a three-line sale in one FULL transaction, in turn.

Also what a sale leaves behind (bytes on disk, WAL bytes, fdatasync calls), and look-up and search in a
catalogue of any size against the bare statements.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from kiosk.catalogue.resolve import ProductFound, resolve
from kiosk.catalogue.search import search
from kiosk.checkout import people, printqueue, sale, shift
from kiosk.checkout.basket import Basket
from kiosk.checkout.basketline import Item
from kiosk.checkout.money import Currency
from kiosk.checkout.people import Person
from kiosk.checkout.tax import Tax, TaxClass
from kiosk.checkout.tender import Tender
from kiosk.checkout.totals import Pricing
from kiosk.ledger.clock import Clock
from kiosk.ledger.connection import Ledger
from kiosk.ledger.hlc import new_event_id

PRICING = Pricing(
    Currency.of("EUR"), "inclusive", "rate", {"A": TaxClass("A", (Tax(190_000, "base"),))}, None
)
WORDS = [
    "mug", "candle", "tote", "print", "soap", "honey", "bread", "olive", "lamp", "scarf", "bowl", "plate",
    "vase", "card", "wreath", "jam", "tea", "cup",
]  # fmt: skip


def ean(number: int) -> str:
    """A shop number as EAN-13 with its check digit."""
    body = f"40{number:010d}"
    odd = sum(int(digit) for digit in body[::2])
    even = sum(int(digit) for digit in body[1::2])
    return body + str(-(odd + 3 * even) % 10)


def shop(folder: Path, products: int, clock: Clock | None = None) -> tuple[Ledger, Person]:
    """A ledger with a catalogue, a person and an open shift."""
    ledger = Ledger.create(folder / "ledger.db", clock=clock)
    rng = random.Random(7)
    names = [f"{rng.choice(WORDS)} {rng.choice(WORDS)} {n}".capitalize() for n in range(products)]
    with ledger.transaction():
        numbered = list(enumerate(names, 1))
        ledger.executemany(
            "INSERT INTO article VALUES (?, ?, ?, 'each', 'A')",
            [(n, f"S{n:06d}", name) for n, name in numbered],
        )
        ledger.executemany(
            "INSERT INTO product (id, sku, article, price) VALUES (?, ?, ?, ?)",
            [(n, f"S{n:06d}", n, rng.randrange(50, 5000)) for n, _name in numbered],
        )
        ledger.executemany("INSERT INTO barcode VALUES (?, ?)", [(f"0{ean(n)}", n) for n, _name in numbered])
        ledger.executemany(
            "INSERT INTO product_search (rowid, name, sku, codes) VALUES (?, ?, ?, ?)",
            [(n, name, f"S{n:06d}", ean(n)) for n, name in numbered],
        )
    person = people.add_person(ledger, "Mia", "supervisor", "2580")
    shift.open_shift(ledger, person, 10_000)
    return ledger, person


def basket(ledger: Ledger, numbers: list[int]) -> Basket:
    """A basket of these products, as a scanner would make it."""
    made = Basket(PRICING)
    for number in numbers:
        found = resolve(ledger, ean(number))
        assert isinstance(found, ProductFound)
        made = made.add(Item.of(found.product))
    return made


def new_sale(ledger: Ledger, person: Person, numbers: list[int]) -> sale.NewSale:
    """The basket, paid in cash exactly: the drawer opens, a receipt is printed."""
    filled = basket(ledger, numbers)
    tender = Tender(filled.totals).hand_over(uuid4().hex, filled.totals.gross)
    identity = new_event_id(ledger.clock.now().wall_ms)
    return sale.NewSale(filled, tender.payments(), person, identity, opens_drawer=True)


class Raw:
    """The rows of one sale again, by plain ``sqlite3`` on a copy of the ledger: the floor."""

    TABLES = ("journal", "sale", "sale_line", "sale_tax", "payment", "print_job")

    def __init__(self, ledger: Ledger, at: Path) -> None:
        """Copy the ledger and prepare constant statements for its tables."""
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(ledger.path, at)
        self.db = sqlite3.connect(at, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=1"):
            self.db.execute(f"PRAGMA {pragma}")
        self.sql = {}
        for table in self.TABLES:
            count = len(self.db.execute(f"PRAGMA table_info({table})").fetchall())
            self.sql[table] = f"INSERT INTO {table} VALUES ({','.join('?' * count)})"

    def write(self, rows: dict[str, list[tuple[object, ...]]]) -> None:
        """One transaction with exactly these rows."""
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            if len(values) == 1:
                db.execute(self.sql[table], values[0])
            else:
                db.executemany(self.sql[table], values)
        db.execute("COMMIT")


def rows_of(ledger: Ledger, key: int) -> dict[str, list[tuple[object, ...]]]:
    """The rows that a committed sale left in each table."""
    column = {"journal": "seq", "sale": "id", "print_job": "ref"}
    return {
        table: ledger.rows(f"SELECT * FROM {table} WHERE {column.get(table, 'sale')} = ?", (key,))
        for table in Raw.TABLES
    }


def commit_ratio(rounds: int = 400) -> dict[str, float]:
    """CPU and wall of our commit against the floor, medians; then bytes and WAL per sale."""
    with tempfile.TemporaryDirectory() as folder:
        ledger, person = shop(Path(folder), 1000)
        rng = random.Random(1)
        numbers = [rng.sample(range(1, 1001), 3) for _ in range(rounds)]
        raw = Raw(ledger, Path(folder) / "raw.db")
        ours: list[tuple[int, int]] = []
        floor: list[tuple[int, int]] = []
        for three in numbers:
            made = new_sale(ledger, person, three)
            receipt, cost = timed(lambda made=made: sale.commit(ledger, made))
            ours.append(cost)
            same = rows_of(ledger, receipt.id)
            new_sale(ledger, person, three)  # so that both sides start with equally warm caches
            _, cost = timed(lambda same=same: raw.write(same))
            floor.append(cost)
        cpu, wall = (
            statistics.median(o[i] for o in ours) / statistics.median(f[i] for f in floor) for i in (0, 1)
        )
        return {
            "commit_cpu_ratio": cpu,
            "commit_wall_ratio": wall,
            "commit_cpu_us": statistics.median(o[0] for o in ours) / 1000,
            "floor_cpu_us": statistics.median(f[0] for f in floor) / 1000,
        } | traces(ledger, person)


def timed(work: Callable[[], object]) -> tuple[object, tuple[int, int]]:
    """CPU of this thread and wall time, in nanoseconds, of one call."""
    wall, cpu = time.perf_counter_ns(), time.thread_time_ns()
    result = work()
    return result, (time.thread_time_ns() - cpu, time.perf_counter_ns() - wall)


def traces(ledger: Ledger, person: Person, sales: int = 2000) -> dict[str, float]:
    """Bytes written to the WAL for a sale, and bytes that it leaves in the file with its print jobs done.

    They are done one after the other, as a printer does them. Closing the day drops them: what a sale takes
    for ever is some 60 bytes less.
    """
    ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.execute("PRAGMA wal_autocheckpoint=0")
    wal = Path(f"{ledger.path}-wal")
    sold(ledger, person, sales)
    written = wal.stat().st_size
    printed(ledger)
    before = used(ledger)
    for _ in range(sales):
        sold(ledger, person, 1)
        printed(ledger)
    ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {"bytes_stored_per_sale": (used(ledger) - before) / sales, "wal_bytes_per_sale": written / sales}


def sold(ledger: Ledger, person: Person, sales: int) -> None:
    """Sell three things so many times."""
    for _ in range(sales):
        sale.commit(ledger, new_sale(ledger, person, random.sample(range(1, 1001), 3)))


def printed(ledger: Ledger) -> None:
    """Have everything in the print queue printed."""
    for job in printqueue.open_jobs(ledger):
        printqueue.mark_sending(ledger, job.id)
        printqueue.mark_sent(ledger, job.id, 900, confirmed=True)


def used(ledger: Ledger) -> int:
    """Bytes of pages in use."""
    pages, free, size = (
        ledger.row(f"PRAGMA {name}")[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def fdatasyncs(sales: int = 50) -> dict[str, float]:
    """fdatasync (and fsync) calls a sale, counted by strace; nothing where there is none."""
    if not shutil.which("strace"):
        return {}
    code = f"import books; books.only_commit({sales})"
    with tempfile.NamedTemporaryFile() as log:
        subprocess.run(
            ["strace", "-f", "-e", "trace=fdatasync,fsync,write", "-o", log.name, sys.executable, "-c", code],
            check=True,
            stdout=subprocess.DEVNULL,  # what is said there is read in the log
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(map(str, (Path(__file__).parent, Path(__file__).parents[2])))},
        )
        text = Path(log.name).read_text()
    counted = text.partition('"GO\\n"')[2].partition('"STOP\\n"')[0]
    return {"fdatasync_per_sale": len(re.findall(r"\b(?:fdatasync|fsync)\(", counted)) / sales}


def only_commit(sales: int) -> None:
    """What `fdatasyncs` watches."""
    with tempfile.TemporaryDirectory() as folder:
        ledger, person = shop(Path(folder), 50)
        made = [
            new_sale(ledger, person, [n % 50 + 1, (n + 1) % 50 + 1, (n + 2) % 50 + 1]) for n in range(sales)
        ]
        ledger.execute("PRAGMA wal_autocheckpoint=0")
        os.write(1, b"GO\n")
        for one in made:
            sale.commit(ledger, one)
        os.write(1, b"STOP\n")


def catalogue_ratios(products: int = 100_000) -> dict[str, float]:
    """Look-up by barcode and search as you type against the bare statements."""
    with tempfile.TemporaryDirectory() as folder:
        ledger, _person = shop(Path(folder), products)
        plain = sqlite3.connect(ledger.path)
        rng = random.Random(3)
        codes = [ean(rng.randrange(1, products + 1)) for _ in range(2000)]
        one = (
            "SELECT p.id, a.name, p.price FROM product p JOIN article a ON a.id = p.article "
            "WHERE p.id = (SELECT product FROM barcode WHERE code = ?)"
        )
        texts = [
            text for word in WORDS for text in (word[:2], word[:3], word, f"{word} {rng.choice(WORDS)[:2]}")
        ]
        many = "SELECT rowid, name FROM product_search WHERE product_search MATCH ? LIMIT 20"
        bare = lambda text: " ".join(f'"{word}"*' for word in text.split())  # noqa: E731
        found = paired(
            codes, lambda c: resolve(ledger, c), lambda c: plain.execute(one, (f"0{c}",)).fetchone()
        )
        seen = paired(
            texts * 10, lambda t: search(ledger, t), lambda t: plain.execute(many, (bare(t),)).fetchall()
        )
        return {
            "lookup_ratio": found[0],
            "lookup_us": found[1],
            "search_ratio": seen[0],
            "search_us": seen[1],
        }


def paired(
    inputs: list[str], ours: Callable[[str], object], floor: Callable[[str], object]
) -> tuple[float, float]:
    """The ratio of the medians over the same inputs, interleaved, and ours in microseconds."""
    a, b = [], []
    for text in inputs:
        a.append(timed(lambda text=text: ours(text))[1][0])
        b.append(timed(lambda text=text: floor(text))[1][0])
    return statistics.median(a) / statistics.median(b), statistics.median(a) / 1000
