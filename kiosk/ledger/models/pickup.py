"""Models of pickup orders, the boxes of a cabinet, and every attempt to open one."""

from __future__ import annotations

from peewee import BlobField, CompositeKey, IntegerField, TextField

from kiosk.ledger.models.base import Ref, Table
from kiosk.ledger.models.books import Sale
from kiosk.ledger.models.goods import Product
from kiosk.ledger.models.journal import Journal


class Pickup(Table):
    """An order to collect."""

    id = TextField(primary_key=True)
    ref = TextField(unique=True)
    stage = TextField()
    point = TextField()
    size = TextField()
    low = IntegerField()
    slot_ms = IntegerField()
    until_ms = IntegerField()
    ready_ms = IntegerField(null=True)
    done_ms = IntegerField(null=True)
    extended = IntegerField()
    reminded = IntegerField()
    name = TextField()
    tail = TextField()
    checked = IntegerField()
    sale = Ref(Sale, null=True)
    code = BlobField(null=True, unique=True)
    verifier = BlobField(null=True)
    generation = IntegerField()
    held_by = Ref(Journal)
    draft = TextField(null=True)


class PickupLine(Table):
    """What is in an order."""

    pickup = Ref(Pickup)
    product = Ref(Product)
    quantity = IntegerField()
    handed = IntegerField()

    class Meta:
        """Settings of peewee."""

        primary_key = CompositeKey("pickup", "product")


class PickupMessage(Table):
    """Something to be said to whoever collects."""

    id = IntegerField(primary_key=True)
    pickup = Ref(Pickup)
    hours = IntegerField()
    told_ms = IntegerField(null=True)


class Compartment(Table):
    """A box as it is now."""

    number = IntegerField(primary_key=True)
    size = TextField()
    low = IntegerField()
    state = TextField()
    purpose = TextField(null=True)
    was = TextField(null=True)
    pickup = Ref(Pickup, null=True)
    since = Ref(Journal)


class ReturnDrop(Table):
    """Something brought back into a box."""

    id = IntegerField(primary_key=True)
    ref = TextField(unique=True)
    box = Ref(Compartment)
    state = TextField()
    sale = Ref(Sale, null=True)
    pickup = Ref(Pickup, null=True)
    taken_by = TextField()
    since = Ref(Journal)


class Opening(Table):
    """An attempt to open a box."""

    id = IntegerField(primary_key=True)
    box = Ref(Compartment)
    purpose = TextField()
    pickup = Ref(Pickup, null=True)
    actor = TextField()
    pulses = IntegerField()
    outcome = TextField()
