"""A command of the simulated stall as a command line offers it: what it does, its fields, its examples.

One table serves Python, the control socket and `kiosk sim`; every command checks its own fields all the same,
because the socket takes anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from hardware.simulated.bench import Bench

Answer = dict[str, object]
Fields = Mapping[str, object]
Do = Callable[["Bench", Fields], Awaitable[Answer]]
Kind = Literal["text", "whole", "number", "grams", "percent", "flag"]
"""How a field is typed: grams as kilograms, 0 to 100 percent as a part of 1, a flag as its mere name."""


class BadCommand(ValueError):
    """No such command, or a field that it cannot use."""


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text that whoever shows it translates."""
    return text


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a command."""

    name: str
    words: str
    """What it is, for the help."""
    kind: Kind = "text"
    option: str = ""
    """As ``--tare``; empty for a field that is known by its place."""
    sign: str = ""
    """What stands for its value in the help."""
    choices: tuple[str, ...] = ()
    optional: bool = False
    """Whether a field that is known by its place may be left out."""
    count: int = 1
    """How many values it takes."""
    value: str | bool = True
    """Of a flag, when it is given."""


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table."""

    do: Do
    words: str
    fields: tuple[Field, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    """What is typed behind ``kiosk sim``, and what happens."""


PLUG = (
    Field("act", N_("pull its plug"), "flag", "--unplug", value="unplug"),
    Field("act", N_("put its plug back"), "flag", "--replug", value="replug"),
)
"""For what has a plug besides its other fields."""


def number(fields: Fields, key: str) -> float | None:
    """A figure, or nothing when it was left out."""
    value = fields.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadCommand(f"{key}: must be a number")
    return float(value)
