"""The deposit round: a parcel is taken in, a box that fits is opened, and what came of it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.pickup import boxes, deposit, openings, orders, tokens
from kiosk.pickup.codes import make_secret
from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.pickup.intake import NoBox
from kiosk.pickup.order import COLLECTABLE, Stage
from kiosk.pickup.staff import at_cabinet
from kiosk.power.thrift import Level
from kiosk.tui.boxwords import stage_words, state_words
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, Option, TextDialogue
from kiosk.tui.screens.staffing import Staffing

if TYPE_CHECKING:
    from kiosk.pickup.orders import Order
    from kiosk.tui.messages import CodeScanned

UNSURE = frozenset({State.CHECK, State.LEFT_OPEN, State.FAILED, State.SERVICE, State.UNKNOWN})
"""A box in one of these is not opened for a parcel."""
TYPED = ""
"""The answer for an order that is not on the list."""


class Depositing(Staffing):
    """The part of the boxes' screen that puts parcels in."""

    async def do_deposit(self) -> None:
        """Put an order into a box: one of those that are expected, or by what it is called."""
        expected = await self.looked_up(deposit.expected, self._point()) or []
        ref: str | None = TYPED
        if expected:
            options = [
                Option(
                    order.ref,
                    f"{order.ref}  {order.size}",
                    stage_words(order),
                    "bad" if order.stage is Stage.DEPOSITING else "plain",
                )
                for order in expected
            ]
            options.append(Option(TYPED, _("another order: type it")))
            words = _("Or scan the bag's label.")
            ref = await self.ask(ChoiceDialogue(_("Which order?"), options, words=words))
        if ref == TYPED:
            words = _("Scan the bag's label, or type the order.")
            ref = await self.ask(TextDialogue(_("Which order?"), words=words))
        if ref:
            await self.take_in(ref)

    async def take_code(self, scan: CodeScanned, /) -> None:
        """The label of a bag."""
        self.work_on(self.take_in(scan.raw), "label")

    def keys(self) -> tokens.Keys:
        """What labels are checked with."""
        settings = self.station.settings
        hub, shops = (settings.pickup.hub, settings.pickup.shop_keys) if settings.pickup else (0, {})
        return tokens.Keys(hub, make_secret(settings.folder), shops)

    def _point(self) -> str:
        pickup = self.station.settings.pickup
        points = pickup.points if pickup is not None else ()
        return next((one.name for one in points if one.kind == "locker"), "")

    async def take_in(self, text: str) -> None:
        """Take it in, find it a box, open that; not while power is kept for those who collect."""
        if self.station.thrift >= Level.COLLECTING:
            self.refuse(str(openings.CollectionOnly()))
            return
        order = await self.staffed(deposit.arrived, text.strip(), self.keys(), self._point())
        if order is not None:
            await self._into_box(order)

    async def _into_box(self, order: Order) -> None:
        if order.stage in COLLECTABLE and await self._has_box(order):
            await self._one_more(order)
            return
        try:
            await self.work(at_cabinet, self.by, deposit.into_box, order)
        except NoBox:
            await self._to_counter(order)
        except REFUSALS as refused:
            self.refuse(str(refused))
        else:
            await self._open_for(order)

    async def _has_box(self, order: Order) -> bool:
        return await self.read(boxes.box_with, order.id) is not None

    async def _one_more(self, order: Order) -> None:
        """One of its parcels is inside already: another box for another one, if there is one."""
        title = _("{ref} is inside already").format(ref=order.ref)
        words = _("Its parcels are collected one after the other.")
        more, none = _("put in another parcel of it"), _("nothing more")
        if await self.ask(ConfirmDialogue(title, yes=more, no=none, words=words)):
            found = await self.staffed(deposit.one_more, order)
            if found is not None:
                await self._open_for(found)

    async def _open_for(self, order: Order) -> None:
        """Open the box that an order was given."""
        held = await self.read(boxes.boxes_with, order.id)
        box = held[-1] if held else None  # those that are full come first
        if box is None:
            return
        self.chosen = box.number
        if box.state in UNSURE:
            words = _("{ref} was promised box {number}, which is “{state}”: see to that box first.")
            self.refuse(words.format(ref=order.ref, number=box.number, state=state_words(box)))
        else:
            self.say(_("{ref} goes into box {number}.").format(ref=order.ref, number=box.number), "good")
            await self.open(box.number, Purpose.DEPOSIT, order.id)

    async def _to_counter(self, order: Order) -> None:
        """No box fits: the counter keeps it."""
        if await self.staffed(deposit.to_counter, order.id) is not None:
            self.say(_("No box fits: {ref} waits at the counter.").format(ref=order.ref), "warn")

    async def ask_deposit(self, box: Compartment) -> None:
        """The deposit's door is shut and no sensor says what is inside."""
        options = [
            Option("in", _("it is inside"), hue="accent"),
            Option("more", _("inside, and there is another parcel")),
            Option("misfit", _("it does not fit")),
            Option("full", _("the box was not empty")),
        ]
        title = _("Box {number} is shut").format(number=box.number)
        answer = await self.ask(ChoiceDialogue(title, options, columns=1))
        if answer in {"in", "more"}:
            if await self.staffed(openings.said, box.number, Event.FULL, self.by.name) is not None:
                await self.staffed(deposit.announce_inside)
            order = await self.looked_up(orders.order_of, box.order) if answer == "more" else None
            found = await self.staffed(deposit.one_more, order) if order is not None else None
            if found is not None:
                await self._open_for(found)
        elif answer is not None:
            await self._elsewhere(box, misfit=answer == "misfit")
        await self.look()

    async def _elsewhere(self, box: Compartment, *, misfit: bool) -> None:
        """Another box for what is still outside."""
        try:
            order = await self.work(at_cabinet, self.by, deposit.other_box, box.number, self.by.name, misfit)
        except NoBox:
            outside = await self.looked_up(orders.order_of, box.order)
            if outside is not None:
                await self._to_counter(outside)
        except REFUSALS as refused:
            self.refuse(str(refused))
        else:
            await self._open_for(order)

    async def may_leave(self) -> bool:
        """The round does not end while a parcel is on its way into a box, unless somebody insists."""
        expected = await self.looked_up(deposit.expected, self._point()) or []
        open_ones = [order.ref for order in expected if order.stage is Stage.DEPOSITING]
        if not open_ones:
            return True
        title = _("{refs}: not in its box yet").format(refs=", ".join(open_ones))
        words = _("Shut its door and say what is inside. Until then its code is not sent.")
        leave, stay = _("leave all the same"), _("stay")
        sure = await self.ask(ConfirmDialogue(title, yes=leave, no=stay, words=words, hue="bad"))
        return bool(sure)
