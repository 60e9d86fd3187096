"""A part of the power kit as a value, what a test of it measured, and what no part can be."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Literal, get_args

from kiosk.i18n import _

Kind = Literal["pack", "inverter", "panel", "outlet"]
KINDS: tuple[Kind, ...] = get_args(Kind)
What = Literal["added", "tested", "put in", "taken out", "retired"]
State = Literal["used", "spare", "retired"]
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,23}")
LONGEST_NOTE = 80
MOST = 10**9
"""A megawatt hour in milliwatt hours, and the like: beyond it somebody mistyped."""


class BadComponent(ValueError):
    """A part that cannot be kept so, or cannot be used so; nothing was changed."""


class NoSuchComponent(LookupError):
    """No part has this id; nothing was changed."""

    def __init__(self, wanted: str) -> None:
        super().__init__(_("there is no part {id}; nothing was changed").format(id=wanted))


@dataclass(frozen=True, slots=True)
class Component:
    """One part as it is now. Labels are None where nobody told them."""

    id: str
    kind: Kind
    state: State = "spare"
    place: str = ""  # of an outlet: the device's name in shop.toml
    label_mah: int | None = None
    label_mwh: int | None = None
    label_mw: int | None = None
    new_uohm: int | None = None  # when new


@dataclass(frozen=True, slots=True)
class Measured:
    """What a test measured; None was not."""

    mwh: int | None = None  # from full to the cut-off
    mah: int | None = None
    uohm: int | None = None
    idle_mw: int | None = None
    cycles: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was measured at all."""
        return all(getattr(self, field.name) is None for field in fields(self))


NOTHING = Measured()


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done with a part."""

    component: str
    what: What
    person: str
    wall_ms: int
    clock_trusted: bool
    note: str
    measured: Measured


def kind_words(kind: Kind) -> str:
    """Say what kind of part it is."""
    return {"pack": _("pack"), "inverter": _("inverter"), "panel": _("panel"), "outlet": _("outlet")}[kind]


def check(part: Component, note: str) -> None:
    """Refuse what no part can be."""
    if ID.fullmatch(part.id) is None:
        raise BadComponent(_("an id is letters, digits, dots and dashes, 24 at most; nothing was changed"))
    if part.kind not in KINDS:
        raise BadComponent(_("one of {options}").format(options=", ".join(KINDS)))
    if bool(part.place) != (part.kind == "outlet" and part.state == "used"):
        raise BadComponent(
            _("an outlet in use is named after its device, no other part is; nothing was changed")
        )
    labels = (part.label_mah, part.label_mwh, part.label_mw, part.new_uohm)
    if any(label is not None and not 0 < label <= MOST for label in labels):
        raise BadComponent(_("a figure on a label is above zero; nothing was changed"))
    check_note(note)


def check_note(note: str) -> None:
    """Refuse a note that does not fit on a line."""
    if len(note) > LONGEST_NOTE or not note.isprintable():
        words = _("a note is one line of at most {n} characters; nothing was changed")
        raise BadComponent(words.format(n=LONGEST_NOTE))


def told(one: Component | Measured) -> dict[str, object]:
    """Return a part, or what was measured of one, as the journal keeps it: without what nobody told."""
    values = {field.name: getattr(one, field.name) for field in fields(one)}
    return {name: value for name, value in values.items() if value is not None}
