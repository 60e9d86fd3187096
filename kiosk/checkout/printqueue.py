"""What is still to be printed, as rows of the ledger: a sale never waits for paper, and no slip is lost.

A job goes QUEUED, SENDING (with the bytes that have left), SENT, CONFIRMED. When the link breaks in the
middle it becomes DOUBTFUL: the printer has lost its buffer, so it is never resumed, but offered again whole
and marked as a copy. The pulse that opens the drawer is a job of its own and is never sent twice: opening
an unwatched drawer is worse than not opening it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.checkout.rights import Person
    from kiosk.ledger.connection import Ledger

Kind = Literal["receipt", "copy", "drawer", "x", "z", "slip", "ticket"]
JobState = Literal["QUEUED", "SENDING", "SENT", "CONFIRMED", "DOUBTFUL", "CANCELLED"]


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to print, or one pulse for the drawer."""

    id: int
    kind: Kind
    ref: int | None  # journal seq of what is printed; None: the rows are in `body`
    copy: int  # 0: the original; 1, 2, ...: the nth COPY
    state: JobState
    sent: int  # bytes that have left
    tries: int
    body: str | None  # JSON of a slip's rows, or of a ticket's seal; None: rendered from `ref`
    error: str | None  # why it waits or is in doubt, for people


class JobDone(ValueError):
    """A print job is not in a state that allows this; nothing was changed."""

    def __init__(self, job_id: int) -> None:
        super().__init__(
            _("print job {n} cannot be sent again; nothing was changed; reprint the receipt").format(n=job_id)
        )


# No index helps these: the table holds a day's jobs (`prune`), and 1,000 of them are read in 0.1 ms, while an
# index would cost every sale 33 bytes and a page of the log.
_NEXT = """
SELECT id, kind, ref, copy, state, sent, tries, body, error FROM print_job
WHERE state = 'QUEUED'
ORDER BY kind <> 'drawer', id LIMIT 1"""
_OPEN = """
SELECT id, kind, ref, copy, state, sent, tries, body, error FROM print_job
WHERE state IN ('QUEUED', 'SENDING', 'DOUBTFUL') ORDER BY id"""
_GET = "SELECT id, kind, ref, copy, state, sent, tries, body, error FROM print_job WHERE id = ?"
ENQUEUE = "INSERT INTO print_job (kind, ref, copy, state, body) VALUES (?, ?, ?, 'QUEUED', ?)"
_SENDING = """
UPDATE print_job SET state = 'SENDING', sent = 0, tries = tries + 1, error = NULL
WHERE id = ? AND state = 'QUEUED' RETURNING id"""
_OFFSET = "UPDATE print_job SET sent = ? WHERE id = ? AND state = 'SENDING'"
# The code of a pickup order is a secret: its seal goes once the bytes have left, printed or not.
_SENT = """
UPDATE print_job SET state = ?, sent = ?, error = NULL,
    body = iif(kind IN ('receipt', 'copy', 'ticket'), NULL, body)
WHERE id = ? AND state = 'SENDING'"""
_WAITING = """
UPDATE print_job SET state = iif(kind = 'drawer', 'CANCELLED', 'QUEUED'), error = ?
WHERE id = ? AND sent = 0 AND state IN ('QUEUED', 'SENDING')"""
_DOUBTFUL = """
UPDATE print_job SET state = iif(kind = 'drawer', 'CANCELLED', 'DOUBTFUL'), error = ?
WHERE id = ? AND state IN ('SENDING', 'SENT')"""
_CANCEL = """
UPDATE print_job SET state = 'CANCELLED', body = iif(kind IN ('receipt', 'copy', 'ticket'), NULL, body)
WHERE id = ? AND state IN ('QUEUED', 'DOUBTFUL') RETURNING id"""
_ATTACH = "UPDATE print_job SET body = ? WHERE ref = ? AND kind = 'receipt' AND state = 'QUEUED'"
_FORGET = """
UPDATE print_job SET body = NULL,
    state = iif(kind = 'ticket' AND state IN ('QUEUED', 'DOUBTFUL'), 'CANCELLED', state)
WHERE kind IN ('receipt', 'copy', 'ticket') AND body IS NOT NULL AND instr(body, ?)"""
_AGAIN = """
UPDATE print_job
SET state = 'QUEUED', sent = 0, error = NULL, copy = ?, kind = iif(kind = 'receipt', 'copy', kind)
WHERE id = ?"""
_COPIES = """
SELECT coalesce(max(copy), 0) FROM print_job
WHERE ref = ?1 AND (kind = ?2 OR (kind = 'copy' AND ?2 = 'receipt'))"""
_BOOT_DRAWER = """
UPDATE print_job SET state = 'CANCELLED'
WHERE kind = 'drawer' AND state IN ('QUEUED', 'SENDING', 'DOUBTFUL')"""
_BOOT_CUT = """
UPDATE print_job SET state = 'DOUBTFUL', error = ?
WHERE state = 'SENDING' RETURNING id"""
_PRUNE = """
DELETE FROM print_job
WHERE ref < ? AND kind IN ('receipt', 'drawer') AND state IN ('SENT', 'CONFIRMED', 'CANCELLED')"""


