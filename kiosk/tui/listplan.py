"""The quick-lists while they are edited: which list, which page and place of it, and what is being moved.

Pages and positions are the owner's. A screen with fewer keys than a page has shows it in parts; behind the
last page there is always an empty one, so that a new page is made by putting something on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.catalogue.lists import PAGES_MOST, PLACES_MOST
from kiosk.checkout.basketline import ONE
from kiosk.i18n import _, amount
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.catalogue.quicklists import Key, Place, QuickList
    from kiosk.checkout.money import Currency

PLACE = "place:"
"""The id of a key's place, followed by page and position."""


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What the editor shows."""

    lists: tuple[QuickList, ...] = ()
    at: int = 0
    """The open list."""
    place: Place = (1, 1)
    """The page and the position chosen."""
    carried: Place | None = None
    """The place of the key that is being moved."""

    @property
    def open(self) -> QuickList | None:
        """The open list; None while there is none."""
        return self.lists[self.at] if self.lists else None

    @property
    def key(self) -> Key | None:
        """The key at the chosen place."""
        return self.open.at(self.place) if self.open else None

    def step(self, by: int) -> ListPlan:
        """The next list or the one before, round and round."""
        if not self.lists:
            return self
        return replace(self, at=(self.at + by) % len(self.lists), place=(1, 1), carried=None)

    def opened(self, list_id: int) -> ListPlan:
        """With another list open."""
        at = next((at for at, one in enumerate(self.lists) if one.id == list_id), self.at)
        return self if at == self.at else replace(self, at=at, place=(1, 1), carried=None)

    def changed(self, quicklist: QuickList) -> ListPlan:
        """With the open list as it is stored now; nothing is carried any more."""
        lists = tuple(quicklist if one.id == quicklist.id else one for one in self.lists)
        return replace(self, lists=lists, carried=None)

    def choose(self, place: Place) -> ListPlan:
        """Another place; one that no list can have changes nothing."""
        page, position = place
        inside = 1 <= page <= PAGES_MOST and 1 <= position <= PLACES_MOST
        return replace(self, place=place) if inside else self

    def screens(self, fits: int) -> list[list[Place]]:
        """The places of the open list in screens of `fits`; the last screen is an empty page."""
        if self.open is None:
            return [[]]
        screens = []
        for page in range(1, min(self.open.pages + 1, PAGES_MOST) + 1):
            last = max((key.position for key in self.open.keys if key.page == page), default=0)
            parts = max(-(-(last + 1) // fits), 1)
            screens += [[(page, part * fits + spot + 1) for spot in range(fits)] for part in range(parts)]
        return screens

    def screen(self, fits: int) -> int:
        """Which of the screens shows the chosen place."""
        for number, places in enumerate(self.screens(fits)):
            if self.place in places:
                return number
        return 0

    def turned(self, fits: int) -> ListPlan:
        """On the first place of the next screen."""
        screens = self.screens(fits)
        places = screens[(self.screen(fits) + 1) % len(screens)]
        return self.choose(places[0]) if places else self

    def moved(self, by: int, fits: int) -> ListPlan:
        """On a place further on or back on the same screen."""
        places = self.screens(fits)[self.screen(fits)]
        if self.place not in places:
            return self.choose(places[0]) if places else self
        at = places.index(self.place) + by
        return self.choose(places[at]) if 0 <= at < len(places) else self


def place_keys(plan: ListPlan, fits: int, currency: Currency) -> list[TouchKey | None]:
    """The places of the present screen as touch keys, empty ones too."""
    return [_place_key(plan, place, currency) for place in plan.screens(fits)[plan.screen(fits)]]


def _place_key(plan: ListPlan, place: Place, currency: Currency) -> TouchKey:
    chosen = place == plan.place
    shown = TouchKey(f"{PLACE}{place[0]}:{place[1]}", "", hint=str(place[1]), tile=True)
    key = plan.open.at(place) if plan.open else None
    if key is None:
        return shown._replace(hue="accent" if chosen else "plain")
    colour = key.colour or (plan.open.colour if plan.open else "") or "slate"
    worth = "…" if key.product.price is None else amount(key.product.price, currency)
    if key.quantity != ONE and key.product.unit == "each":
        worth = f"{key.quantity // ONE} × {worth}"
    return shown._replace(
        label=key.label or key.product.name,
        detail=worth,
        hue="warn" if place == plan.carried else "accent" if chosen else colour,
        edge=colour if chosen else "",
        mark="" if key.active else _("not sold"),
    )
