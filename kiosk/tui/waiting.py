"""What waits, in words: print jobs and payments without an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.tui.text import clean

if TYPE_CHECKING:
    from kiosk.checkout.attempts import OpenAttempt
    from kiosk.checkout.printqueue import Job
    from kiosk.checkout.unfinished import WaitingJob


def job_title(waiting: WaitingJob) -> str:
    """What a job prints: `Receipt A-000123`, with its copy."""
    job = waiting.job
    names = {
        "receipt": _("Receipt {number}"),
        "copy": _("Receipt {number}"),
        "z": _("Z report {number}"),
        "x": _("X report"),
        "ticket": _("Ticket to collect"),
    }
    title = names.get(job.kind, _("Slip")).format(number=waiting.number)
    return _("{title}, copy {n}").format(title=title, n=job.copy) if job.copy else title


def job_words(job: Job, *, printer: bool = True) -> str:
    """How a job stands, and what can be done about it; `printer` tells whether the shop has one."""
    if not printer:
        return _("There is no printer any more: give it up, or name one in shop.toml.")
    why = clean(job.error or "")
    why = why[:1].upper() + why[1:]
    if job.state == "DOUBTFUL":
        words = _("It may be on paper or not: look, then print it again or give it up.")
        return f"{why}. {words}" if why else words
    if job.state == "SENDING":
        return _("It is on its way to the printer.")
    return why or _("It is printed as soon as the printer can.")


def attempt_words(one: OpenAttempt, *, own: bool) -> str:
    """Whose payment it is, and what can be done about it."""
    name = clean(one.name)
    if own:
        return _("It belongs to the sale on the till: settle it there.")
    if one.attempt.state == "confirmed":
        return _("It was paid, but its sale is gone: give the money back, then say so here.")
    words = _("Look at the reader or the bank, then say what became of it.")
    return _("Parked as {name}. {words}").format(name=name, words=words) if name else words
