"""What can be done to one key of a quick-list: a product put on it, its label, colour and count, a move."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.catalogue.lists import LABEL_MOST
from kiosk.catalogue.quicklists import Key
from kiosk.catalogue.resolve import ProductFound
from kiosk.checkout.basketline import ONE
from kiosk.i18n import _
from kiosk.tui.screens.listmenu import ListMenu
from kiosk.tui.text import clean

if TYPE_CHECKING:
    from kiosk.catalogue.products import Offer
    from kiosk.tui.messages import CodeScanned


class KeyEdit(ListMenu):
    """The part of the editor that works on keys."""

    @property
    def fits(self) -> int:
        """How many places a screen has."""
        return 1

    async def do_put(self) -> None:
        """Put a product on the chosen place, or the key that is being moved."""
        plan = self.plan
        if plan.carried is not None:
            if plan.carried != plan.place:
                start, to = plan.carried, plan.place
                await self.edit(lambda lists, number, by: lists.move_key(number, start, to, author=by))
            self.plan = replace(self.plan, carried=None)
            return
        from kiosk.tui.screens.search import SearchDialogue

        found = await self.ask(SearchDialogue())
        if isinstance(found, str):
            await self._put_code(found)
        elif found is not None:
            await self._put(found)

    async def take_code(self, scan: CodeScanned, /) -> None:
        """Put the scanned product on the chosen place."""
        await self._put_code(scan.raw)
        self.show_state()

    async def _put_code(self, raw: str) -> None:
        try:
            found = await asyncio.wrap_future(self.station.find(raw))
        except ValueError as wrong:
            self.refuse(str(wrong))
            return
        if isinstance(found, ProductFound):
            await self._put(found.product)
        else:
            self.refuse(_("There is no product {code}.").format(code=clean(raw)))

    async def _put(self, offer: Offer) -> None:
        page, position = self.plan.place
        key = Key(page, position, offer)
        if await self.edit(lambda lists, number, by: lists.put_key(number, key, author=by)):
            self.say(_("{name} is on key {n}.").format(name=clean(offer.name), n=position), "good")
            self.plan = self.plan.moved(1, self.fits)

    async def do_relabel(self) -> None:
        """Write on the key."""
        from kiosk.tui.screens.prompts import TextDialogue

        key, place = self.plan.key, self.plan.place
        if key is None:
            return
        words = _("Empty: the product's name.")
        label = await self.ask(
            TextDialogue(_("Label"), start=clean(key.label), words=words, most=LABEL_MOST, empty=True)
        )
        if label is not None:
            await self.edit(lambda lists, number, by: lists.relabel_key(number, place, label, author=by))

    async def do_recolour(self) -> None:
        """Colour the key."""
        place = self.plan.place
        colour = await self.ask_colour(_("Colour of the key"), none=_("as the list"))
        if colour is not None:
            await self.edit(lambda lists, number, by: lists.recolour_key(number, place, colour, author=by))

    def do_carry(self) -> None:
        """Take the key up, to be put down elsewhere."""
        self.plan = replace(self.plan, carried=self.plan.place)

    async def do_how_many(self) -> None:
        """How many one touch adds."""
        from kiosk.tui.screens.prompts import NumberDialogue

        key = self.plan.key
        if key is None:
            return
        each = key.product.unit == "each"
        title, unit = clean(key.product.name), "×" if each else key.product.unit
        number = await self.ask(NumberDialogue(title, decimals=0 if each else 3, unit=unit))
        if number:
            changed = replace(key, quantity=number * ONE if each else number)
            await self.edit(lambda lists, number, by: lists.put_key(number, changed, author=by))

    async def do_take_off(self) -> None:
        """Take the key away; the product stays in the catalogue."""
        key, place = self.plan.key, self.plan.place
        if key is not None and await self.edit(
            lambda lists, number, by: lists.remove_key(number, place, author=by)
        ):
            self.say(_("{name} is off the keys.").format(name=clean(key.product.name)))

    async def do_product(self) -> None:
        """Change the product on the key."""
        await self.edit_product()
        await self.fetch()
