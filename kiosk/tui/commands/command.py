"""A command: one thing a person can ask the till to do, described once.

The same row feeds the key bindings, the hint in brackets, the touch key, the help screen and the palette,
so that they cannot disagree. What a command does is a method of the screen it belongs to: command `park` on
the till is `do_park`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.checkout.people import Right

Spot = Literal["bar", "pay", "line", "more", "hidden"]
"""Where its touch key stands: the action bar, the big row below, the bar of a chosen line, the `more` menu,
or nowhere, because the screen itself can be touched for it (a basket line, a tab, a page mark)."""

NAMES = {
    "asterisk": "*", "slash": "/", "plus": "+", "minus": "-", "full_stop": ".", "comma": ",",
    "question_mark": "?", "delete": "Del", "backspace": "Bksp", "enter": "Enter", "escape": "Esc",
    "tab": "Tab", "shift+tab": "Shift-Tab", "pageup": "PgUp", "pagedown": "PgDn", "up": "↑", "down": "↓",
    "left": "←", "right": "→", "home": "Home", "end": "End", "insert": "Ins", "space": "Space",
}  # fmt: skip
"""What stands on a key top, by Textual's key name."""


class Command(NamedTuple):
    """One row of the table of commands."""

    id: str
    """Its name in bindings and tests; `do_<id>` is the method."""
    place: str
    """The screen it belongs to, or `*` for all of them."""
    key: str
    """Textual's name of the key; several are separated by commas, the first is shown."""
    label: str
    """The short text on a touch key, marked with `N_`."""
    help: str
    """One full sentence, marked with `N_`: tooltip, help screen and palette."""
    spot: Spot = "bar"
    right: Right | None = None
    """What a person must be allowed to do; who is not is asked for a supervisor's PIN by the service."""
    hue: str = "plain"
    """The colour of its touch key."""
    goes: str = ""
    """The mode this command leads to, when that is all it does; then no `do_<id>` is needed."""

    @property
    def title(self) -> str:
        """The label in the language spoken now."""
        return _(self.label)

    @property
    def tip(self) -> str:
        """The help sentence in the language spoken now."""
        return _(self.help)

    @property
    def hint(self) -> str:
        """The key as it stands on the keyboard, without brackets."""
        return key_name(self.key.split(",", maxsplit=1)[0])


@cache
def key_name(key: str) -> str:
    """How a key is called on its top: `f5` is F5, `ctrl+z` is Ctrl-Z."""
    if key in NAMES:
        return NAMES[key]
    *modifiers, last = key.split("+")
    top = NAMES.get(last) or (
        last.upper() if len(last) > 1 and last[0] == "f" and last[1:].isdigit() else last
    )
    return "-".join([*(modifier.capitalize() for modifier in modifiers), top])
