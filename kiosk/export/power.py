"""The stall's power as files: minutes of the days asked for, the newest samples, demonstrations, parts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from kiosk.checkout.money import Currency
from kiosk.energy import components, tell
from kiosk.energy.powerbook import PowerBook
from kiosk.energy.shown import shown
from kiosk.export import files
from kiosk.export.books import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kiosk.energy.minutes import Row
    from kiosk.export.tables import Cell, Holds
    from kiosk.ledger.connection import Ledger

POWER: tuple[tuple[str, Holds], ...] = (
    ("time", "time"), ("measured_s", "amount"), ("volts", "amount"), ("amps", "amount"), ("load_w", "amount"),
    ("solar_w", "amount"), ("ac_w", "amount"),
)  # fmt: skip
ACTS: tuple[tuple[str, Holds], ...] = (
    ("time", "time"), ("clock_trusted", "truth"), ("component", "text"), ("kind", "text"), ("what", "text"),
    ("by", "text"), ("note", "text"), ("wh", "amount"), ("ah", "amount"), ("ohm", "amount"),
    ("idle_w", "amount"), ("cycles", "number"),
)  # fmt: skip


def export_power(
    ledger: Ledger, folder: Path, days: tuple[str, str] | None, zone: tzinfo | None
) -> list[Written]:
    """Write what is known of the power; `days` are the first and the last, in the shop's `zone`."""
    done = [_csv(folder / "components.csv", ACTS, _acts(ledger))]
    if days is not None:
        span = days[0] if days[0] == days[1] else f"{days[0]}-{days[1]}"
        table = tell.demo_table(shown(ledger, *days), Currency(ledger.currency, ledger.exponent))
        path = folder / f"demos-{span}.csv"
        with files.whole(path) as file:
            file.write(files.MARK + tell.to_csv(table, tell.DEMO_HEADS))
        done.append(Written(path, len(table), path.stat().st_size))
    book = PowerBook.of(ledger.path.parent)
    if book is None:
        return done
    with book:
        done.append(_csv(folder / "power-samples.csv", POWER, _rows(book.samples())))
        if days is not None:
            rows = _rows(book.minutes(*_seconds(days, zone)))
            done.append(_csv(folder / f"power-minutes-{span}.csv", POWER, rows))
    return done


def _csv(path: Path, columns: tuple[tuple[str, Holds], ...], rows: Iterable[tuple[Cell, ...]]) -> Written:
    """Write a table."""
    count = files.write_csv(path, columns, rows)
    return Written(path, count, path.stat().st_size)


def _seconds(days: tuple[str, str], zone: tzinfo | None) -> tuple[int, int]:
    """Return the beginning of the first day and the end of the last, in Unix seconds."""
    first, last = (datetime.combine(date.fromisoformat(day), time(), zone) for day in days)
    return int(first.timestamp()), int((last + timedelta(days=1)).timestamp())


def _rows(rows: Iterable[Row]) -> Iterator[tuple[Cell, ...]]:
    """Yield rows as they stand in a file; what is not known stays empty."""
    for row in rows:
        figures = (row.volts, row.amps, row.load_w, row.solar_w, row.ac_w)
        yield (
            _time(row.wall_s),
            f"{row.seconds:.0f}",
            *(None if figure is None else f"{figure:.3f}" for figure in figures),
        )


def _acts(ledger: Ledger) -> Iterator[tuple[Cell, ...]]:
    """Yield everything that was done with parts."""
    kinds = {part.id: part.kind for part in components.every(ledger)}
    for act in components.acts(ledger):
        it = act.measured
        figures = ((it.mwh, 1000), (it.mah, 1000), (it.uohm, 1_000_000), (it.idle_mw, 1000))
        yield (
            _time(act.wall_ms / 1000), act.clock_trusted, act.component, kinds[act.component], act.what,
            act.person, act.note, *(None if one is None else f"{one / unit:g}" for one, unit in figures),
            it.cycles,
        )  # fmt: skip


def _time(wall_s: float) -> str:
    return datetime.fromtimestamp(wall_s, UTC).isoformat(timespec="seconds")
