"""From the cells of one row to the fields of a product, for each of the programs a file may come from.

What a file does not say stays as the catalogue has it: a Loyverse export knows no minimum age and must not
erase one. A tax named in percent is looked up among the shop's classes; where none has that rate the row is
refused rather than sold under the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiosk.catalogue import amounts
from kiosk.catalogue.columns import Layout
from kiosk.catalogue.gtin import shown
from kiosk.catalogue.spreadsheet import plain
from kiosk.i18n import _

Fields = dict[str, Any]
"""Fields of `Product` that a row sets."""

_DAMAGED = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]+", re.IGNORECASE)
_PERCENT = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?%")
_YES = {"y", "yes", "true", "1", "1.0", "x", "j", "ja", "wahr", "oui", "si", "sí"}
_NO = {"n", "no", "false", "0", "0.0", "nein", "falsch", "non"}
_UNITS = {
    "each": "each ea pc pcs piece pieces unit units unit(s) item items stück uom.product_uom_unit uom.unit",
    "kg": "kg kilo kilos kilogram kilograms kilogramm uom.product_uom_kgm",
    "l": "l liter liters liter(s) litre litres uom.product_uom_litre",
    "m": "m meter meters metre metres uom.product_uom_meter",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_ANY_PRICE = {"variable", "variable price"}
"""How Loyverse and Square write a price that is asked for at the till."""
_PLAIN_VARIATIONS = {"", "regular"}


@dataclass(frozen=True, slots=True)
class Rules:
    """What the shop has to say about an import."""

    exponent: int = 2  # decimals of its currency
    taxes: Mapping[str, int] = field(default_factory=dict)  # tax class → rate in millionths; none: any class
    default_tax: str = "A"  # of products in a file without taxes
    tax: str = ""  # for rows whose tax matches no class; "" refuses them


class RowReader:
    """Reads the rows of one file in their order, because Loyverse names an item on its first variant only."""

    def __init__(self, layout: Layout, rules: Rules, sign: str) -> None:
        """`sign` is the decimal sign of the file's prices."""
        self._layout = layout
        self._rules = rules
        self._sign = sign
        self._handle = ""
        self._carried: dict[str, str] = {}

    def read(self, cells: Sequence[str]) -> tuple[Fields, list[tuple[str, str]]] | None:
        """Return the fields that a row sets and what is wrong in it, by our names of columns.

        None for a row that is no product: a part of a composite item.
        """
        if self._is_part(cells):
            return None
        fields: Fields = {}
        problems: list[tuple[str, str]] = []
        for name, read in (
            ("sku", self._sku), ("name", self._name), ("category", self._category), ("price", self._price),
            ("unit", self._unit), ("tax", self._tax), ("barcodes", self._barcodes), ("min_age", self._age),
            ("prompt", self._text), ("demo", self._text), ("stock", self._truth), ("active", self._active),
        ):  # fmt: skip
            try:
                value = read(cells, name)
            except ValueError as error:
                problems.append((name, str(error)))
                continue
            if value is not _NOTHING:
                fields[_FIELD_OF.get(name, name)] = value
        return fields, problems

    def _cell(self, cells: Sequence[str], name: str) -> str | None:
        """Return a cell without the sign that guards it from being taken for a formula."""
        text = self._layout.cell(cells, name)
        return plain(text) if text and self._layout.source == "Barrow" else text

    def _is_part(self, cells: Sequence[str]) -> bool:
        """Tell whether a row only names a part of the composite item above it."""
        return bool(self._cell(cells, "part")) and not (self._cell(cells, "sku") or self._cell(cells, "name"))

    def _sku(self, cells: Sequence[str], _name: str) -> str:
        """Return the SKU; a file of another program may use the barcode or its own handle for it."""
        names = ("sku",) if self._layout.source == "Barrow" else ("sku", "barcodes", "handle")
        sku = next((text for name in names if (text := self._cell(cells, name))), "")
        return _undamaged(sku)

    def _name(self, cells: Sequence[str], name: str) -> str:
        """Return the name with its variant behind it: `T-shirt, L, red`."""
        text = self._carry(cells, name) or ""
        if self._layout.source == "Barrow":
            return text
        options = (self._cell(cells, option) or "" for option in ("option", "option2", "option3"))
        kept = [one for one in options if one.casefold() not in _PLAIN_VARIATIONS and one != text]
        return ", ".join([text, *kept]) if text else ""

    def _carry(self, cells: Sequence[str], name: str) -> str | None:
        """Return a cell, or that of the first row with the same handle where this one is empty."""
        text = self._cell(cells, name)
        if self._layout.source != "Loyverse":
            return text
        handle = self._cell(cells, "handle") or ""
        if handle != self._handle:
            self._handle, self._carried = handle, {}
        if not text and handle:
            return self._carried.get(name, text)
        self._carried[name] = text or ""
        return text

    def _category(self, cells: Sequence[str], name: str) -> Any:
        """Return the category: the innermost of Odoo's, the first of Square's."""
        text = self._carry(cells, name)
        if text is None:
            return _NOTHING
        if self._layout.source == "Odoo":
            return text.split(" / ")[-1].split(",")[0]
        return text.split(",")[0] if self._layout.source == "Square" else text

    def _price(self, cells: Sequence[str], name: str) -> Any:
        """Return the price in minor units; None where it is asked for at the till."""
        text = self._cell(cells, name)
        if text is None:
            return _NOTHING
        if not text or text.casefold() in _ANY_PRICE:
            return None
        return amounts.parse(text, self._sign, self._rules.exponent)

    def _unit(self, cells: Sequence[str], name: str) -> Any:
        """Return the unit; a price per gram or pound cannot be taken over as it is."""
        by_weight = self._carry(cells, "by_weight")
        if by_weight is not None:
            return "kg" if _truth(by_weight) else "each"
        text = self._cell(cells, name)
        if text is None:
            return _NOTHING
        word = re.sub(r"\(.*\)$", "", text.casefold().removeprefix("per ")).strip() or "each"
        if word not in _UNIT_OF and text.casefold() not in _UNIT_OF:
            raise ValueError(_("“{text}”: the till sells by each, kg, l and m").format(text=shown(text)))
        return _UNIT_OF.get(word) or _UNIT_OF[text.casefold()]

    def _tax(self, cells: Sequence[str], name: str) -> Any:
        """Return the tax class: as written in our own files, by its rate in others."""
        text = self._cell(cells, name)
        if self._layout.source == "Barrow":
            if not text:
                return _NOTHING
            if self._rules.taxes and text not in self._rules.taxes:
                classes = ", ".join(self._rules.taxes)
                raise ValueError(
                    _("“{text}” is not one of {classes}").format(text=shown(text), classes=classes)
                )
            return text
        if not self._rules.taxes:
            return self._rules.tax or _NOTHING
        if self._layout.taxes:
            on = [rate for at, rate in self._layout.taxes if _truth(cells[at])]
            return self._class_of(on, ", ".join(f"{rate} %" for rate in on) or "0 %")
        if not text:
            return self._rules.tax or _NOTHING
        return self._class_of([rate.replace(",", ".") for rate in _PERCENT.findall(text)] or None, text)

    def _class_of(self, rates: list[str] | None, text: str) -> Any:
        """Return the class with the sum of some percentages; None are no percentages at all."""
        if rates is not None:
            total = sum(amounts.parse(rate, ".", 4) for rate in rates)
            for code, rate in self._rules.taxes.items():
                if rate == total:
                    return code
        if self._rules.tax:
            return self._rules.tax
        raise ValueError(
            _(
                "“{text}”: the shop has no tax class with this rate; add one, or import with --tax CLASS"
            ).format(text=shown(text))
        )

    def _barcodes(self, cells: Sequence[str], name: str) -> Any:
        """Return the barcodes; our own files have several, with spaces between them."""
        text = self._cell(cells, name)
        if text is None:
            return _NOTHING
        codes = text.split() if self._layout.source == "Barrow" else [text] if text else []
        return tuple(map(_undamaged, codes))

    def _age(self, cells: Sequence[str], name: str) -> Any:
        """Return the minimum age; None where there is none."""
        text = self._cell(cells, name)
        if text is None:
            return _NOTHING
        if text and not (text.isascii() and text.isdigit() and len(text) < 4):
            raise ValueError(_("“{text}” is no age in years").format(text=shown(text)))
        return int(text) if text else None

    def _text(self, cells: Sequence[str], name: str) -> Any:
        """Return a text as it is."""
        text = self._cell(cells, name)
        return _NOTHING if text is None else text

    def _truth(self, cells: Sequence[str], name: str) -> Any:
        """Return a yes or no; an empty cell is a no."""
        text = self._cell(cells, name)
        return _NOTHING if text is None else _truth(text)

    def _active(self, cells: Sequence[str], name: str) -> Any:
        """Return whether it is in sale; an empty cell says it is, Square's `archived` that it is not."""
        archived = self._cell(cells, "archived")
        if archived is not None:
            return not _truth(archived)
        text = self._cell(cells, name)
        return _NOTHING if text is None else _truth(text or "y")


_NOTHING: Any = object()
"""What a reader returns for a column that the file does not have."""
_FIELD_OF = {"tax": "tax_class", "stock": "stock_tracked"}


def _truth(text: str) -> bool:
    """Return what a yes or no means; ValueError when it is neither."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO or not word:
        return False
    raise ValueError(_("“{text}” is neither yes nor no").format(text=shown(text)))


def _undamaged(text: str) -> str:
    """Return a number as it is; ValueError when a spreadsheet has made `4.00638E+12` of it."""
    if _DAMAGED.fullmatch(text):
        raise ValueError(
            _("“{text}”: a spreadsheet has damaged this number; format the column as text").format(
                text=shown(text)
            )
        )
    return text
