"""Quick-lists and bundles in the ledger: read for the till, edited on the screen, every edit in the journal.

Each edit is one transaction that writes the whole list (a dozen keys) and a journal row with all of it, so
that another till can follow without knowing what was there before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kiosk.catalogue import lists
from kiosk.catalogue.lists import BadList, Key, Kind, Place, QuickList
from kiosk.catalogue.products import OFFER_COLUMNS, Offer, Product
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

__all__ = ["BadList", "Key", "Kind", "Place", "QuickList", "QuickLists", "UnknownList", "every_list"]

_HEADS = "SELECT token, name, kind, colour, position, id FROM quicklist ORDER BY position, id"
_KEYS = (
    f"SELECT k.quicklist, k.page, k.position, k.label, k.colour, k.quantity, p.active, {OFFER_COLUMNS} "  # noqa: S608 - made of constants
    "FROM quicklist_key k JOIN product p ON p.id = k.product JOIN article a ON a.id = p.article "
    "ORDER BY k.quicklist, k.page, k.position"
)
_ADD = "INSERT INTO quicklist (token, kind, name, colour, position) VALUES (?, ?, ?, ?, ?) RETURNING id"
_CHANGE = "UPDATE quicklist SET name = ?, colour = ?, position = ? WHERE id = ?"
_ADD_KEY = (
    "INSERT INTO quicklist_key (quicklist, page, position, product, label, colour, quantity) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class UnknownList(LookupError):
    """There is no such quick-list; nothing was changed."""


def every_list(ledger: Ledger, *, inactive: bool = False) -> tuple[QuickList, ...]:
    """Return all lists and bundles in their order, with their keys.

    Keys of products out of sale are left out unless asked for.
    """
    keys: defaultdict[int, list[Key]] = defaultdict(list)
    for number, page, position, label, colour, quantity, active, *offer in ledger.rows(_KEYS):
        if active or inactive:
            key = Key(page, position, Offer._make(offer), label, colour, quantity, bool(active))
            keys[number].append(key)
    return tuple(
        QuickList(token, name, kind, colour, position, tuple(keys[number]), number)
        for token, name, kind, colour, position, number in ledger.rows(_HEADS)
    )


class QuickLists:
    """The lists of one ledger. `author`, wherever it is asked for, is the id of the person who edits."""

    def __init__(self, ledger: Ledger) -> None:
        """Work on a ledger of the calling thread."""
        self._ledger = ledger

    def get(self, number: int) -> QuickList:
        """Return a list by its id, with all its keys; UnknownList when there is none."""
        for quicklist in every_list(self._ledger, inactive=True):
            if quicklist.id == number:
                return quicklist
        raise UnknownList(_("there is no such list any more; nothing was changed"))

    def create(
        self,
        name: str,
        *,
        kind: Kind = "list",
        colour: str = "",
        keys: Iterable[Key] = (),
        author: int | None = None,
    ) -> QuickList:
        """Make a list behind the others, with a token of its own, and return it as stored."""
        with self._ledger.transaction():
            there = every_list(self._ledger)
            position = max((one.position for one in there), default=0) + 1
            fresh = QuickList(self._token(), name, kind, colour, position, tuple(keys))
            made = lists.checked(fresh)
            row = self._only(_ADD, made.token, made.kind, made.name, made.colour, made.position)
            return self._stored(replace(made, id=row), author)

    def edit(
        self, number: int, change: Callable[[QuickList], QuickList], *, author: int | None = None
    ) -> QuickList:
        """Apply one of the edits of `kiosk.catalogue.lists` to a list, and return it as stored.

        BadList, UnknownList: nothing was changed.
        """
        with self._ledger.transaction():
            before = self.get(number)
            after = lists.checked(change(before))
            if after == before:
                return before
            self._ledger.execute(_CHANGE, (after.name, after.colour, after.position, number)).fetchall()
            return self._stored(after, author)

    def rename(self, number: int, name: str, *, author: int | None = None) -> QuickList:
        """Give a list another name; its QR code stays."""
        return self.edit(number, lambda one: replace(one, name=name), author=author)

    def recolour(self, number: int, colour: str, *, author: int | None = None) -> QuickList:
        """Give a list another colour."""
        return self.edit(number, lambda one: replace(one, colour=colour), author=author)

    def add_product(self, number: int, product: Offer | Product, *, author: int | None = None) -> QuickList:
        """Put a product on a new key behind the last one."""
        offer = product.offer if isinstance(product, Product) else product
        return self.edit(number, lambda one: lists.with_product(one, offer), author=author)

    def put_key(self, number: int, key: Key, *, author: int | None = None) -> QuickList:
        """Put a key at its place, instead of one that is there."""
        return self.edit(number, lambda one: lists.with_key(one, key), author=author)

    def remove_key(self, number: int, place: Place, *, author: int | None = None) -> QuickList:
        """Take a key away."""
        return self.edit(number, lambda one: lists.without_key(one, place), author=author)

    def move_key(self, number: int, place: Place, to: Place, *, author: int | None = None) -> QuickList:
        """Move a key, or swap it with the one that is there."""
        return self.edit(number, lambda one: lists.moved(one, place, to), author=author)

    def relabel_key(self, number: int, place: Place, label: str, *, author: int | None = None) -> QuickList:
        """Give a key another label."""
        return self.edit(number, lambda one: lists.relabelled(one, place, label), author=author)

    def recolour_key(self, number: int, place: Place, colour: str, *, author: int | None = None) -> QuickList:
        """Give a key another colour."""
        return self.edit(number, lambda one: lists.recoloured(one, place, colour), author=author)

    def move(self, number: int, position: int, *, author: int | None = None) -> tuple[QuickList, ...]:
        """Move a list to a position among the others (from 1), and return all of them."""
        with self._ledger.transaction():
            moving = self.get(number)
            order = [one for one in every_list(self._ledger, inactive=True) if one.id != number]
            order.insert(max(position, 1) - 1, moving)
            for place, quicklist in enumerate(order, 1):
                if quicklist.position != place:
                    self._ledger.execute(
                        "UPDATE quicklist SET position = ? WHERE id = ?", (place, quicklist.id)
                    )
                    self._record(replace(quicklist, position=place), author)
        return every_list(self._ledger)

    def delete(self, number: int, *, author: int | None = None) -> None:
        """Take a list away; its products stay in the catalogue, its QR code no longer works."""
        with self._ledger.transaction():
            gone = self.get(number)
            self._ledger.execute("DELETE FROM quicklist WHERE id = ?", (number,))
            body = {"token": gone.token, "name": gone.name, "author": author}
            self._ledger.record("quicklist.removed", body)

    def _token(self) -> str:
        """Return a token that no list has."""
        while True:
            token = lists.new_token()
            if self._ledger.row("SELECT 1 FROM quicklist WHERE token = ?", (token,)) is None:
                return token

    def _stored(self, quicklist: QuickList, author: int | None) -> QuickList:
        """Write a list's keys and its journal row, and return it."""
        self._ledger.execute("DELETE FROM quicklist_key WHERE quicklist = ?", (quicklist.id,))
        self._ledger.executemany(_ADD_KEY, (_row(quicklist.id, key) for key in quicklist.keys))
        self._record(quicklist, author)
        return quicklist

    def _record(self, quicklist: QuickList, author: int | None) -> None:
        """Write a list into the journal: all of it, by token and SKU, without row ids."""
        keys = [
            [key.page, key.position, key.product.sku, key.label, key.colour, key.quantity]
            for key in quicklist.keys
        ]
        body = {
            "token": quicklist.token,
            "kind": quicklist.kind,
            "name": quicklist.name,
            "colour": quicklist.colour,
            "position": quicklist.position,
            "keys": keys,
            "author": author,
        }
        self._ledger.record("quicklist.changed", body)

    def _only(self, sql: str, *values: object) -> int:
        """Return the one number of the one row that a statement gives."""
        ((number,),) = self._ledger.rows(sql, values)
        return int(number)


def _row(quicklist: int, key: Key) -> tuple[Any, ...]:
    """Return a key as it is stored; BadList when its product is not in the catalogue yet."""
    if key.product.id is None:
        raise BadList(_("{name} is not in the catalogue yet").format(name=key.product.name))
    return quicklist, key.page, key.position, key.product.id, key.label, key.colour, key.quantity
