"""What waits for the printer or for a person: print jobs and payments nobody knows the outcome of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.checkout.attempts import OpenAttempt, open_attempts
from kiosk.checkout.printqueue import Job, open_jobs
from kiosk.checkout.stored_sale import label_of

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_SALE = "SELECT series, number FROM sale WHERE id = ?"
_Z = "SELECT z_number FROM closing WHERE id = ?"


@dataclass(frozen=True, slots=True)
class WaitingJob:
    """A print job that is not done, with the number of what it prints."""

    job: Job
    number: str  # of the receipt or the Z; empty for a slip of no number


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Everything somebody should look at."""

    attempts: tuple[OpenAttempt, ...]
    jobs: tuple[WaitingJob, ...]  # doubtful ones first, then in the order they will be printed


def unfinished(ledger: Ledger) -> Unfinished:
    """Return what waits now."""
    jobs = [WaitingJob(job, _number(ledger, job)) for job in open_jobs(ledger) if job.kind != "drawer"]
    jobs.sort(key=lambda waiting: (waiting.job.state != "DOUBTFUL", waiting.job.id))
    return Unfinished(tuple(open_attempts(ledger)), tuple(jobs))


def _number(ledger: Ledger, job: Job) -> str:
    """Return the number printed on what a job prints."""
    if job.ref is None:
        return ""
    row = ledger.row(_Z if job.kind == "z" else _SALE, (job.ref,))
    if row is None:
        return ""
    return str(row[0]) if job.kind == "z" else label_of(*row)
