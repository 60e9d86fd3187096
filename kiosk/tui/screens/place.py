"""The base of the places behind the till: shift, receipts, reports, people, lists.

A place has a heading, its own widgets, one flash line and a bar of keys whose first one leads back to the
till. A refusal of a service is said in the flash line. Where a right is missing, a supervisor's leave is
asked for and the same thing is tried once more; leave that opens a whole place (`doorkeeper`) holds until
the person leaves it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.app import ComposeResult

from kiosk.checkout.rights import NotAllowed, require
from kiosk.i18n import _
from kiosk.tui.commands import commands
from kiosk.tui.screens.frame import Frame
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.checkout.money import Currency
    from kiosk.checkout.rights import Approval, Person, Right
    from kiosk.tui.commands import Command

T = TypeVar("T")

REFUSALS = (ValueError, LookupError, RuntimeError, OSError)
"""What services refuse with: a rule broken, something gone, no right, a full or damaged disk. Each says what
is safe and what to do."""


class Place(Frame[None]):
    """A mode behind the till."""

    leave: tuple[Approval, ...] = ()
    """What a supervisor lent for as long as the person stays here."""

    def body(self) -> ComposeResult:
        """Heading, content, flash, bar."""
        yield Title("", surface="ground")
        yield from self.content()
        yield Flash(id="flash")
        yield KeyGrid(id="bar")

    def content(self) -> ComposeResult:
        """What stands between the heading and the flash line."""
        yield from ()

    @property
    def person(self) -> Person:
        """Who is signed in. A place is only reached by somebody who is; NotAllowed if not."""
        person = self.station.register.person
        if person is None:
            raise NotAllowed(self.needs)
        return person

    @property
    def needs(self) -> Right:
        """The right most things here ask for."""
        from kiosk.checkout.rights import Right

        return Right.SELL

    @property
    def currency(self) -> Currency:
        """What every amount is in."""
        return self.station.settings.currency

    def arrived(self) -> None:
        """Begin anew each time: with the leave given back and what the ledger says now."""
        self.leave = ()
        self.say("")
        self.work_on(self.enter_place(), "arrive")

    async def enter_place(self) -> None:
        """Learn what the ledger says now."""

    async def doorkeeper(self) -> bool:
        """Ask for leave to be here when the person lacks the right; without it, back to the till."""
        try:
            require(self.person, self.needs)
        except NotAllowed as refused:
            approval = await self.ask_leave(refused.right)
            if approval is None:
                self.app.go("till")
                return False
            self.leave = (approval,)
        return True

    def on_resize(self) -> None:
        """What fits has changed."""
        self.show_state()

    def heading(self, title: str, words: str = "") -> None:
        """Say where the person is, and the one thing to know about it."""
        self.query_one(Title).show(title, words)

    def show_bar(self) -> None:
        """The way back, then the commands of this place; one that makes no sense now is shown flat."""
        keys = [self.key("back"), *self.bar_keys(commands(self.PLACE, "bar"))]
        self.query_one("#bar", KeyGrid).show(keys, columns=sum(key.span for key in keys), rows=1)

    def bar_keys(self, rows: Sequence[Command]) -> list[TouchKey]:
        """The keys of the bar; what a place is for, its accented command, is twice as wide."""
        return [self.key(row.id, span=2 if row.hue == "accent" else 1) for row in rows]

    def do_back(self) -> None:
        """Back to the till, or to the screen behind this one."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        else:
            self.app.go("till")

    # -- what services say -----------------------------------------------------------------------------------

    async def tried(self, function: Callable[..., T], *args: object, **options: object) -> T | None:
        """Have something done in the ledger's thread; a refusal is said, and gives None."""
        try:
            return await self.work(partial(function, **options), *args)
        except REFUSALS as refused:
            self.refuse(str(refused))
            return None

    async def looked_up(self, function: Callable[..., T], *args: object, **options: object) -> T | None:
        """Have something read; a refusal is said, and gives None."""
        try:
            return await self.read(partial(function, **options), *args)
        except REFUSALS as refused:
            self.refuse(str(refused))
            return None

    async def booked(self, function: Callable[..., T], *args: object, **options: object) -> T | None:
        """Have something done that may need leave.

        `function` takes `approvals`; it is called again with a supervisor's when it refuses for want of a
        right. None: it was refused (and said), or leave was not given.
        """
        try:
            return await self.work(partial(function, approvals=self.leave, **options), *args)
        except NotAllowed as refused:
            approval = await self.ask_leave(refused.right)
        except REFUSALS as refused:
            self.refuse(str(refused))
            return None
        if approval is None:
            return None
        return await self.tried(function, *args, approvals=(*self.leave, approval), **options)

    def refuse(self, words: str) -> None:
        """Say why not, loudly."""
        self.say(words[:1].upper() + words[1:], "bad")
        self.app.bell()

    async def ask_leave(self, right: Right) -> Approval | None:
        """Ask for a supervisor's leave to use a right once; None, said, when it is not given."""
        from kiosk.tui.screens.leave import LeaveDialogue

        approval = await self.ask(LeaveDialogue(right))
        if approval is None:
            self.say(_("Nothing was changed: no leave was given."), "warn")
        return approval
