"""What was brought back into boxes: where it is, who has it, and what is decided about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.i18n import _, date, ngettext, time
from kiosk.pickup import returns
from kiosk.pickup.compartment import Purpose, State
from kiosk.pickup.returns import NEXT, Case, ReturnDrop
from kiosk.tui.boxwords import case_words
from kiosk.tui.commands import bindings
from kiosk.tui.screens.listplace import ListPlace
from kiosk.tui.screens.looking import Looking
from kiosk.tui.screens.prompts import ChoiceDialogue, Option
from kiosk.tui.widgets.listing import Column, Entry, Listing, widest
from kiosk.tui.widgets.picklisting import PickListing

if TYPE_CHECKING:
    from kiosk.tui.messages import BoxMoved


class DropsScreen(ListPlace, Looking):
    """The list, and what can be done about the chosen return."""

    PLACE = "drops"
    BINDINGS = bindings("drops")
    CSS_PATH: ClassVar = ["place.tcss"]

    drops: tuple[ReturnDrop, ...] = ()
    ref = ""
    """The chosen return."""
    settled = False
    """Whether those that are settled are shown as well."""

    def content(self) -> ComposeResult:
        """The list."""
        with Vertical(id="content"):
            yield PickListing(id="drops")

    async def enter_place(self) -> None:
        """Ask for the right, then read the list."""
        if await self.doorkeeper():
            await self.look()

    async def look(self) -> None:
        """Read the list."""
        self.drops = tuple(await self.read(partial(returns.returns, settled=self.settled)))
        if self.drop is None:
            self.ref = self.drops[0].ref if self.drops else ""
        self.show_state()

    @property
    def drop(self) -> ReturnDrop | None:
        """The chosen return."""
        return next((one for one in self.drops if one.ref == self.ref), None)

    def show_state(self) -> None:
        """Show the list and the keys."""
        waiting = sum(one.state is Case.DROPPED for one in self.drops)
        words = ngettext("{n} lies in a box", "{n} lie in boxes", waiting).format(n=waiting)
        self.heading(_("Returns"), words)
        entries = [_entry(one) for one in self.drops]
        titles = (_("return"), _("how far"), _("box"), _("bought with"), _("since"), _("with"))
        widths = [widest([*(entry.cells[at] for entry in entries), titles[at]]) + 2 for at in range(5)]
        columns = [Column(titles[at], widths[at], quiet=at > 1) for at in range(5)]
        listing = self.query_one(Listing)
        listing.empty_text = _("Nothing was brought back.")
        listing.show([*columns, Column(titles[5], quiet=True)], entries, chosen=self.ref)
        self.show_bar()

    def can(self, name: str, /) -> bool:
        """What makes sense with the chosen return."""
        drop = self.drop
        if name == "take_out":
            return drop is not None and drop.state is Case.DROPPED
        if name == "decide":
            return drop is not None and drop.state in NEXT
        return super().can(name)

    def pick(self, ref: str, /) -> None:
        """Choose a return."""
        self.ref = ref
        self.show_state()

    async def do_take_out(self) -> None:
        """Open the box it lies in."""
        if self.drop is not None:
            self.chosen = self.drop.box
            await self.open(self.drop.box, Purpose.STAFF, "", f"return {self.drop.ref}")

    async def do_decide(self) -> None:
        """Say what is done about it."""
        drop = self.drop
        if drop is None:
            return
        options = [Option(case, case_words(case)) for case in NEXT[drop.state]]
        title = _("Return {ref}").format(ref=drop.ref)
        words = _("Repair comes before replacing, and replacing before money back.")
        chosen = await self.ask(ChoiceDialogue(title, options, words=words, columns=1))
        if chosen is not None:
            await self.staffed(returns.decide, drop.ref, chosen, self.by.name)
            await self.look()

    async def do_settled(self) -> None:
        """Show those that are settled as well, or no more."""
        self.settled = not self.settled
        await self.look()

    def do_back(self) -> None:
        """Back to the boxes."""
        self.app.go("boxes")

    def box_moved(self, moved: BoxMoved) -> None:
        """The box was shut again: what is inside is asked."""
        if not self.is_attached or self.app.current_mode != "drops":
            return
        shut = moved.what == "shut" and moved.box.state is State.CLOSING
        if moved.what == "open":
            self.say(_("Door {number} is open.").format(number=moved.box.number), "good")
        if moved.what in {"stuck", "refused", "lost"}:
            self.refuse(_("Box {number} did not open.").format(number=moved.box.number))
        if shut and moved.box.purpose is Purpose.STAFF:
            self.work_on(self.ask_contents(moved.box), "inside")
        else:
            self.work_on(self.look(), "look")


def _entry(drop: ReturnDrop) -> Entry:
    """A return as a row."""
    moment = f"{date(drop.since_ms)} {time(drop.since_ms)}"
    cells = (
        drop.ref,
        case_words(drop.state),
        str(drop.box) if drop.state is Case.DROPPED else "–",
        drop.receipt or drop.order or "–",
        moment,
        drop.taken_by,
    )
    return Entry(drop.ref, cells, "warn" if drop.state is Case.DROPPED else "ink")
