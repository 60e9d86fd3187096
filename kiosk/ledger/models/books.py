"""Models of shifts, sales and what belongs to them."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, TextField

from kiosk.ledger.models.base import Ref, Table
from kiosk.ledger.models.goods import Article
from kiosk.ledger.models.journal import Person


class Session(Table):
    """A shift."""

    id = IntegerField(primary_key=True)
    business_date = TextField()
    person = Ref(Person)
    float_amount = IntegerField()


class Closing(Table):
    """The Z of a shift."""

    session = IntegerField(primary_key=True)
    id = IntegerField(unique=True)
    z_number = IntegerField(unique=True)
    person = Ref(Person)
    expected = IntegerField()
    counted = IntegerField()
    report = TextField()


class CashMove(Table):
    """Cash put in or taken out, or the drawer opened without a sale."""

    id = IntegerField(primary_key=True)
    session = Ref(Session)
    kind = TextField()
    amount = IntegerField()
    reason = TextField()
    person = Ref(Person)


class Sale(Table):
    """A paid sale, a refund, or training."""

    id = IntegerField(primary_key=True)
    session = Ref(Session)
    series = TextField()
    number = IntegerField()
    kind = TextField()
    refunds = Ref("self", null=True)
    person = Ref(Person)
    prices = TextField()
    rounding = TextField()
    net = IntegerField()
    tax = IntegerField()
    total = IntegerField()


class SaleLine(Table):
    """A line of a sale, with every computed cent."""

    sale = Ref(Sale)
    line = IntegerField()
    article = Ref(Article)
    quantity = IntegerField()
    price = IntegerField()
    line_discount = IntegerField()
    sale_discount = IntegerField()
    net = IntegerField()
    tax = IntegerField()
    refunds_line = IntegerField(null=True)
    approver = Ref(Person, null=True)
    note = TextField(null=True)

    class Meta:
        """Settings of peewee."""

        primary_key = CompositeKey("sale", "line")


class SaleTax(Table):
    """One tax of one class in a sale."""

    sale = Ref(Sale)
    tax_class = TextField()
    part = IntegerField()
    rate = IntegerField()
    net = IntegerField()
    tax = IntegerField()

    class Meta:
        """Settings of peewee."""

        primary_key = CompositeKey("sale", "tax_class", "part")


class Payment(Table):
    """Money of a sale: given, given back as change, or rounded."""

    sale = Ref(Sale)
    n = IntegerField()
    method = TextField()
    kind = TextField()
    amount = IntegerField()
    reference = TextField(null=True)

    class Meta:
        """Settings of peewee."""

        primary_key = CompositeKey("sale", "n")


class ReturnCase(Table):
    """Goods that came back."""

    id = IntegerField()
    sale = Ref(Sale)
    line = IntegerField()
    quantity = IntegerField()
    remedy = TextField()
    reason = TextField(default="")

    class Meta:
        """Settings of peewee."""

        primary_key = CompositeKey("id", "line")
