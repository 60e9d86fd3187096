"""A ledger after years: what a sale, a report, a search and a start cost on top of a million stored sales.

Everything is compared with a ledger that was empty this morning, in turn and in the same run. The years are
filled in by the till's own statements in the till's own order: days of a thousand sales, each with its shift,
its prints, its Z. Two things make that bearable, and neither changes a page of the file: the sales of a day
share a transaction (a sync each would take hours), and their baskets are priced once and sold in turn.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from books import Raw, new_sale, rows_of, shop, timed, used
from probe import Program, module
from screen import PATHS, SHOP

from kiosk.checkout import (
    find_sale,
    people,
    printqueue,
    reports,
    sale,
    sale_rows,
    shift,
    stored_sale,
    z_report,
)
from kiosk.checkout.people import Person
from kiosk.ledger.clock import FakeClock, wall_now
from kiosk.ledger.connection import Ledger
from kiosk.ledger.hlc import new_event_id

PRODUCTS = 1000
A_DAY = 1000
"""Sales of a busy day; the budget of a report is for such a day."""
DAY_MS = 86_400_000
BETWEEN_MS = 28_800
"""A thousand of these are eight hours."""
BASKETS = 997
"""Different baskets; a prime, so that they fall on other hours every day."""
LOOKS: dict[str, tuple[Callable[..., object], *tuple[object, ...]]] = {
    "day_report": (lambda ledger: reports.report(ledger, "day", reports.latest_day(ledger) or ""),),
    "x_report": (lambda ledger: z_report.x_report(ledger, people.person_named(ledger, "Mia")),),
    "find_by_number": (find_sale.find, "A-000123"),
    "find_by_words": (find_sale.find, "candle"),
    "load_receipt": (stored_sale.load, "A-000123"),
    "open": (lambda ledger: ledger.sibling().close(),),
}
"""What is looked at on both ledgers."""


def fill(folder: Path, sales: int) -> None:
    """Make a ledger that sold for years up to yesterday, and has a shift open today."""
    days = -(-sales // A_DAY)
    clock = FakeClock(wall_now() - days * DAY_MS)
    ledger, person = shop(folder, PRODUCTS, clock)
    baskets = cycle(list(_priced(ledger, person)))
    for day in range(days):
        _sell(ledger, person, baskets, clock, min(A_DAY, sales - day * A_DAY))
        z_report.close_shift(ledger, {}, person)
        clock.advance(DAY_MS - A_DAY * BETWEEN_MS)
        shift.open_shift(ledger, person, 10_000)
    ledger.close()


def _priced(ledger: Ledger, person: Person) -> Iterator[sale_rows.SaleRows]:
    """The rows of so many different sales of three lines, all but number and time."""
    for n in range(BASKETS):
        made = new_sale(ledger, person, [n % 1000 + 1, n * 7 % 1000 + 1, n * 13 % 1000 + 1])
        yield sale_rows.rows_of(made, ())


def _sell(
    ledger: Ledger, person: Person, baskets: Iterator[sale_rows.SaleRows], clock: FakeClock, sales: int
) -> None:
    """Sell so many, a while apart, and have them printed."""
    with ledger.transaction():
        for _ in range(sales):
            rows = next(baskets)
            identity = new_event_id(clock.wall_ms)
            receipt = sale.write_rows(ledger, rows, identity, person.id, rows.lines)
            jobs = [(kind, receipt.id, 0, None) for kind in ("drawer", "receipt")]
            ledger.executemany(printqueue.ENQUEUE, jobs)
            clock.advance(BETWEEN_MS)
        ledger.execute("UPDATE print_job SET state = 'CONFIRMED', sent = 900 WHERE state = 'QUEUED'")


def growth(sales: int) -> dict[str, float]:
    """Sell a day on the old ledger and on the new one in turn, look into both, and start a till on both."""
    with tempfile.TemporaryDirectory() as full, tempfile.TemporaryDirectory() as empty:
        began = time.perf_counter()
        fill(Path(full), sales)
        found = {"years_sales": sales, "years_filled_in_s": time.perf_counter() - began}
        shop(Path(empty), PRODUCTS)[0].close()
        with Ledger.open(Path(full, "ledger.db")) as old, Ledger.open(Path(empty, "ledger.db")) as new:
            found["years_bytes_per_sale"] = (used(old) - used(new)) / sales
            found |= _sold(old, new) | _looked_up(old, new)
        return found | _started(Path(full), Path(empty))


def _sold(old: Ledger, new: Ledger, rounds: int = A_DAY) -> dict[str, float]:
    """A sale after years over the same sale on the first day; and what plain ``sqlite3`` says to the same."""
    sides = []
    for ledger in (old, new):
        mia = people.person_named(ledger, "Mia")
        sale.commit(ledger, new_sale(ledger, mia, [1, 2, 3]))  # the first sale of a boot also stores the boot
        sides.append((ledger, mia, Raw(ledger, ledger.path.with_name("raw.db"))))
    costs: list[tuple[int, ...]] = []
    for _ in range(rounds):
        three = random.sample(range(1, PRODUCTS + 1), 3)
        costs.append(tuple(cost for side in sides for cost in _one_sale(*side, three)))
    cpu, wall, floor_cpu, floor_wall, new_cpu, new_wall, new_floor_cpu, new_floor_wall = (
        statistics.median(each) for each in zip(*costs, strict=True)
    )
    return {
        "years_commit_cpu_ratio": cpu / new_cpu,
        "years_commit_wall_ratio": wall / new_wall,
        "years_floor_cpu_ratio": floor_cpu / new_floor_cpu,
        "years_floor_wall_ratio": floor_wall / new_floor_wall,
        "years_commit_to_floor_cpu_ratio": cpu / floor_cpu,
    }


def _one_sale(ledger: Ledger, person: Person, raw: Raw, three: list[int]) -> tuple[int, ...]:
    """CPU and wall of a commit, then of the same rows by the floor."""
    made = new_sale(ledger, person, three)
    receipt, ours = timed(lambda: sale.commit(ledger, made))
    assert isinstance(receipt, sale.Receipt)
    same = rows_of(ledger, receipt.id)
    new_sale(ledger, person, three)  # so that both begin with equally warm caches
    return (*ours, *timed(lambda: raw.write(same))[1])


def _looked_up(old: Ledger, new: Ledger) -> dict[str, float]:
    """CPU of the reports of a day long ago, in ms; and of looks at today and the past, over the new ledger's.

    CPU, because the file is in memory and the machine is not ours alone.
    """
    (long_ago,) = old.row("SELECT business_date FROM session LIMIT 1 OFFSET 1") or ("",)
    found = {
        f"years_day_by_{by}_ms": _costs(reports.report, [old], by, long_ago)[0] / 1e6
        for by in reports.REPORTS
    }
    for name, (look, *words) in LOOKS.items():
        after, first = _costs(look, [old, new], *words)
        found[f"years_{name}_ratio"] = after / first
    return found


def _costs(look: Callable[..., object], ledgers: list[Ledger], *words: object) -> list[float]:
    """CPU of one look at each ledger, in nanoseconds; medians of many, in turn."""
    rounds = [[timed(lambda at=at: look(at, *words))[1][0] for at in ledgers] for _ in range(60)]
    return [statistics.median(each) for each in zip(*rounds, strict=True)]


def _started(full: Path, empty: Path, rounds: int = 7) -> dict[str, float]:
    """Until the sellers' names stand on the screen, in turn; and the memory that this takes."""
    took: dict[Path, list[float]] = {full: [], empty: []}
    memory = {}
    for _ in range(rounds):
        for folder, times in took.items():
            (folder / "shop.toml").write_text(SHOP.partition("[devices")[0])
            program = Program(module("kiosk", "--shop", str(folder), "till"), env=PATHS)
            times.append(program.until("Mia"))
            memory[folder] = program.rss_mb()
            program.end()
    return {
        "years_start_to_names_ratio": statistics.median(took[full]) / statistics.median(took[empty]),
        "years_rss_ratio": memory[full] / memory[empty],
    }
