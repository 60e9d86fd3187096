"""What every screen can say and ask: one line, a dialogue, the ledger's thread, a supervisor's leave."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.screen import ScreenResultType

from kiosk.i18n import _
from kiosk.tui.commands import command
from kiosk.tui.exact import ExactScreen
from kiosk.tui.widgets.flash import Flash, Said, Tone

if TYPE_CHECKING:
    from kiosk.checkout.rights import Approval
    from kiosk.tui.app import BarrowApp
    from kiosk.tui.ports import Station
    from kiosk.tui.screens.dialogue import Dialogue

T = TypeVar("T")

SLOW_S = 0.1
"""After this long a person is told that something is being saved; below, the words would only flicker."""


class Asking(ExactScreen[ScreenResultType], inherit_bindings=False):
    """A screen that can say and ask."""

    PLACE: ClassVar[str] = "*"
    """Its name in the table of commands."""

    app: BarrowApp

    @property
    def station(self) -> Station:
        """What is behind the screen."""
        return self.app.station

    @property
    def stands(self) -> bool:
        """Whether the screen is not being taken down: what was begun on it may end after it was left."""
        return self.is_attached and self.display

    def say(self, text: str, tone: Tone = "note", offer: str = "", word: str = "") -> None:
        """Say one line, with a command to offer beside it; `word` is a shorter name for it."""
        said = Said(text, tone)
        if offer:
            row = command(self.PLACE, offer)
            said = Said(text, tone, offer, f"{word or row.title} [{row.hint}]")
        if self.stands:
            self.query_one(Flash).say(said)

    async def work(self, function: Callable[..., T], *args: object) -> T:
        """Run `function(ledger, *args)` in the ledger's thread, and wait without holding up the screen."""
        future = asyncio.wrap_future(self.station.submit(function, *args))
        done, _waiting = await asyncio.wait({future}, timeout=SLOW_S)
        if not done:
            self.say(_("Saving…"))
        return await future

    async def read(self, function: Callable[..., T], *args: object) -> T:
        """Run a query on the reader's connection and wait for it without holding up the screen."""
        return await asyncio.wrap_future(self.station.read(function, *args))

    async def ask(self, dialogue: Dialogue[T]) -> T | None:
        """Ask something; None when the person went back. Only from a command, which is a worker."""
        return await self.app.push_screen_wait(dialogue)

    async def with_leave(self, action: Callable[[Approval | None], T]) -> T | None:
        """Do something; when a right is missing, do it with a supervisor's leave for this one action.

        Args:
            action: Called with None first, and with the approval after a refusal.

        Returns:
            What the action returned, or None when leave was not given.
        """
        from kiosk.checkout.rights import NotAllowed

        try:
            return action(None)
        except NotAllowed as refused:
            from kiosk.tui.screens.leave import LeaveDialogue

            approval = await self.ask(LeaveDialogue(refused.right))
            return action(approval) if approval else None
