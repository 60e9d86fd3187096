"""Keeps the open basket in the ledger, so that a power cut loses nothing that stood on the screen.

Every change asks for a save; saves that come while one is under way are made one by the newest. The till
never waits for a save: what it shows is the register's, and the draft follows within milliseconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from kiosk.checkout import drafts
from kiosk.checkout.tender import Tender

if TYPE_CHECKING:
    from concurrent.futures import Future

    from kiosk.checkout.basket import Basket
    from kiosk.checkout.drafts import Draft
    from kiosk.checkout.rights import Approval
    from kiosk.tui.ports import Station


class Keeper:
    """Saves, parks and recalls the register's basket.

    Attributes:
        draft: The id of the sale on the screen: of its draft, of its tries to take money, and of the event
            under which it is committed, so that it is paid once. A new one for each sale.
    """

    def __init__(self, station: Station, trouble: Callable[[BaseException], None]) -> None:
        """Keep what the station's register holds; `trouble` is told on the loop when a save fails."""
        self.draft = uuid4().hex
        self._station = station
        self._trouble = trouble
        self._saving = False

    def begin(self) -> None:
        """Another sale begins: the one before was committed, parked or thrown away."""
        self.draft = uuid4().hex

    @property
    def sale_id(self) -> UUID:
        """The event id under which the sale on the screen is committed."""
        return UUID(hex=self.draft)

    async def keep_now(self) -> None:
        """Save the basket and wait until it is on disk: before the first call that may move money."""
        register = self._station.register
        await asyncio.wrap_future(
            self._station.submit(drafts.save_open, self.draft, register.basket, register.person)
        )

    def keep(self) -> None:
        """Save the basket as it is now, soon."""
        if not self._saving:
            self._saving = True
            self._save()

    def _save(self) -> None:
        register = self._station.register
        basket, draft_id = register.basket, self.draft
        future = self._station.submit(drafts.save_open, draft_id, basket, register.person)
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda done: loop.call_soon_threadsafe(self._saved, done, basket, draft_id))

    def _saved(self, done: Future[None], basket: Basket, draft_id: str) -> None:
        self._saving = False
        failed = done.exception()
        if failed is not None:
            self._trouble(failed)
        elif draft_id == self.draft and self._station.register.basket is not basket:
            self.keep()

    async def discard(self, basket: Basket, approvals: Iterable[Approval] = ()) -> None:
        """The sale was thrown away: its draft goes, the journal keeps that it did."""
        draft_id, person = self.draft, self._station.register.person
        self.begin()
        await asyncio.wrap_future(
            self._station.submit(drafts.discard, draft_id, basket, person, tuple(approvals))
        )

    async def park(self, name: str) -> None:
        """Put the basket aside under a name and make room; if that fails, it is back on the screen."""
        register, draft_id = self._station.register, self.draft
        person, basket = register.person, register.clear()
        self.begin()
        try:
            await asyncio.wrap_future(self._station.submit(drafts.park, draft_id, basket, person, name))
        except BaseException:
            if not register.basket.lines:
                register.open(basket)
                self.draft = draft_id
            raise

    async def parked(self) -> Sequence[Draft]:
        """What is put aside, the newest first."""
        return await asyncio.wrap_future(self._station.read(drafts.drafts, "parked"))

    async def left_open(self) -> Sequence[Draft]:
        """What stood on the screen when the power went, the newest first."""
        return await asyncio.wrap_future(self._station.read(drafts.drafts, "open"))

    async def recall(self, draft_id: str) -> None:
        """Take a parked sale, or one left open, up again, with the payments already tried for it."""
        register = self._station.register
        back = await asyncio.wrap_future(
            self._station.submit(drafts.recall, draft_id, register.person, register.pricing)
        )
        register.open(back.basket, Tender(back.basket.totals, back.attempts) if back.attempts else None)
        self.draft = draft_id
