"""The quick-lists as the till's keys show them: which list, which page of it, which product on which key.
Values only.

A list is laid out by its owner in pages and positions. A screen with fewer keys than a page has breaks the
page up; nothing on a list is ever out of reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.checkout.basketline import ONE
from kiosk.i18n import _, amount
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.catalogue.quicklists import Key, QuickList
    from kiosk.checkout.money import Currency

LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""Keyboard twins of the product keys, in reading order. More keys than letters are never shown."""
PAGE = "page"
"""The id of the key that shows the next page."""
BUNDLE = "bundle"
"""The id of the key that adds everything on the open list, which is a bundle."""
NEXT = "next_list"
"""The id of the tab that opens the next list, where there are more than fit: a command of the till."""


@dataclass(frozen=True, slots=True)
class QuickKeys:
    """What the product keys show."""

    lists: tuple[QuickList, ...] = ()
    at: int = 0
    """The open list."""
    page: int = 0
    """The page of it, counted in screens of keys."""

    @property
    def open(self) -> QuickList | None:
        """The open list; None while there is none."""
        return self.lists[self.at] if self.lists else None

    @property
    def longest(self) -> int:
        """How many places the longest page of the open list has."""
        keys = self.open.keys if self.open else ()
        bundle = self.open is not None and self.open.kind == "bundle"
        return max((key.position for key in keys), default=0) + bundle

    def step(self, by: int) -> QuickKeys:
        """The next list or the one before, round and round."""
        return replace(self, at=(self.at + by) % len(self.lists), page=0) if self.lists else self

    def opened(self, list_id: int) -> QuickKeys:
        """With another list open; an unknown one changes nothing."""
        for at, quicklist in enumerate(self.lists):
            if quicklist.id == list_id:
                return replace(self, at=at, page=0)
        return self

    def turned(self, fits: int) -> QuickKeys:
        """With the next page of the open list shown."""
        pages = len(self.screens(fits))
        return replace(self, page=(self.page + 1) % pages) if pages else self

    def screens(self, fits: int) -> list[list[Key | None]]:
        """The open list in screens of at most `fits` keys; with several, each keeps a place for turning."""
        if self.open is None:
            return [[]]
        laid: list[list[Key | None]] = []
        for number in sorted({key.page for key in self.open.keys}):
            places = {key.position: key for key in self.open.keys if key.page == number}
            laid.append([places.get(position + 1) for position in range(max(places))])
        if len(laid) <= 1 and all(len(page) <= fits for page in laid):
            return laid or [[]]
        room = max(fits - 1, 1)
        return [page[start : start + room] for page in laid for start in range(0, len(page), room)]

    def shown(self, fits: int) -> list[Key | None]:
        """The keys of the present page."""
        screens = self.screens(fits)
        return screens[self.page % len(screens)]


def product_keys(quick: QuickKeys, columns: int, rows: int, currency: Currency) -> list[TouchKey | None]:
    """The touch keys of the present page.

    Product keys by letter, and a page key in the last place when needed.
    """
    fits = min(columns * rows, len(LETTERS))
    screens = quick.screens(fits)
    colour = quick.open.colour if quick.open else ""
    keys: list[TouchKey | None] = [
        product_key(key, letter, colour, currency) if key is not None else None
        for key, letter in zip(quick.shown(fits), LETTERS, strict=False)
    ]
    if quick.open and quick.open.kind == "bundle":
        return [*keys[: fits - 1], TouchKey(BUNDLE, _("add all"), hint="space", hue="accent")]
    if len(screens) > 1:
        keys += [None] * (fits - 1 - len(keys))
        mark = f"{quick.page % len(screens) + 1}/{len(screens)}"
        keys.append(TouchKey(PAGE, "▸", detail=mark, hint="space"))
    return keys


def product_key(key: Key, letter: str, colour: str, currency: Currency) -> TouchKey:
    """One product key: its own label and colour where it has them, the price, a count if it adds several."""
    price = key.product.price
    worth = "…" if price is None else amount(price, currency)
    if key.product.unit != "each":
        worth = f"{worth}/{key.product.unit}"
    elif key.quantity != ONE:
        worth = f"{key.quantity // ONE} × {worth}"
    return TouchKey(
        f"product:{letter}",
        key.label or key.product.name,
        detail=worth,
        hint=letter,
        hue=key.colour or colour or "slate",
        tile=True,
    )


def menu_keys(keys: Sequence[TouchKey], done: TouchKey, fits: int, page: int) -> list[TouchKey]:
    """A page of command keys with the way back, and a key that turns the page where they do not all fit.

    Args:
        keys: All of them.
        done: The way back, last on every page.
        fits: How many keys there is room for.
        page: Which page, counted round and round.
    """
    if len(keys) < fits:
        return [*keys, done]
    room = max(fits - 2, 1)
    pages = -(-len(keys) // room)
    at = page % pages
    mark = TouchKey(PAGE, "▸", detail=f"{at + 1}/{pages}", hint="space")
    return [*keys[at * room : (at + 1) * room], mark, done]


def list_tabs(quick: QuickKeys, fits: int) -> list[TouchKey]:
    """The tabs of the lists around the open one, which is filled; the others carry their colour as a bar."""
    turn = [TouchKey(NEXT, "▸", hint="Tab")] if len(quick.lists) > fits else []
    fits -= len(turn)
    first = max(min(quick.at - fits // 2, len(quick.lists) - fits), 0)
    shown: Sequence[tuple[int, QuickList]] = list(enumerate(quick.lists))[first : first + fits]
    tabs = [
        TouchKey(f"list:{quicklist.id}", quicklist.name, hue=quicklist.colour or "slate", opened=True)
        if at == quick.at
        else TouchKey(f"list:{quicklist.id}", quicklist.name, edge=quicklist.colour or "slate")
        for at, quicklist in shown
    ]
    return tabs + turn
