"""The tables as peewee models, for reports, set-up and imports; a test holds them against the schema files.

The schema itself is SQL (`schema/*.sql`): the triggers, CHECK and STRICT that keep the books honest cannot be
said here. Amounts are minor units, quantities thousandths, rates millionths, as there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiosk.ledger.models.base import Table
from kiosk.ledger.models.books import CashMove, Closing, Payment, ReturnCase, Sale, SaleLine, SaleTax, Session
from kiosk.ledger.models.counter import Draft, PaymentAttempt, PrintJob
from kiosk.ledger.models.energy import Component, ComponentAct, Demo
from kiosk.ledger.models.goods import (
    Article,
    Barcode,
    Product,
    Quicklist,
    QuicklistKey,
    StockLevel,
    StockMove,
)
from kiosk.ledger.models.journal import Boot, Cursor, Journal, Meta, Person, Rejected
from kiosk.ledger.models.pickup import Compartment, Opening, Pickup, PickupLine, PickupMessage, ReturnDrop

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

TABLES: tuple[type[Table], ...] = (
    Meta,
    Boot,
    Journal,
    Cursor,
    Rejected,
    Person,
    Article,
    Product,
    Barcode,
    Quicklist,
    QuicklistKey,
    StockMove,
    StockLevel,
    Session,
    Closing,
    CashMove,
    Sale,
    SaleLine,
    SaleTax,
    Payment,
    ReturnCase,
    Draft,
    PaymentAttempt,
    PrintJob,
    Pickup,
    PickupLine,
    PickupMessage,
    Compartment,
    ReturnDrop,
    Opening,
    Demo,
    Component,
    ComponentAct,
)
"""All of them."""

_BINDING = threading.RLock()
"""Binding changes the classes themselves, so one thread at a time may do it."""


@contextmanager
def using(ledger: Ledger) -> Iterator[None]:
    """Bind all models to a ledger's connection for the length of a `with` block."""
    with _BINDING, ledger.database.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        yield


__all__ = [
    "TABLES",
    "Article",
    "Barcode",
    "Boot",
    "CashMove",
    "Closing",
    "Component",
    "ComponentAct",
    "Cursor",
    "Demo",
    "Draft",
    "Journal",
    "Meta",
    "Payment",
    "PaymentAttempt",
    "Person",
    "PrintJob",
    "Product",
    "Quicklist",
    "QuicklistKey",
    "Rejected",
    "ReturnCase",
    "Sale",
    "SaleLine",
    "SaleTax",
    "Session",
    "StockLevel",
    "StockMove",
    "using",
]
