"""What waits: slips the printer has not printed, those in doubt, and payments nobody knows the outcome of.

A slip in doubt may be on paper or not, so nothing happens to it by itself: it is printed again whole, marked
as a copy, or given up. The list follows the queue while it is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout import printqueue
from kiosk.checkout.unfinished import WaitingJob, unfinished
from kiosk.i18n import _, ngettext
from kiosk.station.rendering import preview
from kiosk.tui.commands import bindings
from kiosk.tui.screens.straymoney import TRY, StrayMoney
from kiosk.tui.waiting import attempt_words, job_title, job_words
from kiosk.tui.widgets.listing import Column, Entry, Listing, widest
from kiosk.tui.widgets.paper import Paper
from kiosk.tui.widgets.picklisting import PickListing
from kiosk.tui.widgets.title import Title

if TYPE_CHECKING:
    from kiosk.checkout.attempts import OpenAttempt
    from kiosk.tui.ports import Lamp

JOB = "job:"


class QueueScreen(StrayMoney):
    """Payments first, then slips in doubt, then what is simply not printed yet."""

    PLACE = "prints"
    BINDINGS = bindings("prints")
    CSS_PATH: ClassVar = ["place.tcss", "queue.tcss"]

    _lamp: Lamp | None = None

    def content(self) -> ComposeResult:
        """The list at the left; what the chosen one is at the right."""
        with Horizontal(id="content"):
            yield PickListing(id="waiting")
            with Vertical(id="side"):
                yield Title("", surface="ground")
                yield Paper(id="paper")

    def on_mount(self) -> None:
        """Say so when there is nothing."""
        self.query_one(Listing).empty_text = _("nothing waits")

    async def enter_place(self) -> None:
        """Look, from the first."""
        self.chosen = ""
        await self.look()

    def refresh_standing(self) -> None:
        """Look again when the queue's lamp changed; power and clock are no news here."""
        super().refresh_standing()
        lamp = next((one for one in self.station.lamps if one.name == "queue"), None)
        if lamp != self._lamp:
            self._lamp = lamp
            if self.is_current:
                self.work_on(self.look(), "look")

    async def look(self) -> None:
        """Read what waits now; the chosen one stays chosen while it is there."""
        found = await self.looked_up(unfinished)
        if found is None:
            return
        self.waiting = found
        ids = self._ids()
        if self.chosen not in ids:
            await self.choose(ids[0] if ids else "")

    def _ids(self) -> list[str]:
        tries = [f"{TRY}{one.attempt.id}" for one in self.waiting.attempts]
        return tries + [f"{JOB}{one.job.id}" for one in self.waiting.jobs]

    async def choose(self, entry: str) -> None:
        """Choose an entry and show its slip."""
        self.chosen = entry
        waiting, settings = self.job, self.station.settings
        rows = None
        if waiting is not None:
            rows = await self.looked_up(preview, waiting.job, settings)
        self.query_one(Paper).show(rows or [], settings.receipt.columns)
        self.query_one(Paper).display = bool(rows)
        self.show_state()

    @property
    def job(self) -> WaitingJob | None:
        """The chosen print job."""
        return next((one for one in self.waiting.jobs if f"{JOB}{one.job.id}" == self.chosen), None)

    def can(self, name: str, /) -> bool:
        """What makes sense with the chosen entry."""
        if name == "again":
            printer = self.station.settings.has_printer
            return printer and self.job is not None and self.job.job.state == "DOUBTFUL"
        if name == "give_up_all":
            return len(self._refusable()) > 1
        if name == "give_up":
            return self.job is not None and self.job.job.state in {"DOUBTFUL", "QUEUED"}
        if name == "settle":
            return self.attempt is not None and self.attempt.draft != self.app.keeper.draft
        return super().can(name)

    # -- showing ---------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show list, words and keys."""
        self.heading(
            _("What waits"), _("Payments without an outcome, slips in doubt, and what is not printed yet.")
        )
        entries = [self._try_entry(one) for one in self.waiting.attempts]
        entries += [self._job_entry(one) for one in self.waiting.jobs]
        states = widest([entry.cells[2] for entry in entries])
        columns = (Column(width=1), Column(), Column(width=states, quiet=True))
        self.query_one(Listing).show(columns, entries, chosen=self.chosen)
        self.query_one("#side").display = bool(entries)
        side = self.query_one("#side Title", Title)
        if self.job is not None:
            printer = self.station.settings.has_printer
            side.show(job_title(self.job), job_words(self.job.job, printer=printer))
        elif self.attempt is not None:
            own = self.attempt.draft == self.app.keeper.draft
            side.show(self.try_title(self.attempt), attempt_words(self.attempt, own=own))
        else:
            side.show("")
        self.show_bar()

    def _job_entry(self, waiting: WaitingJob) -> Entry:
        job = waiting.job
        doubtful = job.state == "DOUBTFUL"
        words = {"QUEUED": _("waits"), "SENDING": _("is sent"), "DOUBTFUL": _("in doubt")}
        cells = ("✗" if doubtful else "·", job_title(waiting), words.get(job.state, ""))
        return Entry(f"{JOB}{job.id}", cells, "bad" if doubtful else "ink")

    def _try_entry(self, one: OpenAttempt) -> Entry:
        words = {"pending": _("waiting"), "unknown": _("unknown"), "confirmed": _("paid")}
        cells = ("?", self.try_title(one), words.get(one.attempt.state, one.attempt.state))
        return Entry(f"{TRY}{one.attempt.id}", cells, "bad", strong=True)

    # -- commands --------------------------------------------------------------------------------------------

    def pick(self, entry: str, /) -> None:
        """Choose what the keys act upon."""
        self.work_on(self.choose(entry), "choose")

    async def do_again(self) -> None:
        """Print it again, whole, marked as a copy."""
        waiting = self.job
        if waiting is not None and await self.did(printqueue.retry, waiting.job.id, self.person):
            await self.look()
            self.say(_("{what} is being printed again.").format(what=job_title(waiting)), "good")

    async def do_give_up(self) -> None:
        """Take it out of the queue."""
        waiting = self.job
        if waiting is not None and await self.did(printqueue.cancel, waiting.job.id):
            await self.look()
            self.say(_("{what} will not be printed.").format(what=job_title(waiting)), "warn")

    async def do_give_up_all(self) -> None:
        """Take everything out of the queue that is not on its way, after asking."""
        from kiosk.tui.screens.prompts import ConfirmDialogue

        slips = self._refusable()
        sure = await self.ask(
            ConfirmDialogue(
                ngettext("Give up {n} slip?", "Give up all {n} slips?", len(slips)).format(n=len(slips)),
                words=_("Receipts stay in the ledger: they can be shown as a code, and printed as a copy."),
                yes=_("Do not print them"),
                no=_("Keep them"),
                hue="warn",
            )
        )
        if sure and await self.did(printqueue.cancel_all, [slip.job.id for slip in slips]):
            await self.look()
            self.say(_("Nothing of it will be printed."), "warn")

    def _refusable(self) -> list[WaitingJob]:
        """The slips that can be given up: those not on their way to the printer."""
        return [one for one in self.waiting.jobs if one.job.state in {"DOUBTFUL", "QUEUED"}]
