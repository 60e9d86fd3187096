"""The deposit round: a parcel is taken in, a box that fits is opened, and what came of it is asked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.pickup import boxes, deposit, openings, orders, tokens
from kiosk.pickup.codes import make_secret
from kiosk.pickup.compartment import Compartment, Event, Purpose
from kiosk.pickup.intake import NoBox
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.place import Place
from kiosk.tui.screens.prompts import ChoiceDialogue, Option, TextDialogue

if TYPE_CHECKING:
    from kiosk.pickup.orders import Order
    from kiosk.tui.messages import CodeScanned


class Depositing(Place):
    """The part of the boxes' screen that puts parcels in."""

    chosen = 1
    """The box that is marked."""

    async def look(self) -> None:
        """Read every box anew."""

    async def _open(self, number: int, purpose: Purpose, order: str, actor: str) -> None:
        """Have a box opened; what becomes of it is told."""
        lockers = self.station.lockers
        if lockers is None:
            self.refuse(_("The cabinet does not answer; nothing was opened."))
            return
        try:
            await asyncio.wrap_future(lockers.open(number, purpose, order, actor))
        except REFUSALS as refused:
            self.refuse(str(refused))

    async def do_deposit(self) -> None:
        """Put an order into a box, by what it is called."""
        text = await self.ask(
            TextDialogue(_("Which order?"), words=_("Scan the bag's label, or type the order."))
        )
        if text:
            await self._take_in(text)

    async def take_code(self, scan: CodeScanned, /) -> None:
        """The label of a bag."""
        self.work_on(self._take_in(scan.raw), "label")

    async def _take_in(self, text: str) -> None:
        """Take it in, find it a box, open that."""
        settings = self.station.settings
        pickup = settings.pickup
        if pickup is None:
            return
        keys = tokens.Keys(pickup.hub, make_secret(settings.folder), pickup.shop_keys)
        point = next((one.name for one in pickup.points if one.kind == "locker"), "")
        order = await self.tried(deposit.arrived, text.strip(), keys, point)
        if order is not None:
            await self._into_box(order)

    async def _into_box(self, order: Order) -> None:
        try:
            await self.work(deposit.into_box, order)
        except NoBox:
            await self._to_counter(order)
            return
        except REFUSALS as refused:
            self.refuse(str(refused))
            return
        await self._open_for(order)

    async def _open_for(self, order: Order) -> None:
        """Open the box that an order was given."""
        box = await self.read(boxes.box_with, order.id)
        if box is not None:
            self.chosen = box.number
            self.say(_("{ref} goes into box {number}.").format(ref=order.ref, number=box.number), "good")
            await self._open(box.number, Purpose.DEPOSIT, order.id, self.person.name)

    async def _to_counter(self, order: Order) -> None:
        """No box fits: the counter keeps it."""
        if await self.did(deposit.to_counter, order.id):
            self.say(_("No box fits: {ref} waits at the counter.").format(ref=order.ref), "warn")

    async def _ask_inside(self, box: Compartment) -> None:
        """The deposit's door is shut and no sensor says what is inside."""
        options = [
            Option("in", _("it is inside"), hue="accent"),
            Option("misfit", _("it does not fit")),
            Option("full", _("the box was not empty")),
        ]
        title = _("Box {number} is shut").format(number=box.number)
        answer = await self.ask(ChoiceDialogue(title, options, columns=1))
        if answer == "in":
            await self.did(openings.said, box.number, Event.FULL, self.person.name)
            await self.did(deposit.announce_inside)
        elif answer is not None:
            await self._elsewhere(box, misfit=answer == "misfit")
        await self.look()

    async def _elsewhere(self, box: Compartment, *, misfit: bool) -> None:
        """Another box for what is still outside."""
        try:
            order = await self.work(
                lambda ledger: deposit.other_box(ledger, box.number, self.person.name, misfit=misfit)
            )
        except NoBox:
            outside = await self.looked_up(orders.order_of, box.order)
            if outside is not None:
                await self._to_counter(outside)
        except REFUSALS as refused:
            self.refuse(str(refused))
        else:
            await self._open_for(order)
