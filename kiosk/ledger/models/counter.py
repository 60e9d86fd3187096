"""Models of what is still under way: baskets, tries to take money, print jobs."""

from __future__ import annotations

from peewee import IntegerField, TextField

from kiosk.ledger.models.base import Ref, Table
from kiosk.ledger.models.books import Sale
from kiosk.ledger.models.journal import Person


class Draft(Table):
    """A basket that is not paid yet."""

    id = TextField(primary_key=True)
    state = TextField()
    name = TextField(default="")
    person = Ref(Person, null=True)
    updated_ms = IntegerField()
    body = TextField()


class PaymentAttempt(Table):
    """One try to take money."""

    id = TextField(primary_key=True)
    draft = TextField()
    method = TextField()
    asked = IntegerField()
    state = TextField()
    reference = TextField(default="")
    sale = Ref(Sale, null=True)


class PrintJob(Table):
    """Something to print."""

    kind = TextField()
    ref = IntegerField(null=True)
    copy_number = IntegerField(column_name="copy", default=0)
    state = TextField()
    sent = IntegerField(default=0)
    tries = IntegerField(default=0)
    body = TextField(null=True)
    error = TextField(null=True)
