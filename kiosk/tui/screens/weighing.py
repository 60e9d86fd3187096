"""Something weighed: the scale's figure in large, live, and one key that takes it. Typing works as before.

What is taken is what stands on the screen at that moment, never an older or a newer figure; a figure that
has not been renewed for two seconds is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from kiosk.checkout.money import half_up
from kiosk.i18n import _, money, quantity
from kiosk.tui.app import monotonic_ms
from kiosk.tui.messages import WeightSeen
from kiosk.tui.screens.prompts import NumberDialogue
from kiosk.tui.text import clean
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.field import Field
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.keypad import number_keys
from kiosk.tui.widgets.title import Title

if TYPE_CHECKING:
    from kiosk.checkout.basket import Item
    from kiosk.checkout.customer import View
    from kiosk.checkout.money import Currency
    from kiosk.tui.ports import Station

STALE_MS = 2000
"""A weight older than this is no weight."""
LOOK_S = 0.5
"""Between two looks at its age, while this is open only."""
UNIT = "kg"
NOTHING = "-.---"


def weight_question(item: Item, station: Station) -> NumberDialogue:
    """How to ask for the quantity of something measured: the scale where there is one and it can tell."""
    currency = station.settings.currency
    each = "" if item.price is None else f"{money(item.price, currency)}/{item.unit}"
    if item.unit == UNIT and station.counter.has_scale:
        return WeighDialogue(item, each, currency)
    return NumberDialogue(clean(item.name), decimals=3, unit=item.unit, words=each)


class WeighDialogue(NumberDialogue):
    """How much of it, in grams. Enter takes what was typed, else what the scale shows."""

    CSS_PATH = "weighing.tcss"

    def __init__(self, item: Item, each: str, currency: Currency) -> None:
        """Weigh `item`; `each` is what a kilogram costs, in words."""
        super().__init__(clean(item.name), decimals=3, unit=UNIT, words=each)
        self.item = item
        self.currency = currency
        self._what = Title("")
        self._opened_ms = monotonic_ms()
        self.seen: WeightSeen | None = None
        """The newest word of the scale."""

    def content(self) -> ComposeResult:
        """The scale's figure, what it says of it, what was typed, the pad."""
        yield BigDigits(id="weight")
        yield self._what
        yield Field(id="field")
        yield PanelKeys(id="keys")

    def on_mount(self) -> None:
        """Ask the scale from now on."""
        self.query_one("#weight", BigDigits).surface = "panel"
        self.station.counter.weigh(True)
        self.set_interval(LOOK_S, self.show_state, name="age")
        self.show_state()

    def on_unmount(self) -> None:
        """Leave the scale alone."""
        self.station.counter.weigh(False)

    def weight_seen(self, seen: WeightSeen, /) -> None:
        """The scale has said something."""
        self.seen = seen
        self.show_state()

    @property
    def grams(self) -> int | None:
        """The weight that can be sold by now; None while there is none."""
        seen = self.seen
        if seen is None or seen.grams is None or monotonic_ms() - seen.at_ms > STALE_MS:
            return None
        return seen.grams

    def show_state(self) -> None:
        """Show figure, state and keys."""
        grams, typed = self.grams, self.entry.value
        digits = self.query_one("#weight", BigDigits)
        digits.show(NOTHING if grams is None else figure(grams), "quiet" if grams is None else "accent")
        said = self._said(grams)
        if said != (self._what.title, self._what.words):
            self._what.show(*said)
        self.query_one(Field).show(self.entry.typed, self.unit)
        word = _("take {weight}").format(weight=quantity(grams, UNIT)) if grams and typed is None else ""
        ready = bool(typed) or (typed is None and bool(grams))
        keys = number_keys(point=".", ready=ready, word=word)
        self.query_one("#keys", KeyGrid).show(keys, columns=3, rows=5)
        self.show_customer()

    def _said(self, grams: int | None) -> tuple[str, str]:
        """What it comes to, or why there is no weight; below, that a tare is off."""
        seen = self.seen
        if grams is None:
            late = monotonic_ms() - (seen.at_ms if seen else self._opened_ms) > STALE_MS
            why = "silent" if late else seen.why if seen and seen.why else "asking"
            return reason(why), ""
        if grams == 0:
            return _("nothing on the scale"), ""
        worth = money(half_up((self.item.price or 0) * grams, 1000), self.currency)
        tare = seen.tare if seen else None
        if tare is not None:
            return worth, _("net: {tare} of tare taken off").format(tare=quantity(tare, UNIT))
        return worth, _("net: a tare is taken off") if seen and seen.net else ""

    def customer_view(self) -> View | None:
        """The customer reads the scale's figure too."""
        from kiosk.checkout.customer import Line, selling, weighing

        line = Line(self.item.name, 1000, UNIT, self.item.price or 0, 0)
        view = selling(self.station.register.basket)
        return weighing(view, line, self.grams, net=bool(self.seen and self.seen.net))

    def enter(self) -> None:
        """What was typed; nothing typed: what the scale shows at this moment."""
        if self.entry.typed:
            super().enter()
        elif self.grams:
            self.dismiss(self.grams)


def figure(grams: int) -> str:
    """A weight without its unit."""
    return quantity(grams, UNIT).partition("\u00a0")[0]


def reason(why: str) -> str:
    """Why there is no weight, and what to do about it."""
    words = {
        "asking": _("asking the scale…"),
        "moving": _("moving: wait"),
        "over": _("too heavy for this scale"),
        "under": _("below zero: empty the scale and zero it"),
        "negative": _("less than nothing: put the jar back, or clear the tare"),
        "garbage": _("the scale answers nonsense: look at its cable"),
        "silent": _("the scale does not answer: is it on?"),
        "unit": _("the scale does not weigh in kilograms"),
        "fault": _("the scale has a fault, or wants to be zeroed"),
    }
    return words.get(why, words["garbage"])
