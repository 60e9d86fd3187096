"""The questions a product's fields ask, one each; the form that holds the answers is a value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from kiosk.catalogue import cleaning, gtin
from kiosk.catalogue.products import Offer, Product
from kiosk.checkout import desk
from kiosk.i18n import _
from kiosk.tui.productform import Field, ProductForm, tax_text, title_of, unit_text
from kiosk.tui.screens.booking import Booking
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, NumberDialogue, Option, TextDialogue
from kiosk.tui.text import clean
from kiosk.tui.widgets.title import Title

T = TypeVar("T")

NEW = "\0new"
"""The answer that asks for words of one's own; no text that was cleaned can be it."""


class ProductFields(Dialogue[Offer], Booking[Offer]):
    """The part of the product dialogue that asks."""

    form = ProductForm(Product("", ""))

    def change(self, **fields: Any) -> None:
        """Fill fields in."""
        self.form = replace(self.form, product=replace(self.form.product, **fields))
        self.show_state()

    def retitle(self, title: str) -> None:
        """Say that this is something else now."""
        self.query_one(Title).show(title, self.words)

    async def edit(self, field: Field) -> None:
        """Ask for one field."""
        if field == "sale":
            self.change(active=not self.form.product.active)
            return
        await getattr(self, f"ask_{field}")()

    async def _text(
        self, field: Field, start: str, most: int, words: str = "", *, empty: bool = True
    ) -> str | None:
        title = title_of(field)
        title = title[:1].upper() + title[1:]
        return await self.ask(TextDialogue(title, start=clean(start), words=words, most=most, empty=empty))

    async def ask_name(self) -> None:
        """What it is called; a new one gets its SKU from it."""
        name = await self._text("name", self.form.product.name, cleaning.NAME_MOST, empty=False)
        if name is not None:
            proposed = await self.read(desk.free_sku, name)
            self.form = self.form.named(name, proposed)
            self.show_state()

    async def ask_price(self) -> None:
        """What one unit costs."""
        currency = self.currency
        words = _("Without a price it is asked for at the till.")
        price = await self.ask(
            NumberDialogue(
                clean(self.form.product.name) or _("Price"),
                decimals=currency.exponent,
                unit=currency.code,
                words=words,
            )
        )
        if price is not None:
            self.change(price=price)

    async def ask_tax(self) -> None:
        """Which tax class."""
        taxes = self.station.settings.pricing.taxes
        options = [Option(code, tax_text(code, known)) for code, known in taxes.items()]
        code = await self.ask(ChoiceDialogue(_("Which tax?"), options, columns=1))
        if code is not None:
            self.change(tax_class=code)

    async def ask_unit(self) -> None:
        """By the piece or by a measure."""
        options = [Option(unit, unit_text(unit)) for unit in cleaning.UNITS]
        unit = await self.ask(ChoiceDialogue(_("How is it sold?"), options))
        if unit is not None:
            self.change(unit=unit)

    async def ask_category(self) -> None:
        """One of the categories in use, a new one, or none."""
        known = await self.read(desk.categories)
        options = [Option(name, clean(name)) for name in known]
        options += [Option(NEW, _("another …"), hue="slate"), Option("", _("none"), hue="slate")]
        chosen = await self.ask(ChoiceDialogue(_("Which category?"), options, columns=2))
        if chosen == NEW:
            chosen = await self._text("category", "", cleaning.CATEGORY_MOST)
        if chosen is not None:
            self.change(category=chosen)

    async def ask_codes(self) -> None:
        """Add a barcode, or take one away."""
        codes = self.form.product.barcodes
        chosen: str | None = NEW
        if codes:
            options = [Option(NEW, _("another …"), hue="accent")]
            options += [Option(code, _("take away"), detail=gtin.printed(code), hue="bad") for code in codes]
            chosen = await self.ask(
                ChoiceDialogue(_("Barcodes"), options, words=_("Or scan one."), columns=1)
            )
        if chosen == NEW:
            await self._add_code()
        elif chosen is not None:
            self.form = self.form.without_code(chosen)

    async def _add_code(self) -> None:
        text = await self._text("codes", "", gtin.PLAIN_MOST, _("As it stands under the bars."), empty=False)
        if text is None:
            return
        try:
            self.form = self.form.with_code(gtin.barcode_key(text))
        except ValueError as wrong:
            self.refuse(str(wrong))

    async def ask_sku(self) -> None:
        """The shop's own number of it."""
        sku = await self._text("sku", self.form.product.sku, cleaning.SKU_MOST, empty=False)
        if sku is not None:
            self.form = replace(self.form, own_sku=True)
            self.change(sku=sku)

    async def ask_age(self) -> None:
        """From which age it may be bought."""
        words = _("0 for everybody.")
        years = await self.ask(NumberDialogue(_("How old must the buyer be?"), words=words, check=_years))
        if years is not None:
            self.change(min_age=years or None)

    async def ask_prompt(self) -> None:
        """What is to be noted whenever it is sold."""
        words = _("Such as: name on the mug. Empty for nothing.")
        prompt = await self._text("prompt", self.form.product.prompt, cleaning.PROMPT_MOST, words)
        if prompt is not None:
            self.change(prompt=prompt)


def _years(number: int) -> str:
    """What is wrong with an age, or nothing."""
    return "" if number <= 99 else _("at most 99 years")
