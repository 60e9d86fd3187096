"""Products from a CSV file: first a plan that shows what would happen, then all of it in one transaction.

Recognised are our own export and those of Loyverse, Square and Odoo. A bad row is reported with its line,
column and reason and does not stop the good ones. Products are matched by SKU, so that importing a file a
second time changes nothing; those the file does not have stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.catalogue import amounts, cleaning, columns, csv_text, gtin
from kiosk.catalogue.cleaning import BadProduct
from kiosk.catalogue.columns import Layout
from kiosk.catalogue.csv_plan import Applied, Change, ImportPlan, Problem
from kiosk.catalogue.csv_rows import Fields, RowReader, Rules
from kiosk.catalogue.csv_text import MOST_BYTES, Record, Table, UnreadableFile
from kiosk.catalogue.products import Catalogue, Product
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

__all__ = [
    "MOST_BYTES",
    "Applied",
    "Change",
    "ImportPlan",
    "Problem",
    "Rules",
    "UnreadableFile",
    "apply",
    "plan",
]

_EVERY = 250
"""Rows between two calls of a progress callback: some ten a second on a Pi."""

Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are."""


class _Planner:
    """Goes through the rows of a file and remembers what they used up."""

    def __init__(self, catalogue: Catalogue, layout: Layout, table: Table, rules: Rules) -> None:
        self._catalogue = catalogue
        self._layout = layout
        self._table = table
        self._rules = rules
        self._lines: dict[str, int] = {}  # SKU → line
        self._codes: dict[str, int] = {}  # barcode → line
        self.problems: list[Problem] = []
        self.rows = 0

    def products(
        self, reader: RowReader, records: Sequence[Record], progress: Progress
    ) -> Iterator[tuple[Product | None, Product]]:
        """Yield what is stored and what the file makes of it, for every good row."""
        for done, record in enumerate(records):
            if done % _EVERY == 0:
                progress(done, len(records))
            self.rows += 1
            if record.fault:
                self.problems.append(Problem(record.line, "", record.fault))
                continue
            read = reader.read(record.cells)
            if read is None:
                self.rows -= 1
                continue
            fields, problems = read
            before, after, more = self._product(fields)
            found = [*problems, *(one for one in more if one[0] not in dict(problems))]
            found = found or self._taken(after)
            if found:
                self.problems += [Problem(record.line, self._header(name), reason) for name, reason in found]
                continue
            self._lines[after.sku] = record.line
            self._codes.update(dict.fromkeys(after.barcodes, record.line))
            yield before, after

    def _product(self, fields: Fields) -> tuple[Product | None, Product, list[tuple[str, str]]]:
        """Return the stored product, the one the fields make, and what is wrong with it."""
        sku = cleaning.plain_text(fields.get("sku", ""))
        before = self._catalogue.by_sku(sku) if sku else None
        fresh = Product(sku="", name="", tax_class=self._rules.default_tax)
        after = replace(before or fresh, **fields)
        try:
            if self._layout.source != "Barrow" and before is not None:
                after = replace(after, barcodes=(*before.barcodes, *after.barcodes))
            after = cleaning.clean(after)
        except BadProduct as error:
            return before, after, list(error.problems)
        return before, replace(after, barcodes=tuple(sorted(after.barcodes))), []

    def _taken(self, product: Product) -> list[tuple[str, str]]:
        """Return what a product wants that another row or another product has."""
        if product.sku in self._lines:
            reason = _("{sku} is on line {line} already").format(
                sku=product.sku, line=self._lines[product.sku]
            )
            return [("sku", reason)]
        problems = []
        for code in product.barcodes:
            printed = gtin.printed(code)
            if code in self._codes:
                reason = _("{code} is on line {line} already").format(code=printed, line=self._codes[code])
                problems.append(("barcodes", reason))
                continue
            owner = self._catalogue.by_code(code)
            if owner is not None and owner.sku != product.sku:
                reason = _("{code} belongs to {sku} in the catalogue").format(code=printed, sku=owner.sku)
                problems.append(("barcodes", reason))
        return problems

    def _header(self, name: str) -> str:
        """Return the file's own name of a column."""
        at = self._layout.columns.get(name)
        if at is None and name == "tax" and self._layout.taxes:
            at = self._layout.taxes[0][0]
        return name if at is None else self._table.header[at]


def _nobody(_done: int, _of: int) -> None:
    """Nobody follows the progress."""


def plan(
    ledger: Ledger, content: bytes, rules: Rules | None = None, progress: Progress = _nobody
) -> ImportPlan:
    """Say what importing a file's bytes would do; nothing is changed. UnreadableFile when it has no products.

    Without `rules`, any tax class is taken and the currency's decimals are the ledger's.
    """
    table = csv_text.read(content)
    layout = _layout(table)
    records = list(table.records())
    sign = _decimal_sign(layout, records)
    rules = rules or Rules(exponent=ledger.exponent)
    planner = _Planner(Catalogue(ledger), layout, table, rules)
    found = list(planner.products(RowReader(layout, rules, sign), records, progress))
    progress(len(records), len(records))
    return ImportPlan(
        source=layout.source,
        encoding=table.encoding,
        delimiter=table.delimiter,
        decimal=sign,
        rows=planner.rows,
        new=tuple(after for before, after in found if before is None),
        changed=tuple(Change(before, after) for before, after in found if before and before != after),
        same=sum(before == after for before, after in found),
        problems=tuple(planner.problems),
        unused=layout.unused,
    )


def _layout(table: Table) -> Layout:
    """Return where things stand in a file; UnreadableFile when its columns are unknown."""
    layout = columns.recognise(table.header)
    if layout is None:
        raise UnreadableFile(
            _(
                "these columns are not known: {header}. At least `sku` and `name` are needed; "
                "`kiosk catalogue export` writes a file to fill in"
            ).format(header=gtin.shown(", ".join(table.header)))
        )
    return layout


def _decimal_sign(layout: Layout, records: Sequence[Record]) -> str:
    """Return the decimal sign of a file's prices."""
    price = layout.columns.get("price")
    if price is None:
        return "."
    return amounts.decimal_sign(record.cells[price] for record in records if not record.fault)


def apply(
    ledger: Ledger,
    planned: ImportPlan,
    *,
    author: int | None = None,
    progress: Progress = _nobody,
    between: Callable[[], object] | None = None,
) -> Applied:
    """Store what a plan says, in one transaction: all of it or, when anything fails, nothing.

    With `between` it goes in parts of a tenth of a second, and `between` is called after each: a till on the
    same ledger books its sales there. A failure then leaves the parts before it; importing again goes on.
    """
    catalogue = Catalogue(ledger)
    products = [*planned.new, *(change.after for change in planned.changed)]
    size = _EVERY if between is not None else max(len(products), 1)
    for start in range(0, len(products), size):
        with ledger.transaction():
            for done, product in enumerate(products[start : start + size], start):
                if done % _EVERY == 0:
                    progress(done, len(products))
                catalogue.store(product, author=author)
        if between is not None:
            between()
    progress(len(products), len(products))
    return Applied(len(planned.new), len(planned.changed), planned.same, planned.refused)
