"""The base of the places behind the till: shift, receipts, reports, people, lists.

A place has a heading, its own widgets, one flash line and a bar of keys whose first one leads back to the
till. A refusal of a service is said in the flash line. Where a right is missing, a supervisor's leave is
asked for and the same thing is tried once more; leave that opens a whole place (`doorkeeper`) holds until
the person leaves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from kiosk.checkout.rights import NotAllowed, Right, require
from kiosk.tui.commands import commands
from kiosk.tui.screens.booking import Booking
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.tui.commands import Command


class Place(Booking[None]):
    """A mode behind the till."""

    needs = Right.SELL
    """The right most things here ask for."""

    def body(self) -> ComposeResult:
        """Heading, content, flash, bar."""
        yield Title("", surface="ground")
        yield from self.content()
        yield Flash(id="flash")
        yield KeyGrid(id="bar")

    def content(self) -> ComposeResult:
        """What stands between the heading and the flash line."""
        yield from ()

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
