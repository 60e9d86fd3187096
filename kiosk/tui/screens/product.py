"""A product on the screen: made for a code nobody knew, made from nothing, or found and changed.

Name and price are asked for at once, because a customer is waiting; everything else has a sensible start and
a key of its own. A scan adds a barcode, or, while nothing is filled in, brings the product it belongs to.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from kiosk.catalogue import gtin
from kiosk.catalogue.products import Catalogue, Product
from kiosk.catalogue.resolve import ProductFound, Unknown
from kiosk.checkout import desk
from kiosk.i18n import _
from kiosk.tui.messages import CodeScanned
from kiosk.tui.productform import FIELDS, Field, ProductForm, text_of, title_of
from kiosk.tui.screens.productfields import ProductFields
from kiosk.tui.text import clean
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

LETTERS = "abcdefghij"


class ProductDialogue(ProductFields):
    """Answers with the new product, ready to be sold; a changed one is only stored."""

    WIDE = True
    CSS_PATH = "product.tcss"

    def __init__(self, code: str = "", product: Product | None = None) -> None:
        """Make a product for a code (or none), or change one that is there."""
        super().__init__(_("New product") if product is None else _("Change a product"))
        self.form = ProductForm(product or Product("", "", tax_class=""))
        self._code = code

    def content(self) -> ComposeResult:
        """The fields as keys, then what can be done."""
        yield PanelKeys(id="fields")
        yield PanelKeys(id="foot")

    def on_mount(self) -> None:
        """Show the form, then ask for what it cannot do without."""
        if self.form.fresh:
            settings = self.station.settings
            self.form = ProductForm(Product("", "", tax_class=settings.default_tax))
            self.work_on(self._begin(), "begin")
        self.show_state()

    async def _begin(self) -> None:
        if self._code:
            try:
                self.form = self.form.with_code(gtin.barcode_key(self._code))
            except ValueError as wrong:
                self.say(str(wrong), "bad")
        await self.ask_name()
        if self.form.product.name:
            await self.ask_price()

    def on_resize(self) -> None:
        """What fits has changed."""
        self.show_state()

    # -- showing ---------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show the fields and whether they can be stored."""
        grid = self.query_one("#fields", KeyGrid)
        keys = [self._key(letter, field) for letter, field in zip(LETTERS, FIELDS, strict=True)]
        grid.show(keys, columns=2, rows=-(-len(keys) // 2))
        foot = [
            TouchKey("cancel", _("back"), hint="Esc"),
            TouchKey("find", _("find one"), hint="/", enabled=self.form.blank),
            TouchKey("no_price", _("ask price"), hint="F4", enabled=self.form.product.price is not None),
            TouchKey("save", _("save"), hint="F9", hue="accent", enabled=self.ready, span=2),
        ]
        self.query_one("#foot", KeyGrid).show(foot, columns=5, rows=1)

    def _key(self, letter: str, field: Field) -> TouchKey:
        settings = self.station.settings
        text = text_of(self.form, field, settings.currency, settings.pricing.taxes)
        missing = field in {"name", "sku"} and text == "-"
        mark = _("missing") if missing else ""
        return TouchKey(
            field, title_of(field), detail="" if missing else clean(text), hint=letter, mark=mark, tile=True
        )

    @property
    def ready(self) -> bool:
        """Whether it can be stored."""
        return bool(self.form.product.name and self.form.product.sku)

    # -- keys ------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """F9 stores, F4 has the price asked for at the till."""
        actions = {"f9": self.save, "f4": self.no_price}
        if event.key in actions:
            actions[event.key]()
            event.stop()
        else:
            super().on_key(event)

    def typed(self, character: str, /) -> bool:
        """A field, by its letter or by touch."""
        actions = {"save": self.save, "no_price": self.no_price, "find": self.find_one, "/": self.find_one}
        if character in actions:
            actions[character]()
        elif character in FIELDS:
            self.work_on(self.edit(character), character)
        elif len(character) == 1 and character in LETTERS:
            field = FIELDS[LETTERS.index(character)]
            self.work_on(self.edit(field), field)
        else:
            return False
        return True

    def no_price(self) -> None:
        """The price is asked for whenever it is sold."""
        self.change(price=None)

    def find_one(self) -> None:
        """Find a product to change."""
        if self.form.blank:
            self.work_on(self._find(), "find")

    async def _find(self) -> None:
        from kiosk.tui.screens.search import SearchDialogue

        found = await self.ask(SearchDialogue())
        if isinstance(found, str):
            await self._use_code(found)
        elif found is not None and found.id is not None:
            await self._load(found.id)

    # -- codes -----------------------------------------------------------------------------------------------

    async def take_code(self, scan: CodeScanned, /) -> None:
        """A scan adds a barcode, or brings the product it belongs to while nothing is filled in."""
        await self._use_code(scan.raw)
        self.show_state()

    async def _use_code(self, raw: str) -> None:
        try:
            found = await asyncio.wrap_future(self.station.find(raw))
        except ValueError as wrong:
            found = Unknown(raw, str(wrong))
        if isinstance(found, ProductFound):
            if self.form.blank and found.product.id is not None:
                await self._load(found.product.id)
            else:
                words = _("This code belongs to {name} already.")
                self.say(words.format(name=clean(found.product.name)), "warn")
        elif isinstance(found, Unknown) and found.addable:
            self.form = self.form.with_code(gtin.barcode_key(found.code))
            self.say(_("Barcode added: {code}").format(code=clean(found.code)), "good")
        else:
            self.say(found.reason if isinstance(found, Unknown) else _("This is the code of a list."), "warn")

    async def _load(self, number: int) -> None:
        """Change a product that is there instead of making one."""

        def load(ledger: Ledger) -> Product | None:
            return Catalogue(ledger).by_id(number)

        product = await self.read(load)
        if product is not None:
            self.form = ProductForm(product)
            self.retitle(_("Change a product"))

    # -- storing ---------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Store it."""
        if self.ready:
            self.work_on(self._save(), "save")

    async def _save(self) -> None:
        fresh = self.form.fresh
        stored = await self.booked(desk.put_product, self.form.product, self.person)
        if stored is not None:
            self.dismiss(stored.offer if fresh and stored.active else None)


__all__ = ["ProductDialogue"]
