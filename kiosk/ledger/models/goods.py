"""Models of what is sold and how the touch keys lie."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, TextField

from kiosk.ledger.models.base import Ref, Table


class Article(Table):
    """What a product was called when it was sold; never changed."""

    sku = TextField()
    name = TextField()
    unit = TextField()
    tax_class = TextField()


class Product(Table):
    """Something the stall sells now."""

    sku = TextField(unique=True)
    article = Ref(Article)
    category = TextField(default="")
    price = IntegerField(null=True)
    min_age = IntegerField(null=True)
    prompt = TextField(default="")
    demo = TextField(default="")
    stock_tracked = IntegerField(default=0)
    active = IntegerField(default=1)


class Barcode(Table):
    """A code that finds a product."""

    code = TextField(primary_key=True)
    product = Ref(Product)


class Quicklist(Table):
    """A set of touch keys, or a bundle."""

    token = TextField(unique=True)
    kind = TextField()
    name = TextField()
    colour = TextField(default="")
    position = IntegerField()


class QuicklistKey(Table):
    """A touch key."""

    quicklist = Ref(Quicklist)
    page = IntegerField()
    position = IntegerField()
    product = Ref(Product)
    label = TextField(default="")
    colour = TextField(default="")
    quantity = IntegerField(default=1000)

    class Meta:
        """Settings of peewee."""

        primary_key = CompositeKey("quicklist", "page", "position")


class StockMove(Table):
    """Stock that came or went other than by a sale."""

    id = IntegerField(primary_key=True)
    product = Ref(Product)
    quantity = IntegerField()
    cause = TextField()


class StockLevel(Table):
    """Stock as of a journal row."""

    product = IntegerField(primary_key=True)
    quantity = IntegerField()
    upto = IntegerField()
