"""Models of the journal, its peers and who signs in."""

from __future__ import annotations

from peewee import BlobField, IntegerField, TextField

from kiosk.ledger.models.base import Ref, Table


class Meta(Table):
    """What this ledger is: device, series, currency, epoch."""

    key = TextField(primary_key=True)
    value = TextField()


class Boot(Table):
    """A start of the device."""

    boot_id = TextField(unique=True)


class Journal(Table):
    """An event; see `kiosk.ledger.journal` for what is hashed."""

    seq = IntegerField(primary_key=True)
    event_id = BlobField(unique=True)
    type = TextField()
    version = IntegerField()
    hlc = IntegerField()
    boot = Ref(Boot)
    boot_ms = IntegerField()
    wall_ms = IntegerField()
    clock_trusted = IntegerField()
    body = TextField()
    hash = BlobField()


class Cursor(Table):
    """How far a peer has the journal."""

    peer = TextField(primary_key=True)
    acked = IntegerField()


class Rejected(Table):
    """An event that a peer refused."""

    seq = IntegerField(primary_key=True)
    peer = TextField()
    reason = TextField()


class Person(Table):
    """Somebody who signs in at the till."""

    name = TextField(unique=True)
    role = TextField()
    pin_hash = TextField()
    language = TextField(default="")
    active = IntegerField(default=1)
    failures = IntegerField(default=0)
