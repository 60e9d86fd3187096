"""Keeps the open basket in the ledger, so that a power cut loses nothing that stood on the screen.

Every change asks for a save; saves that come while one is under way are made one by the newest. The till
never waits for a save: what it shows is the register's, and the draft follows within a second. A sale has
one id from its first line on: of its draft, of the tries to take money for it, and of the event that
commits it, so that it is paid once, whatever is cut off where.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from kiosk.checkout.basket import Basket
    from kiosk.checkout.drafts import Draft
    from kiosk.checkout.rights import Approval
    from kiosk.tui.ports import Station

PAUSE_S = 0.5
"""Between two saves: a burst of scans costs the card one write, and a power cut at most the last half second."""


class Keeper:
    """Saves, parks and recalls the register's basket."""

    def __init__(self, station: Station) -> None:
        """Keep what the station's register holds."""
        self._station = station
        self._due: asyncio.TimerHandle | None = None
        self.draft = uuid4().hex
        """The id of the sale on the screen."""

    @property
    def sale_id(self) -> UUID:
        """The same id as the ledger's event will carry it."""
        return UUID(self.draft)

    def keep(self) -> None:
        """Save the basket as it is then, half a second from now."""
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(PAUSE_S, self._save)

    def _save(self) -> None:
        from kiosk.checkout import drafts

        self._due = None
        register = self._station.register
        self._station.submit(drafts.save_open, self.draft, register.basket, register.person)

    async def keep_now(self) -> None:
        """Save the basket and wait until it is on disk: before money moves."""
        from kiosk.checkout import drafts

        self._forget_due()
        register = self._station.register
        saved = self._station.submit(drafts.save_open, self.draft, register.basket, register.person)
        await asyncio.wrap_future(saved)

    def begin(self, draft: str = "") -> None:
        """Another sale is on the screen: a new one, or the draft that was taken up."""
        self._forget_due()
        self.draft = draft or uuid4().hex

    def _forget_due(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    async def discard(self, basket: Basket, approvals: Sequence[Approval] = ()) -> None:
        """The sale was thrown away: the draft goes, the journal keeps that it did."""
        from kiosk.checkout import drafts

        draft, person = self.draft, self._station.register.person
        self.begin()
        await asyncio.wrap_future(self._station.submit(drafts.discard, draft, basket, person, approvals))

    async def park(self, name: str) -> None:
        """Put the basket aside under a name; the till is free when the ledger has it."""
        from kiosk.checkout import drafts

        register = self._station.register
        self._forget_due()
        parked = self._station.submit(drafts.park, self.draft, register.basket, register.person, name)
        await asyncio.wrap_future(parked)
        register.clear()
        self.begin()

    async def parked(self) -> Sequence[Draft]:
        """What is put aside, the newest first."""
        from kiosk.checkout import drafts

        return await asyncio.wrap_future(self._station.read(drafts.drafts, "parked"))

    async def recall(self, draft_id: str) -> None:
        """Take a parked sale up again, with the tries to take money for it."""
        from kiosk.checkout import drafts
        from kiosk.checkout.tender import Tender

        register = self._station.register
        taken = self._station.submit(drafts.recall, draft_id, register.person, register.pricing)
        found = await asyncio.wrap_future(taken)
        tender = Tender(found.basket.totals, found.attempts) if found.attempts else None
        register.open(found.basket, tender)
        self.begin(found.id)

    async def resume(self) -> bool:
        """Take up what was on the screen when the power failed; true when there was something."""
        from kiosk.checkout import drafts

        if not self._station.register.basket.is_empty:
            return False
        left = await asyncio.wrap_future(self._station.read(drafts.drafts, "open"))
        if not left or left[0].id == self.draft:
            return False
        await self.recall(left[0].id)
        return True
