"""Who walks through the devices: answers, presses, scans and looks. Or nobody, who answers as usual."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from kiosk.i18n import _


class PersonLeft(EOFError):
    """Nobody answers any more; nothing was written."""


class Person(Protocol):
    """Somebody at the terminal."""

    @property
    def present(self) -> bool:
        """Whether there are hands and eyes; without them every question gets its usual answer."""
        ...

    def tell(self, words: str) -> None:
        """Say something."""
        ...

    def choose(self, question: str, options: Sequence[str], usual: str) -> str:
        """One of several words."""
        ...

    def write(self, question: str, usual: str) -> str:
        """A line of text; the usual one when nothing was typed."""
        ...

    def point(self, x: float, y: float, words: str) -> tuple[float, float]:
        """Show a mark at a part of the screen's width and height; returns where it really is."""
        ...

    def forget(self) -> None:
        """Throw away what was typed meanwhile: a scanner that is a keyboard types at the terminal too."""
        ...


def number(
    person: Person, question: str, usual: float | None, least: float, most: float
) -> int | float | None:
    """Ask for a number, with a comma or a point; None where it is not known."""
    unknown = _("unknown")
    while True:
        typed = person.write(question, unknown if usual is None else f"{usual:g}")
        if typed.casefold() == unknown.casefold():
            return None
        try:
            told = float(typed.replace(",", "."))
        except ValueError:
            told = math.nan
        if least <= told <= most:
            return int(told) if told.is_integer() else told
        words = _("a number from {low} to {high}") + _(", or {word}")
        person.tell(words.format(low=f"{least:g}", high=f"{most:g}", word=unknown))


def agrees(person: Person, question: str, usual: bool = True) -> bool:
    """Ask for yes or no."""
    yes, no = _("yes"), _("no")
    return person.choose(question, (yes, no), yes if usual else no) == yes
