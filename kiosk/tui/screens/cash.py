"""Taking cash.

What is due in figures to be read from across the stall, notes as keys, any amount by the pad.
"""

from __future__ import annotations

from textual.app import ComposeResult

from kiosk.checkout.cash import quick_amounts
from kiosk.checkout.money import Currency
from kiosk.i18n import _, amount, decimal_mark, money, short_amount
from kiosk.tui.screens.prompts import NumberDialogue
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.field import Field
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.keypad import number_keys
from kiosk.tui.widgets.touchkey import TouchKey

QUICK = "quick:"
MOST_QUICK = 5
"""Keys of likely sums on the narrowest screen: exact, then what people usually hand over."""
LETTERS = "abcdef"


class CashDialogue(NumberDialogue):
    """How much cash was handed over, in minor units. Enter on an empty field means exactly what is due."""

    def __init__(self, due: int, currency: Currency, rounding: int = 0) -> None:
        """Ask for `due`; `rounding` is what cash rounding added to (or took off) what remains."""
        title = _("Cash")
        if rounding:
            words = _("rounded for cash by {amount}").format(amount=money(rounding, currency))
            title = f"{title} · {words}"  # a row of its own would cost the keys theirs
        super().__init__(title, decimals=currency.exponent, unit=currency.code)
        self.due = due
        self.currency = currency
        self.quick = quick_amounts(due, currency)[: len(LETTERS)]

    def content(self) -> ComposeResult:
        """What is due, the likely amounts, what was typed, the pad."""
        yield BigDigits(id="due")
        yield PanelKeys(id="quick")
        yield Field(id="field")
        yield PanelKeys(id="keys")

    def on_mount(self) -> None:
        """Show what is due."""
        self.query_one("#due", BigDigits).surface = "panel"
        self.query_one("#due", BigDigits).show(amount(self.due, self.currency))
        self.show_state()

    def show_state(self) -> None:
        """Show the amounts, the entry, and the change it would give or what it would leave."""
        narrow = self.app.size.width < 96
        quick = [self._quick_key(*one) for one in zip(LETTERS, self.quick, strict=False)]
        quick = quick[:MOST_QUICK] if narrow else quick
        self.query_one("#quick", KeyGrid).show(quick, columns=sum(key.span for key in quick) or 1, rows=1)
        given = self.entry.value
        unit = self.unit
        if given is not None and given > self.due:
            unit = _("change {amount}").format(amount=amount(given - self.due, self.currency))
        elif given and given < self.due:
            unit = _("leaves {amount}").format(amount=amount(self.due - given, self.currency))
        self.query_one(Field).show(self.entry.shown, unit)
        point = decimal_mark() if self.currency.exponent else ""
        self.query_one("#keys", KeyGrid).show(number_keys(point=point), columns=3, rows=5)

    def _quick_key(self, letter: str, given: int) -> TouchKey:
        exact = given == self.due
        return TouchKey(
            f"{QUICK}{given}",
            _("exact") if exact else short_amount(given, self.currency),
            hint=letter,
            hue="accent" if exact else "plain",
            span=2 if exact else 1,
        )

    def typed(self, character: str, /) -> bool:
        """A digit, a separator, or the letter or key of a likely amount."""
        if character.startswith(QUICK):
            self.dismiss(int(character.removeprefix(QUICK)))
        elif character in LETTERS:
            at = LETTERS.index(character)
            if at < len(self.quick):
                self.dismiss(self.quick[at])
        else:
            return super().typed(character)
        return True

    def enter(self) -> None:
        """What was typed was handed over; nothing typed: exactly what is due."""
        given = self.entry.value
        if given == 0:
            self.say(_("Nothing was handed over."), "warn")
            return
        self.dismiss(self.due if given is None else given)
