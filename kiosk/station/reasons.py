"""Why something failed, in the person's language: `hardware` and the system give their reasons in English."""

from __future__ import annotations

import os
import re
from functools import cache

from hardware.options import BadOptions
from hardware.printer.errors import PrintError
from kiosk.i18n import _
from kiosk.station import obstacles
from kiosk.station.reasontexts import TEXTS

HOLE = re.compile(r"\{(\w+)\}")


def reason(error: Exception) -> str:
    """What went wrong."""
    if isinstance(error, PrintError):
        return obstacles.words(error)
    if isinstance(error, BadOptions):
        return "; ".join(map(words, error.problems))
    said = str(getattr(error, "strerror", None) or error)
    if isinstance(error, OSError) and error.errno and type(error).__module__.startswith("serial"):
        said = os.strerror(error.errno)  # pyserial's own sentence repeats port and number
    return words(said) or type(error).__name__


def words(said: str) -> str:
    """Translate a sentence and what was filled into it; what is not known stays as it is."""
    for text, form in _forms():
        if (match := form.fullmatch(said)) is not None:
            return _(text).format(**{name: words(part) for name, part in match.groupdict().items()})
    head, colon, tail = said.partition(": ")
    return f"{head}: {words(tail)}" if colon else said


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each text with the pattern of what it becomes; those that say most of their own come first."""
    ordered = sorted(TEXTS, key=lambda text: -len(HOLE.sub("", text)))
    return tuple((text, re.compile(_pattern(text), re.DOTALL)) for text in ordered)


def _pattern(text: str) -> str:
    """The text as a pattern, with a group for each hole."""
    parts = HOLE.split(text)
    literal, names = parts[::2], parts[1::2]
    return re.escape(literal[0]) + "".join(
        f"(?P<{name}>.+?){re.escape(after)}" for name, after in zip(names, literal[1:], strict=True)
    )
