"""What can be done to a whole quick-list: its name, its colour, its place, its code, its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.catalogue.lists import NAME_MOST
from kiosk.catalogue.products import Catalogue, Product
from kiosk.catalogue.qrsheet import url
from kiosk.catalogue.quicklists import Kind, QuickList, QuickLists
from kiosk.checkout import desk
from kiosk.i18n import _
from kiosk.tui.listplan import ListPlan
from kiosk.tui.screens.place import Place
from kiosk.tui.text import clean
from kiosk.tui.theme import HUES

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger


class ListMenu(Place):
    """The part of the editor that works on lists, not on keys."""

    plan = ListPlan()

    async def fetch(self) -> None:
        """Read the lists anew."""

    async def edit(self, change: Callable[[QuickLists, int, int], QuickList]) -> bool:
        """Make one edit of the open list: `change` gets the lists, the list's id and the author's."""
        quicklist = self.plan.open
        if quicklist is None:
            return False

        def make(lists: QuickLists, author: int) -> QuickList:
            return change(lists, quicklist.id, author)

        stored = await self.booked(desk.edit_lists, make, self.person)
        if stored is None:
            return False
        self.plan = self.plan.changed(stored)
        return True

    async def ask_colour(self, title: str, none: str = "") -> str | None:
        """One of the theme's colours, each on a key of its own; `none` offers to have no colour."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        names = {
            "slate": _("slate"),
            "blue": _("blue"),
            "teal": _("teal"),
            "green": _("green"),
            "olive": _("olive"),
            "amber": _("amber"),
            "red": _("red"),
            "plum": _("plum"),
        }
        options = [Option(hue, names[hue], hue=hue) for hue in HUES]
        if none:
            options.append(Option("", none))
        return await self.ask(ChoiceDialogue(title, options, columns=2))

    async def do_new_list(self) -> None:
        """Make a list or a bundle behind the others, and open it."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option, TextDialogue

        kinds: tuple[Option[Kind], ...] = (
            Option("list", _("A list"), detail=_("keys to choose from")),
            Option("bundle", _("A bundle"), detail=_("everything on it is added at once")),
        )
        kind = await self.ask(ChoiceDialogue(_("What is it?"), kinds, columns=1))
        if kind is None:
            return
        name = await self.ask(TextDialogue(_("Name of the list"), most=NAME_MOST))
        colour = await self.ask_colour(_("Colour of the list")) if name else None
        if not name or colour is None:
            return

        def make(lists: QuickLists, author: int) -> QuickList:
            return lists.create(name, kind=kind, colour=colour, author=author)

        made = await self.booked(desk.edit_lists, make, self.person)
        if made is not None:
            await self.fetch()
            self.plan = self.plan.opened(made.id)
            self.say(_("{name}: put products on its keys.").format(name=clean(made.name)), "good")

    async def do_this_list(self) -> None:
        """Choose what is done to the open list."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        quicklist = self.plan.open
        if quicklist is None:
            return
        options = (
            Option("name", _("another name")),
            Option("colour", _("another colour")),
            Option("earlier", _("one place to the left"), enabled=self.plan.at > 0),
            Option("later", _("one place to the right"), enabled=self.plan.at + 1 < len(self.plan.lists)),
            Option("code", _("show its code")),
            Option("delete", _("delete it"), hue="bad"),
        )
        chosen = await self.ask(ChoiceDialogue(clean(quicklist.name), options))
        if chosen == "name":
            await self._rename(quicklist)
        elif chosen == "colour":
            await self._recolour()
        elif chosen in {"earlier", "later"}:
            await self._shift(quicklist, -1 if chosen == "earlier" else 1)
        elif chosen == "code":
            await self._show_code(quicklist)
        elif chosen == "delete":
            await self._delete(quicklist)

    async def _rename(self, quicklist: QuickList) -> None:
        from kiosk.tui.screens.prompts import TextDialogue

        start = clean(quicklist.name)
        name = await self.ask(TextDialogue(_("Name of the list"), start=start, most=NAME_MOST))
        if name:
            await self.edit(lambda lists, number, by: lists.rename(number, name, author=by))

    async def _recolour(self) -> None:
        colour = await self.ask_colour(_("Colour of the list"))
        if colour is not None:
            await self.edit(lambda lists, number, by: lists.recolour(number, colour, author=by))

    async def _shift(self, quicklist: QuickList, by: int) -> None:
        """Give the list another place among the others."""
        position = self.plan.at + 1 + by
        moved = await self.booked(
            desk.edit_lists,
            lambda lists, author: lists.move(quicklist.id, position, author=author),
            self.person,
        )
        if moved is not None:
            await self.fetch()
            self.plan = self.plan.opened(quicklist.id)

    async def _show_code(self, quicklist: QuickList) -> None:
        """The code that opens the list at the till, and the shop's page on a phone."""
        from kiosk.tui.screens.codeview import CodeScreen

        text = url(self.station.settings.base_url, quicklist.token)
        await self.app.push_screen(CodeScreen(clean(quicklist.name), lambda _fits: text))

    async def _delete(self, quicklist: QuickList) -> None:
        """Delete a list after a question; its products stay."""
        from kiosk.tui.screens.prompts import ConfirmDialogue

        sure = await self.ask(
            ConfirmDialogue(
                _("Delete {name}?").format(name=clean(quicklist.name)),
                words=_("Its products stay in the catalogue. Its printed code will no longer work."),
                yes=_("Delete it"),
                no=_("Keep it"),
                hue="bad",
            )
        )
        if not sure:
            return

        def delete(lists: QuickLists, author: int) -> bool:
            lists.delete(quicklist.id, author=author)
            return True

        if await self.booked(desk.edit_lists, delete, self.person):
            self.plan = replace(self.plan, place=(1, 1))
            await self.fetch()
            self.say(_("{name} is gone.").format(name=clean(quicklist.name)))

    async def edit_product(self) -> None:
        """Change the product on the chosen key."""
        from kiosk.tui.screens.product import ProductDialogue

        key = self.plan.key
        if key is None or key.product.id is None:
            return
        number = key.product.id

        def load(ledger: Ledger) -> Product | None:
            return Catalogue(ledger).by_id(number)

        product = await self.looked_up(load)
        if product is not None:
            await self.ask(ProductDialogue(product=product))
