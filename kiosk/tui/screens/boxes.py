"""Staff at the cabinet: every box and its state, opening with a reason, deposits, the weekly walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout.rights import Right
from kiosk.i18n import _, ngettext
from kiosk.pickup import boxes, deposit, orders, walk
from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.tui.boxwords import HUES, box_words, state_words
from kiosk.tui.commands import bindings
from kiosk.tui.screens.looking import ASKABLE, Looking
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.listing import Column, Entry, Listing
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.checkout.rights import Person
    from kiosk.pickup.orders import Order
    from kiosk.tui.commands import Command
    from kiosk.tui.messages import BoxMoved

COLUMNS = 4
WIDE = 96
"""Columns from which the accented key of the bar may be twice as wide."""


def may_sell(person: Person | None) -> bool:
    """Whether somebody may go on to the till."""
    return person is not None and person.may(Right.SELL)


class BoxesScreen(Looking):
    """The cabinet, one box chosen."""

    PLACE = "boxes"
    BINDINGS = bindings("boxes")
    CSS_PATH: ClassVar = ["place.tcss", "boxes.tcss"]

    days: int | None = None
    """Since the last walk."""
    order: Order | None = None
    """What is in the chosen box, or is to come into it."""
    number = ""
    """Digits typed for a box's number."""

    def content(self) -> ComposeResult:
        """The cabinet, and what there is to know of the chosen box."""
        with Horizontal(id="content"):
            yield KeyGrid(id="boxes")
            with Vertical(id="side"):
                yield Title("", surface="ground")
                yield Listing(id="wanted")

    async def enter_place(self) -> None:
        """Ask for the right, then read every box."""
        if await self.doorkeeper():
            self.round = ()
            self.days = await self.looked_up(walk.days_ago)
            await self.look()

    async def look(self) -> None:
        """Read every box, and the order of the chosen one."""
        self.boxes = tuple(await self.read(boxes.boxes))
        box = self.box
        self.order = await self.looked_up(orders.order_of, box.order) if box and box.order else None
        self.show_state()

    @property
    def box(self) -> Compartment | None:
        """The chosen box."""
        return next((one for one in self.boxes if one.number == self.chosen), None)

    # -- showing -------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show the cabinet, the chosen box and what can be done."""
        self.query(Title).first().show(_("Boxes"), self._words())
        keys = [self._key(one) for one in self.boxes]
        self.query_one("#boxes", KeyGrid).show(keys, columns=COLUMNS, rows=max(-(-len(keys) // COLUMNS), 1))
        box = self.box
        side = self.query_one("#side Title", Title)
        if box is not None:
            side.show(_("Box {number}").format(number=box.number), box_words(box, self.order))
        wanted = [one for one in self.boxes if one.state in walk.TO_LOOK_AT]
        listing = self.query_one(Listing)
        listing.empty_text = ""
        listing.show(
            (Column(width=4, align="right"), Column(_("to look into") if wanted else "")),
            [Entry(str(one.number), (str(one.number), state_words(one)), "warn") for one in wanted],
            chosen=str(self.chosen),
        )
        self.show_bar()

    @on(Listing.Chosen)
    def _wanted(self, event: Listing.Chosen) -> None:
        event.stop()
        self._choose(int(event.id))

    def _words(self) -> str:
        """What there is to do at the cabinet as a whole."""
        if self.round:
            words = _("Walk, {n} of {all}: open box {number}, look inside, shut it.")
            if self.box is not None and self.box.state is State.LEFT_OPEN:
                words = _("Walk, {n} of {all}: look into box {number}, and shut its door.")
            return words.format(n=len(self.seen) + 1, all=len(self.round), number=self.chosen)
        wanted = sum(one.state in walk.TO_LOOK_AT for one in self.boxes)
        words = ngettext("{n} box to look into", "{n} boxes to look into", wanted).format(n=wanted)
        if self.days is not None and self.days >= walk.DUE_DAYS:
            late = _("last walk {n} days ago").format(n=self.days)
            return f"{words} · {late}"
        return words

    def bar_keys(self, rows: Sequence[Command]) -> list[TouchKey]:
        """What makes sense now, and what always does; on a narrow screen all are of one width."""
        always = {"open", "deposit", "walk"}
        shown = [row for row in rows if row.id in always or self.can(row.id)]
        return super().bar_keys(shown) if self.size.width >= WIDE else [self.key(row.id) for row in shown]

    def _key(self, box: Compartment) -> TouchKey:
        hue = "accent" if box.number == self.chosen else HUES.get(box.state, "plain")
        detail = f"{box.size}{' ▁' if box.low else ''}"
        label = f"{box.number} {state_words(box)}"
        return TouchKey(f"box:{box.number}", label, detail=detail, hue=hue, tile=True)

    def can(self, name: str, /) -> bool:
        """What makes sense with the chosen box."""
        box = self.box
        if name == "till":
            return may_sell(self.station.register.person)
        if name in {"open", "inside", "clear", "service"} and box is None:
            return False
        state = box.state if box is not None else None
        if name == "inside":
            return state in ASKABLE
        if name == "clear":
            return self.order is not None and self.order.stage in {"overdue", "reported"}
        if name == "service":
            return state in {State.FREE, State.CHECK, State.FAILED, State.UNKNOWN}
        if name == "open":
            return state not in {State.OPENING, State.OPEN, State.LEFT_OPEN, State.UNKNOWN}
        return super().can(name)

    # -- choosing ------------------------------------------------------------------------------------------

    def pressed(self, key: TouchKey, /) -> None:
        """A box."""
        kind, _colon, number = key.id.partition(":")
        if kind == "box":
            self._choose(int(number))

    def typed(self, character: str, /) -> bool:
        """Digits choose a box by its number."""
        if not (character.isdecimal() and character.isascii()):
            return False
        numbers = {one.number for one in self.boxes}
        self.number = next((n for n in (self.number + character, character) if int(n) in numbers), "")
        if self.number:
            self._choose(int(self.number), keep=True)
        return True

    def _choose(self, number: int, *, keep: bool = False) -> None:
        self.number = self.number if keep else ""
        if any(one.number == number for one in self.boxes):
            self.chosen = number
            self.work_on(self.look(), "look")

    def do_left(self) -> None:
        """The box before."""
        self._choose(self.chosen - 1)

    def do_right(self) -> None:
        """The next box."""
        self._choose(self.chosen + 1)

    def do_up(self) -> None:
        """The box above."""
        self._choose(self.chosen - COLUMNS)

    def do_down(self) -> None:
        """The box below."""
        self._choose(self.chosen + COLUMNS)

    async def do_inside(self) -> None:
        """Say what lies in a box that was looked into."""
        if self.box is not None:
            await self.ask_contents(self.box)

    async def do_clear(self) -> None:
        """Take an overdue order out: back to the shelf, and the box is opened for it."""
        box = self.box
        if box is not None and await self.staffed(deposit.cleared, box, self.by.name) is not None:
            await self.open(box.number, Purpose.STAFF, "", "clear")
            await self.look()

    async def do_service(self) -> None:
        """Take the box out of use."""
        if await self.staffed(boxes.change, self.chosen, Event.TAKE_OUT, self.by.name) is not None:
            await self.look()

    def box_moved(self, moved: BoxMoved) -> None:
        """News of a box: shown, and asked about when a deposit's door was shut."""
        if not self.is_attached or self.app.current_mode != "boxes":
            return
        box = moved.box
        if moved.what in {"stuck", "refused", "lost"}:
            from kiosk.station import reasons

            words, why = _("Box {number}: {state} {reason}"), reasons.words(moved.reason)
            self.say(words.format(number=box.number, state=state_words(box), reason=why).strip(), "bad")
        if moved.what == "shut" and box.state is State.CLOSING and box.purpose is Purpose.DEPOSIT:
            self.work_on(self.ask_deposit(box), "inside")
        elif moved.what == "shut" and (
            (box.state, box.purpose) == (State.CLOSING, Purpose.STAFF)
            or (box.state is State.CHECK and box.number in self.round)
        ):
            self.work_on(self.ask_contents(box), "inside")
        else:
            self.work_on(self.look(), "look")

    async def do_back(self) -> None:  # type: ignore[override]  # a question may stand before it
        """Stop a walk; else sign out at a locker, at a till go back to it."""
        if self.round:
            self.round = ()
            self.say(_("The walk was stopped."), "warn")
        elif not await self.may_leave():
            return
        elif self.app.is_locker or not may_sell(self.person):
            self.app.sign_out()
        else:
            super().do_back()
