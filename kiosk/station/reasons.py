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
    for text, own in _texts():
        if own in said and (match := _form(text).fullmatch(said)) is not None:
            return _(text).format(**{name: words(part) for name, part in match.groupdict().items()})
    head, colon, tail = said.partition(": ")
    return f"{head}: {words(tail)}" if colon else said


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    """Each text with its longest run of own words; those that say most of their own come first."""
    ordered = sorted(TEXTS, key=lambda text: -len(HOLE.sub("", text)))
    return tuple((text, max(HOLE.split(text)[::2], key=len)) for text in ordered)


@cache
def _form(text: str) -> re.Pattern[str]:
    """The text as a pattern, with a group for each hole; made only for what may have been said."""
    parts = HOLE.split(text)
    literal, names = parts[::2], parts[1::2]
    groups = (f"(?P<{name}>.+?){re.escape(end)}" for name, end in zip(names, literal[1:], strict=True))
    return re.compile(re.escape(literal[0]) + "".join(groups), re.DOTALL)
