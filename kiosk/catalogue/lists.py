"""Quick-lists and bundles as values: keys on pages, and what editing does to them.

A quick-list is an ordered set of touch keys; a bundle is the same thing meant to be added whole. Every edit
is a pure function from one list to the next, so that the screen can try it before it is stored.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from secrets import token_bytes
from typing import Literal

from kiosk.catalogue.cleaning import plain_text
from kiosk.catalogue.products import Offer
from kiosk.i18n import _

Kind = Literal["list", "bundle"]
Place = tuple[int, int]
"""A page and a position on it, both counted from 1."""

NAME_MOST = 40
LABEL_MOST = 40
PAGES_MOST = 50
PLACES_MOST = 100
QUANTITY_MOST = 9_999_999
"""Thousandths, the most a basket line holds."""
_COLOUR = re.compile(r"|[a-z][a-z0-9-]{0,19}|#[0-9a-f]{6}")
"""Nothing, a colour's name in the theme, or its red, green and blue."""


class BadList(ValueError):
    """An edit would make a list that cannot be shown; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Key:
    """One touch key."""

    page: int
    position: int
    product: Offer
    label: str = ""  # instead of the product's name
    colour: str = ""  # instead of the list's
    quantity: int = 1000  # thousandths added by one touch
    active: bool = True  # False: the product is out of sale, and the key is not shown at the till

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.page, self.position


@dataclass(frozen=True, slots=True)
class QuickList:
    """A quick-list or a bundle with its keys in order."""

    token: str  # what its QR code says
    name: str
    kind: Kind = "list"
    colour: str = ""
    position: int = 1  # among the lists, from 1
    keys: tuple[Key, ...] = ()
    id: int = 0  # 0 until it is stored

    @property
    def pages(self) -> int:
        """How many pages have keys."""
        return max((key.page for key in self.keys), default=0)

    def at(self, place: Place) -> Key | None:
        """Return the key at a place."""
        return next((key for key in self.keys if key.place == place), None)

    def free_place(self) -> Place:
        """Return the place behind the last key."""
        last = max((key.place for key in self.keys), default=(1, 0))
        return last[0], last[1] + 1


def new_token(random: Callable[[int], bytes] = token_bytes) -> str:
    """Return a token nobody can guess: 40 random bits as eight letters A-Z and digits 2-7 (base 32)."""
    return base64.b32encode(random(5)).decode()


def checked(quicklist: QuickList) -> QuickList:
    """Return a list with its texts cleaned and its keys in order; BadList says what is wrong with it."""
    name = " ".join(plain_text(quicklist.name).split())
    if not 1 <= len(name) <= NAME_MOST:
        raise BadList(_("a list's name has 1 to {most} characters").format(most=NAME_MOST))
    if quicklist.kind not in {"list", "bundle"}:
        raise BadList(_("a list is a list or a bundle"))
    keys = tuple(sorted(map(_checked_key, quicklist.keys), key=lambda key: key.place))
    if len({key.place for key in keys}) < len(keys):
        raise BadList(_("two keys cannot be at the same place"))
    return replace(quicklist, name=name, colour=_colour(quicklist.colour), keys=keys)


def _checked_key(key: Key) -> Key:
    """Return a key with its label cleaned; BadList says what is wrong with it."""
    if not (1 <= key.page <= PAGES_MOST and 1 <= key.position <= PLACES_MOST):
        raise BadList(
            _("a key is on page 1 to {pages}, at place 1 to {places}").format(
                pages=PAGES_MOST, places=PLACES_MOST
            )
        )
    if not 0 < key.quantity <= QUANTITY_MOST:
        raise BadList(_("a key adds more than nothing and less than 10,000"))
    if key.product.unit == "each" and key.quantity % 1000:
        raise BadList(_("{name} is sold by the piece").format(name=key.product.name))
    label = " ".join(plain_text(key.label).split())
    if len(label) > LABEL_MOST:
        raise BadList(_("a key's label has at most {most} characters").format(most=LABEL_MOST))
    return replace(key, label=label, colour=_colour(key.colour))


def _colour(colour: str) -> str:
    """Return a colour in small letters; BadList when it is none."""
    small = colour.lower()
    if _COLOUR.fullmatch(small) is None:
        raise BadList(_("a colour is a name such as amber, or #rrggbb"))
    return small


def with_key(quicklist: QuickList, key: Key) -> QuickList:
    """Put a key where it says, in place of one that is there."""
    others = tuple(other for other in quicklist.keys if other.place != key.place)
    return replace(quicklist, keys=(*others, key))


def with_product(quicklist: QuickList, product: Offer) -> QuickList:
    """Put a product on a key of its own behind the last one."""
    page, position = quicklist.free_place()
    return with_key(quicklist, Key(page, position, product))


def without_key(quicklist: QuickList, place: Place) -> QuickList:
    """Take a key away; the others stay where they are, because hands have learned their places."""
    _require(quicklist, place)
    return replace(quicklist, keys=tuple(key for key in quicklist.keys if key.place != place))


def moved(quicklist: QuickList, place: Place, to: Place) -> QuickList:
    """Move a key; one that is there already comes to where it was."""
    key, other = _require(quicklist, place), quicklist.at(to)
    kept = tuple(one for one in quicklist.keys if one.place not in {place, to})
    keys = (*kept, replace(key, page=to[0], position=to[1]))
    if other is not None and other is not key:
        keys = (*keys, replace(other, page=place[0], position=place[1]))
    return replace(quicklist, keys=keys)


def relabelled(quicklist: QuickList, place: Place, label: str) -> QuickList:
    """Give a key another label; none shows the product's name."""
    return with_key(quicklist, replace(_require(quicklist, place), label=label))


def recoloured(quicklist: QuickList, place: Place, colour: str) -> QuickList:
    """Give a key another colour; none shows the list's."""
    return with_key(quicklist, replace(_require(quicklist, place), colour=colour))


def _require(quicklist: QuickList, place: Place) -> Key:
    """Return the key at a place; BadList when there is none."""
    key = quicklist.at(place)
    if key is None:
        raise BadList(_("there is no key at this place"))
    return key
