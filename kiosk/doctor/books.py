"""Checks the ledger: the file, its schema, its journal, who works there and what waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.checkout.matching import first_stray
from kiosk.checkout.people import everybody
from kiosk.doctor.finding import Finding
from kiosk.i18n import _, ngettext
from kiosk.ledger import health, migrations
from kiosk.ledger.verify import verify

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings

_COUNTS = "SELECT count(*) FROM sale"
_MODE = "PRAGMA journal_mode"
_WAL = b"\x02\x02"
"""Bytes 18 and 19 of a file in WAL mode (sqlite.org/fileformat.html). SQLite itself calls a file on a disk
that cannot be written by another mode."""
_DOUBTFUL = "SELECT count(*) FROM print_job WHERE state = 'DOUBTFUL'"
_REJECTED = "SELECT count(*) FROM rejected"


def file(ledger: Ledger, *, quick: bool) -> Iterator[Finding]:
    """Is every page of the file sound, and is it kept the safe way?"""
    found = health.problems(ledger, thorough=not quick)
    restore = _("Stop selling. Keep the file, and bring the last copy back: `kiosk backup --restore FILE`.")
    for problem in found:
        yield Finding("ledger", "wrong", _("ledger: {problem}").format(problem=problem), restore)
    if not found:
        sales = _one(ledger, _COUNTS)
        words = ngettext("ledger sound, with {n} sale", "ledger sound, with {n} sales", sales)
        yield Finding("ledger", "found", words.format(n=sales))
    format_now, known = _one(ledger, "PRAGMA user_version"), len(migrations.steps())
    if format_now < known:
        words = _("ledger in format {now}; the till brings it to {known} when it opens")
        yield Finding(
            "ledger",
            "note",
            words.format(now=format_now, known=known),
            _("Make a copy before: `kiosk backup TARGET`."),
        )
    with ledger.path.open("rb") as opened:
        header = opened.read(20)
    if header[18:] != _WAL:
        mode = str((ledger.row(_MODE) or ("?",))[0])
        fix = _(
            "Open the till once: it sets the mode. If it stays, the folder is on a network disk: move it."
        )
        yield Finding("ledger", "wrong", _("ledger in mode {mode} instead of WAL").format(mode=mode), fix)


def belongs(ledger: Ledger, settings: Settings) -> Iterator[Finding]:
    """Do settings and ledger count in the same money?"""
    money = settings.currency
    if (money.code, money.exponent) != (ledger.currency, ledger.exponent):
        words = _("shop.toml says {wanted}, the ledger counts in {kept}")
        fix = _("Set shop.currency back to {kept}; for another currency make a new shop.")
        yield Finding(
            "ledger",
            "wrong",
            words.format(wanted=money.code, kept=ledger.currency),
            fix.format(kept=ledger.currency),
        )


def journal(ledger: Ledger) -> Iterator[Finding]:
    """Is every journal row as it was written, and every sale as its row tells?"""
    verdict = verify(ledger)
    if verdict.ok and (stray := first_stray(ledger)):
        words = _("journal row {seq}: {reason}").format(seq=stray.seq, reason=stray.reason)
        fix = _("Keep this file as evidence: reports count what was changed, the journal says what was sold.")
        yield Finding("ledger", "wrong", words, fix)
    elif verdict.ok:
        words = ngettext("journal unbroken, {n} row", "journal unbroken, {n} rows", verdict.rows)
        yield Finding("ledger", "found", words.format(n=verdict.rows))
    else:
        words = _("journal row {seq}: {reason}").format(seq=verdict.first_bad, reason=verdict.reason)
        fix = _("Keep this file as evidence, and compare it with a copy: `kiosk journal verify --file COPY`.")
        yield Finding("ledger", "wrong", words, fix)


def people(ledger: Ledger) -> Iterator[Finding]:
    """Does anybody work here who may change things?"""
    there = everybody(ledger)
    if not any(person.role == "supervisor" for person in there):
        fix = _("Nobody may change settings: make a supervisor.")
        yield Finding("ledger", "missing", _("there is no supervisor"), fix)
        return
    words = ngettext("{n} person works here", "{n} people work here", len(there))
    yield Finding("ledger", "found", words.format(n=len(there)))


def waiting(ledger: Ledger) -> Iterator[Finding]:
    """Does anything wait for a decision?"""
    doubtful, rejected = _one(ledger, _DOUBTFUL), _one(ledger, _REJECTED)
    if doubtful:
        words = ngettext("{n} print was cut off", "{n} prints were cut off", doubtful)
        yield Finding("ledger", "note", words.format(n=doubtful), _("Print again or give up, at the till."))
    if rejected:
        words = ngettext("{n} event was refused by the hub", "{n} events were refused by the hub", rejected)
        yield Finding(
            "ledger", "wrong", words.format(n=rejected), _("Look at them at the till; none is lost.")
        )


def _one(ledger: Ledger, sql: str) -> int:
    """Return the one number a query counts."""
    row = ledger.row(sql)
    return int(row[0]) if row else 0
