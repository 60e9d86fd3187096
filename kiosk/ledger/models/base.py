"""What all models share: plain table names, and references named like their columns."""

from __future__ import annotations

from typing import Any

from peewee import ForeignKeyField, Model


class Ref(ForeignKeyField):
    """A reference without a way back: `line.sale` is the sale, `line.sale_id` its number."""

    def __init__(self, table: object, **options: Any) -> None:
        super().__init__(table, backref="+", **options)

    def bind(self, model: type[Model], name: str, set_attribute: bool = True) -> None:
        """Take the column's name from the attribute; peewee would add `_id`."""
        self.column_name = self.column_name or name
        super().bind(model, name, set_attribute)


class Table(Model):
    """A table named like its class: `SaleLine` is `sale_line`."""

    class Meta:
        """Settings of peewee."""

        legacy_table_names = False
