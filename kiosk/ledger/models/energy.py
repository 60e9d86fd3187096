"""Models of demonstrations and of the parts of the power kit."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, TextField

from kiosk.ledger.models.base import Ref, Table
from kiosk.ledger.models.journal import Journal, Person


class Demo(Table):
    """One demonstration of a product."""

    id = IntegerField(primary_key=True)
    sku = TextField()
    outlet = TextField()
    person = Ref(Person, null=True)
    ended = Ref(Journal, null=True, unique=True)
    how = TextField(null=True)
    seconds = IntegerField(null=True)
    metered_s = IntegerField()
    mwh = IntegerField(null=True)
    idle_mw = IntegerField(null=True)
    price = IntegerField(null=True)


class Component(Table):
    """A part of the power kit as it is now."""

    id = TextField(primary_key=True)
    kind = TextField()
    state = TextField()
    place = TextField()
    label_mah = IntegerField(null=True)
    label_mwh = IntegerField(null=True)
    label_mw = IntegerField(null=True)
    new_uohm = IntegerField(null=True)
    since = Ref(Journal)


class ComponentAct(Table):
    """Something done with a part, and what was measured."""

    id = IntegerField()
    component = Ref(Component)
    what = TextField()
    person = Ref(Person)
    mwh = IntegerField(null=True)
    mah = IntegerField(null=True)
    uohm = IntegerField(null=True)
    idle_mw = IntegerField(null=True)
    cycles = IntegerField(null=True)
    note = TextField()

    class Meta:
        """Settings of peewee."""

        primary_key = CompositeKey("id", "component")
