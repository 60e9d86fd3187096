"""What staff at the cabinet have done: every call says who they are, and the service asks their right."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from kiosk.checkout.rights import Right
from kiosk.i18n import _
from kiosk.pickup.compartment import Purpose
from kiosk.pickup.staff import at_cabinet
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.place import Place

if TYPE_CHECKING:
    from kiosk.checkout.rights import Person

T = TypeVar("T")


class Staffing(Place):
    """A place at the cabinet."""

    needs = Right.LOCKER
    chosen = 1
    """The box that is marked."""

    @property
    def by(self) -> Person:
        """Who answers for what is done: who gave leave, else who is signed in."""
        return self.leave[0].person if self.leave else self.person

    async def look(self) -> None:
        """Read everything shown here anew."""

    async def staffed(self, function: Callable[..., T], *args: object, **options: object) -> T | None:
        """Have something done by who is here; a refusal is said, and gives None."""
        return await self.tried(at_cabinet, self.by, function, *args, **options)

    async def open(self, number: int, purpose: Purpose, order: str, reason: str = "") -> bool:
        """Have a box opened; what becomes of it is told. Whether it was begun."""
        lockers, name = self.station.lockers, self.by.name
        if lockers is None:
            self.refuse(_("The cabinet does not answer; nothing was opened."))
            return False
        actor = f"{name}: {reason}" if reason else name
        try:
            await asyncio.wrap_future(lockers.open(number, purpose, order, actor, self.by))
        except REFUSALS as refused:
            self.refuse(str(refused))
            return False
        return True
