"""Keeps the open basket in the ledger, so that a power cut loses nothing that stood on the screen.

Every change asks for a save; saves that come while one is due or under way are made one by the newest. The
till never waits for a save: what it shows is the register's, and the draft follows within a second. A sale
has one id from its first line on: of its draft, of the tries to take money for it, and of the event that
commits it, so that it is paid once, whatever is cut off where.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.checkout import drafts
from kiosk.checkout.tender import Tender
from kiosk.ledger.hlc import new_event_id

if TYPE_CHECKING:
    from concurrent.futures import Future

    from kiosk.checkout.basket import Basket
    from kiosk.checkout.drafts import Draft
    from kiosk.checkout.rights import Approval
    from kiosk.tui.ports import Station

PAUSE_S = 0.5
"""Between two saves: a burst of scans costs the card one write, a power cut at most the last half second."""


class Keeper:
    """Saves, parks and recalls the register's basket.

    Attributes:
        draft: The id of the sale on the screen.
    """

    def __init__(
        self, station: Station, trouble: Callable[[BaseException], None], pause_s: float = PAUSE_S
    ) -> None:
        """Keep what the station's register holds; `trouble` is told on the loop when a save fails."""
        self._station = station
        self.draft = self._new_id()
        self._trouble = trouble
        self._pause_s = pause_s
        self._due: asyncio.TimerHandle | None = None

    @property
    def sale_id(self) -> UUID:
        """The event id under which the sale on the screen is committed."""
        return UUID(hex=self.draft)

    def begin(self, draft: str = "") -> None:
        """Another sale is on the screen: a new one, or the draft that was taken up."""
        self._forget_due()
        self.draft = draft or self._new_id()

    def _new_id(self) -> str:
        """An id that sorts behind those before it: the journal's index then grows at its end only."""
        return new_event_id(self._station.clock.now().wall_ms).hex

    def keep(self) -> None:
        """Save the basket as it is then, half a second from now."""
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(self._pause_s, self._save)

    async def keep_now(self) -> None:
        """Save the basket and wait until it is on disk: before the first call that may move money."""
        self._forget_due()
        register = self._station.register
        await asyncio.wrap_future(
            self._station.submit(drafts.save_open, self.draft, register.basket, register.person)
        )

    def flush(self) -> None:
        """Make a save that is due at once: the till is closing, and its station writes what it was given."""
        if self._due is not None:
            self._forget_due()
            register = self._station.register
            self._station.submit(drafts.save_open, self.draft, register.basket, register.person)

    def _save(self) -> None:
        self._due = None
        register, loop = self._station.register, asyncio.get_running_loop()
        future = self._station.submit(drafts.save_open, self.draft, register.basket, register.person)
        future.add_done_callback(lambda done: loop.call_soon_threadsafe(self._saved, done))

    def _saved(self, done: Future[None]) -> None:
        if failed := done.exception():
            self._trouble(failed)

    def _forget_due(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    async def discard(self, basket: Basket, approvals: Iterable[Approval] = ()) -> None:
        """The sale was thrown away: its draft goes, the journal keeps that it did."""
        draft, person = self.draft, self._station.register.person
        self.begin()
        await asyncio.wrap_future(
            self._station.submit(drafts.discard, draft, basket, person, tuple(approvals))
        )

    async def park(self, name: str) -> None:
        """Put the basket aside under a name and make room at once; if that fails, it is back."""
        register, draft = self._station.register, self.draft
        tender, approvals = register.tender, register.approvals
        person, basket = register.person, register.clear()
        self.begin()
        try:
            await asyncio.wrap_future(self._station.submit(drafts.park, draft, basket, person, name))
        except BaseException:
            if not register.basket.lines:
                register.open(basket, tender)
                register.approvals = approvals
                self.begin(draft)
            raise

    async def parked(self) -> Sequence[Draft]:
        """What is put aside, the newest first."""
        return await asyncio.wrap_future(self._station.read(drafts.drafts, "parked"))

    async def recall(self, draft: str) -> None:
        """Take a sale up again, with the tries to take money for it."""
        register = self._station.register
        back = await asyncio.wrap_future(
            self._station.submit(drafts.recall, draft, register.person, register.pricing)
        )
        register.open(back.basket, Tender(back.basket.totals, back.attempts) if back.attempts else None)
        self.begin(back.id)

    async def resume(self) -> bool:
        """Take up what was on the screen when the power failed; true when there was something."""
        if self._station.register.basket.lines:
            return False
        left = await asyncio.wrap_future(self._station.read(drafts.drafts, "open"))
        if not left or left[0].id == self.draft:
            return False
        await self.recall(left[0].id)
        return True
