"""The questions asked often: a number, a line of text, one of several, yes or no, a PIN.

Each is a value in and a value out; what is being typed is a frozen entry, not the content of a widget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import events
from textual.app import ComposeResult

from kiosk.i18n import _, decimal_mark, language
from kiosk.tui.entry import NumberEntry, TextEntry
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.screens.frame import used
from kiosk.tui.widgets.field import Field
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.keypad import SHIFT, letter_keys, number_keys
from kiosk.tui.widgets.touchkey import TouchKey

T = TypeVar("T")


class NumberDialogue(Dialogue[int]):
    """A number: an amount, a quantity, a percentage. Answers in the smallest unit."""

    def __init__(
        self,
        title: str,
        *,
        decimals: int = 0,
        unit: str = "",
        words: str = "",
        check: Callable[[int], str] | None = None,
    ) -> None:
        """Ask for a number.

        Args:
            title: The question.
            decimals: Decimals taken; 0 for whole numbers.
            unit: What stands behind the number: `EUR`, `kg`, `%`.
            words: More about it.
            check: Given the number, returns what is wrong with it, or an empty text.
        """
        super().__init__(title, words)
        self.entry = NumberEntry(decimals=decimals)
        self.unit = unit
        self._check = check

    def content(self) -> ComposeResult:
        """The number, then its keys."""
        yield Field(id="field")
        yield PanelKeys(id="keys")

    def show_state(self) -> None:
        """Show the number and whether it can be entered."""
        self.query_one(Field).show(self.entry.shown, self.unit)
        point = decimal_mark() if self.entry.decimals else ""
        self.query_one(KeyGrid).show(
            number_keys(point=point, ready=self.entry.value is not None), columns=3, rows=5
        )

    def on_mount(self) -> None:
        """Show the empty number."""
        self.show_state()

    def typed(self, character: str, /) -> bool:
        """A digit or a separator."""
        self.entry = self.entry.press(character)
        self.show_state()
        return True

    def back_space(self) -> None:
        """Take the last digit back."""
        self.entry = self.entry.back()
        self.show_state()

    def enter(self) -> None:
        """Answer, unless something is wrong with the number."""
        number = self.entry.value
        if number is None:
            return
        if wrong := self._check(number) if self._check else "":
            self.say(wrong, "bad")
        else:
            self.dismiss(number)


class TextDialogue(Dialogue[str]):
    """A line of text, by keyboard or by touch."""

    WIDE = True

    def __init__(
        self, title: str, *, start: str = "", words: str = "", most: int = 40, empty: bool = False
    ) -> None:
        """Ask for text; `empty` tells whether no text is an answer too."""
        super().__init__(title, words)
        self.entry = TextEntry(start, most)
        self.empty = empty
        self._upper = not start

    def content(self) -> ComposeResult:
        """The text, then a keyboard."""
        yield Field(id="field")
        yield PanelKeys(id="keys")

    def on_mount(self) -> None:
        """Show what is there already."""
        self.show_state()

    def show_state(self) -> None:
        """Show the text and the keyboard."""
        self.query_one(Field).show(self.entry.typed)
        keys, columns = letter_keys(language(), upper=self._upper)
        self.query_one(KeyGrid).show(keys, columns=columns, rows=5)

    def typed(self, character: str, /) -> bool:
        """A letter, or a word of the keyboard's own such as shift."""
        if character == SHIFT:
            self._upper = not self._upper
        else:
            self.entry = self.entry.press(character)
            self._upper = False
        self.show_state()
        return True

    def back_space(self) -> None:
        """Take the last letter back."""
        self.entry = self.entry.back()
        self.show_state()

    def enter(self) -> None:
        """Answer with what is there."""
        text = self.entry.typed.strip()
        if text or self.empty:
            self.dismiss(text)


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One answer to choose."""

    value: T
    label: str
    detail: str = ""
    hue: str = "plain"
    enabled: bool = True


class ChoiceDialogue(Dialogue[T]):
    """One of several, by touch or by the letter on the key; more than fit are paged."""

    LETTERS = "abcdefghijklmnopqrstuvwxyz"

    def __init__(
        self, title: str, options: Sequence[Option[T]], *, words: str = "", columns: int = 2
    ) -> None:
        """Ask which of `options`."""
        super().__init__(title, words)
        self.options = tuple(options)
        self.columns = columns
        self.page = 0

    def content(self) -> ComposeResult:
        """The options as keys, then the way back."""
        yield PanelKeys(id="keys")
        yield PanelKeys(id="foot")

    def show_state(self) -> None:
        """Show the page of options."""
        rows = max(self.query_one("#keys").size.height // 4, 1)
        fits = rows * self.columns
        self.page = min(self.page, max((len(self.options) - 1) // fits, 0))
        shown = self.options[self.page * fits :][:fits]
        keys: list[TouchKey | None] = [
            TouchKey(
                letter,
                option.label,
                detail=option.detail,
                hint=letter,
                hue=option.hue,
                enabled=option.enabled,
            )
            for letter, option in zip(self.LETTERS, shown, strict=False)
        ]
        self.query_one("#keys", KeyGrid).show(keys, columns=self.columns, rows=rows)
        pages = -(-len(self.options) // fits)
        self._fits = fits
        foot = [TouchKey("cancel", _("back"), hint="Esc")]
        if pages > 1:
            foot.append(TouchKey("page", _("more"), detail=f"{self.page + 1}/{pages}", hint="PgDn"))
        self.query_one("#foot", KeyGrid).show(foot, columns=len(foot))

    def on_key(self, event: events.Key) -> None:
        """Page keys turn the page."""
        if event.key in {"pagedown", "pageup"}:
            self._turn()
            used(event)
        else:
            super().on_key(event)

    def typed(self, character: str, /) -> bool:
        """The letter of an option."""
        if character == "page":
            self._turn()
            return True
        at = self.page * self._fits + self.LETTERS.find(character.lower())
        if character.lower() in self.LETTERS and at < len(self.options) and self.options[at].enabled:
            self.dismiss(self.options[at].value)
        return True

    def _turn(self) -> None:
        pages = max(-(-len(self.options) // self._fits), 1)
        self.page = (self.page + 1) % pages
        self.show_state()


class ConfirmDialogue(ChoiceDialogue[bool]):
    """Yes or no, each said in words of its own.

    Enter is never yes: a stray scan must not agree to anything.
    """

    def __init__(self, title: str, *, yes: str, no: str, words: str = "", hue: str = "accent") -> None:
        """Ask; `yes` and `no` are what the keys say."""
        options = (Option(True, yes, hue=hue), Option(False, no))
        super().__init__(title, options, words=words, columns=1)
