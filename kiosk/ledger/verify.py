"""Going over the journal from its first row: is every row as it was written, and is any missing?

What a chain can show: a changed, inserted or removed row. What it cannot show alone: that somebody rewrote
everything from one row on. That needs an earlier hash from outside: a hub, a copy, a printed Z.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import apsw

from kiosk.i18n import _
from kiosk.ledger import journal
from kiosk.ledger.errors import LedgerDamaged
from kiosk.ledger.hlc import id_text

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

PAGE = 5_000
"""Rows of one read. Each read is its own short look, so that a running till can clear its log meanwhile."""

_PAGE = (
    "SELECT seq, event_id, CAST(type AS BLOB), version, hlc, CAST(boot_id AS BLOB), boot_ms, wall_ms,"
    " clock_trusted, CAST(body AS BLOB), hash"
    " FROM journal LEFT JOIN boot ON boot.id = journal.boot WHERE seq > ? ORDER BY seq LIMIT ?"
)
_NEWEST = "SELECT max(seq) FROM journal"
_REFERRED = """
SELECT max(coalesce((SELECT max(id) FROM sale), 0), coalesce((SELECT max(id) FROM session), 0),
           coalesce((SELECT max(id) FROM closing), 0), coalesce((SELECT max(id) FROM cash_move), 0),
           coalesce((SELECT max(acked) FROM cursor), 0))
"""

Progress = Callable[[int, int], object]
"""Called with rows done and rows in all."""


class Fault(StrEnum):
    """What is wrong with a row."""

    GAP = "gap"
    CONTENTS = "contents"
    HASH = "hash"
    LINK = "link"
    ORDER = "order"
    TAIL = "tail"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome: how many rows are good, and the first that is not."""

    rows: int  # good ones, up to the first bad
    first_bad: int | None = None  # seq
    fault: Fault | None = None
    head: bytes = journal.BEFORE_FIRST  # hash of the last good row: note it down to compare later

    @property
    def ok(self) -> bool:
        """Whether every row is as it was written."""
        return self.first_bad is None

    @property
    def reason(self) -> str | None:
        """Say in words what is wrong with the first bad row."""
        return None if self.fault is None else _words(self.fault)


@dataclass(frozen=True, slots=True)
class _Link:
    """One row as the chain sees it."""

    seq: int
    hlc: int
    text: str
    hash: bytes


def verify(ledger: Ledger, progress: Progress | None = None) -> Verdict:
    """Check the whole journal; the till may go on selling meanwhile."""
    chain = journal.FORMULAS[ledger.formula]
    seq, hlc, head = 0, 0, journal.BEFORE_FIRST
    try:
        known = _number(ledger, _REFERRED)  # asked first: a sale made meanwhile is not a missing one
        total = _number(ledger, _NEWEST)
        links = _links(ledger)
        for link in links:
            expected = chain(head, link.text)
            fault = _fault(link, seq, hlc, expected)
            if fault is Fault.CONTENTS:
                fault = _narrow(link, next(links, None), expected, chain)
            if fault is not None:
                return Verdict(seq, seq + 1, fault, head)
            seq, hlc, head = link.seq, link.hlc, link.hash
            if progress is not None and seq % 1_000 == 0:
                progress(seq, max(total, seq))
    except (LedgerDamaged, apsw.CorruptError):
        return Verdict(seq, seq + 1, Fault.UNREADABLE, head)
    if known > seq:
        return Verdict(seq, seq + 1, Fault.TAIL, head)
    if progress is not None:
        progress(seq, seq)
    return Verdict(seq, head=head)


def _number(ledger: Ledger, sql: str) -> int:
    """Return the one number a query answers; nothing counts as 0."""
    found = ledger.row(sql)
    return int(found[0] or 0) if found else 0


def _links(ledger: Ledger) -> Iterator[_Link]:
    """Read the journal page by page, and of a damaged page all that comes before the damage."""
    before, last = -2, -1  # a row 0 would be an intruder
    while last > before:
        before = last
        for row in ledger.execute(_PAGE, (last, PAGE)):
            yield _link(row)
            last = row[0]


def _link(row: tuple[Any, ...]) -> _Link:
    """Put a row's envelope together; whatever a vandal left in it must fail the hash, not this program."""
    seq, event_id, kind, version, hlc, boot_id, boot_ms, wall_ms, trusted, body, digest = row
    identity = id_text(event_id)
    text = journal.envelope(
        _letters(body),
        boot_ms,
        _letters(boot_id),
        hlc,
        identity,
        seq,
        trusted,
        _letters(kind),
        version,
        wall_ms,
    )
    return _Link(seq, hlc, text, digest)


def _letters(stored: bytes | None) -> str:
    """Read text of which every byte may have been overwritten."""
    return "?" if stored is None else stored.decode(errors="replace")


def _fault(link: _Link, last_seq: int, last_hlc: int, expected: bytes) -> Fault | None:
    """Compare a row with the one before it."""
    if link.seq != last_seq + 1:
        return Fault.GAP
    if link.hash != expected:
        return Fault.CONTENTS
    return Fault.ORDER if link.hlc <= last_hlc else None


def _narrow(
    link: _Link, following: _Link | None, expected: bytes, chain: Callable[[bytes, str], bytes]
) -> Fault:
    """Tell by the next row, chained to the true hash, whether the hash or the rest was changed."""
    if following is None:
        return Fault.LINK
    if chain(expected, following.text) == following.hash:
        return Fault.HASH
    if chain(link.hash, following.text) == following.hash:
        return Fault.CONTENTS
    return Fault.LINK


def _words(fault: Fault) -> str:
    """Say what a fault means to somebody who must find out what happened."""
    return {
        Fault.GAP: _("the row is missing: it was removed after it was written"),
        Fault.CONTENTS: _("its contents were changed after it was written"),
        Fault.HASH: _("its hash was changed after it was written"),
        Fault.LINK: _(
            "it does not follow from the row before: one of the two was changed after it was written"
        ),
        Fault.ORDER: _("it is not later than the row before: it was not written by this program"),
        Fault.TAIL: _("the newest rows are missing: stored sales or a hub know of them"),
        Fault.UNREADABLE: _("the file is damaged from here on"),
    }[fault]
