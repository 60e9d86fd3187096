"""Having services do things: a refusal is said in the flash line, and a missing right asks for leave.

Rights are the services' matter. Where one refuses for want of a right, a supervisor's PIN is asked for and
the very same call is made once more with their approval.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.screen import ScreenResultType

from kiosk.checkout.rights import NotAllowed, Right
from kiosk.i18n import _
from kiosk.tui.screens.frame import Frame
from kiosk.tui.widgets.flash import Flash

if TYPE_CHECKING:
    from kiosk.checkout.money import Currency
    from kiosk.checkout.rights import Approval, Person

T = TypeVar("T")

REFUSALS = (ValueError, LookupError, RuntimeError, OSError)
"""What services refuse with: a rule broken, something gone, no right, a full or damaged disk. Each says what
is safe and what to do."""


class Booking(Frame[ScreenResultType]):
    """A screen that books, or reads what not everybody may see."""

    leave: tuple[Approval, ...] = ()
    """What a supervisor lent for as long as the person stays here."""

    @property
    def person(self) -> Person:
        """Who is signed in. NotAllowed when nobody is: these screens are behind the lock."""
        person = self.station.register.person
        if person is None:
            raise NotAllowed(Right.SELL)
        return person

    @property
    def currency(self) -> Currency:
        """What every amount is in."""
        return self.station.settings.currency

    async def work(self, function: Callable[..., T], *args: object) -> T:
        """As every screen does; words about a slow disk go when it is done."""
        try:
            return await super().work(function, *args)
        finally:
            if self.stands and self.query_one(Flash).said.text == _("Saving…"):
                self.say("")

    async def tried(self, function: Callable[..., T], *args: object, **options: object) -> T | None:
        """Have something done in the ledger's thread; a refusal is said, and gives None."""
        try:
            return await self.work(partial(function, **options), *args)
        except REFUSALS as refused:
            self.refuse(str(refused))
            return None

    async def did(self, function: Callable[..., object], *args: object, **options: object) -> bool:
        """The same for what returns nothing: whether it was done."""
        try:
            await self.work(partial(function, **options), *args)
        except REFUSALS as refused:
            self.refuse(str(refused))
            return False
        return True

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