def enqueue(ledger: Ledger, kind: Kind, ref: int | None, *, copy: int = 0, body: str | None = None) -> None:
    """Add a job inside the caller's transaction, so that a sale and its receipt are stored together."""
    ledger.execute(ENQUEUE, (kind, ref, copy, body))


def attach(ledger: Ledger, ref: int, body: str) -> None:
    """Have the receipt of a sale carry more, inside the transaction that queued it."""
    ledger.execute(_ATTACH, (body, ref))


def forget(ledger: Ledger, mark: str) -> None:
    """Drop what the bodies with a mark in them carry, inside the caller's transaction.

    A receipt is still printed, without it; a ticket is nothing else and is not printed any more.
    """
    ledger.execute(_FORGET, (mark,))


def next_job(ledger: Ledger) -> Job | None:
    """Return the job to be sent now: a pulse before any slip, else the oldest.

    The drawer opens without paper too, so it must not wait behind a receipt that waits for some.
    """
    row = ledger.row(_NEXT)
    return None if row is None else Job(*row)


def open_jobs(ledger: Ledger) -> list[Job]:
    """Return everything that is not done, oldest first: waiting, being sent, in doubt."""
    return [Job(*row) for row in ledger.rows(_OPEN)]


def mark_sending(ledger: Ledger, job_id: int) -> None:
    """Note that bytes are about to leave; from here on a cut is a doubt. JobDone if it is not queued."""
    if not ledger.rows(_SENDING, (job_id,)):
        raise JobDone(job_id)


def save_offset(ledger: Ledger, job_id: int, sent: int) -> None:
    """Note how many bytes have left."""
    ledger.execute(_OFFSET, (sent, job_id))


def mark_sent(ledger: Ledger, job_id: int, sent: int, *, confirmed: bool = False) -> None:
    """Note that all bytes have left, and whether the printer says that they are printed."""
    ledger.execute(_SENT, ("CONFIRMED" if confirmed else "SENT", sent, job_id))


def mark_waiting(ledger: Ledger, job_id: int, reason: str) -> None:
    """Put a job back of which no byte has left; a drawer pulse is dropped, its moment has passed."""
    ledger.execute(_WAITING, (reason, job_id))


def mark_doubtful(ledger: Ledger, job_id: int, reason: str) -> None:
    """Note that a job was cut; a drawer pulse is dropped instead, because it is never sent twice."""
    ledger.execute(_DOUBTFUL, (reason, job_id))


def cancel(ledger: Ledger, job_id: int) -> None:
    """Give a waiting or doubtful job up; JobDone if it is neither."""
    if not ledger.rows(_CANCEL, (job_id,)):
        raise JobDone(job_id)


def cancel_all(ledger: Ledger, job_ids: Iterable[int]) -> None:
    """Give up those of these jobs that still wait or are in doubt; what is on its way goes on."""
    with ledger.transaction():
        for job_id in job_ids:
            ledger.rows(_CANCEL, (job_id,))


def retry(ledger: Ledger, job_id: int, person: Person) -> None:
    """Send a doubtful job again, whole and marked as a copy; JobDone if it is not in doubt."""
    with ledger.transaction():
        row = ledger.row(_GET, (job_id,))
        job = None if row is None else Job(*row)
        if job is None or job.state != "DOUBTFUL":
            raise JobDone(job_id)
        copy = _copies(ledger, job.kind, job.ref) + 1
        ledger.execute(_AGAIN, (copy, job_id))
        _journal(ledger, job.kind, job.ref, copy, person)


def reprint(ledger: Ledger, kind: Literal["receipt", "z"], ref: int, person: Person) -> int:
    """Queue one more copy of a receipt (by its sale) or a Z (by its closing); return which copy it is."""
    with ledger.transaction():
        copy = _copies(ledger, kind, ref) + 1
        enqueue(ledger, "copy" if kind == "receipt" else kind, ref, copy=copy)
        _journal(ledger, kind, ref, copy, person)
    return copy


def after_boot(ledger: Ledger) -> list[int]:
    """Bring the queue in order when the till starts, and return the ids of the jobs now in doubt.

    What was being sent may be on paper or not. Pulses of before are dropped: nobody stands at the drawer.
    """
    reason = _("the till stopped while this was being printed")
    with ledger.transaction():
        ledger.execute(_BOOT_DRAWER)
        return [job_id for (job_id,) in ledger.rows(_BOOT_CUT, (reason,))]


def prune(ledger: Ledger, before: int) -> None:
    """Drop finished originals of events before a journal seq, inside the caller's transaction.

    Copies stay, because they are counted.
    """
    ledger.execute(_PRUNE, (before,))


def _copies(ledger: Ledger, kind: str, ref: int | None) -> int:
    """Return how many copies there are already."""
    row = ledger.row(_COPIES, (ref, "receipt" if kind == "copy" else kind))
    return int(row[0]) if row else 0


def _journal(ledger: Ledger, kind: str, ref: int | None, copy: int, person: Person) -> None:
    """Put a copy into the journal: a second receipt for the same money is worth knowing about."""
    ledger.record("print.copy", {"kind": kind, "of": ref, "copy": copy, "w": person.name})
