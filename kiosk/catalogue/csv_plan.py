"""What an import would do, as values: shown first, then applied."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.catalogue.goods import Product


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not imported."""

    line: int  # where the row begins in the file, from 1
    column: str  # header of the column, or "" for the whole row
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """A product that the file changes."""

    before: Product
    after: Product

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that differ."""
        names = Product.__dataclass_fields__
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What importing a file would do."""

    source: str  # Barrow, Loyverse, Square or Odoo
    encoding: str
    delimiter: str
    decimal: str  # the decimal sign of its prices
    rows: int  # that were looked at
    new: tuple[Product, ...]
    changed: tuple[Change, ...]
    same: int  # products that are in the catalogue just like that
    problems: tuple[Problem, ...]
    unused: tuple[str, ...]  # columns nothing is taken from

    @property
    def refused(self) -> int:
        """How many rows have a problem."""
        return len({problem.line for problem in self.problems})


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did."""

    new: int
    changed: int
    same: int
    refused: int  # rows with a problem
