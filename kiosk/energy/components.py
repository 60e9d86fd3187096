"""The register of the power kit: every pack, inverter, panel and outlet by the id on its sticker.

What is done with a part (added, tested, put in, taken out, retired) is kept with who did it, when, and what
was measured then. A part's figures over time are those of its tests here and those the till learned by
itself, which stand in `kiosk.energy.powerbook`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING

from kiosk.checkout.rights import Approval, Person, Right, require
from kiosk.energy.component import (
    KINDS,
    MOST,
    NOTHING,
    Act,
    BadComponent,
    Component,
    Kind,
    Measured,
    NoSuchComponent,
    State,
    What,
    check,
    check_note,
    kind_words,
    told,
)
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

__all__ = [
    "KINDS",
    "Act",
    "BadComponent",
    "Component",
    "Kind",
    "Measured",
    "NoSuchComponent",
    "State",
    "acts",
    "add",
    "every",
    "in_use",
    "kind_words",
    "one",
    "swap",
    "test",
    "used_at",
]

_COLUMNS = "id, kind, state, place, label_mah, label_mwh, label_mw, new_uohm"
_ALL = (
    f"SELECT {_COLUMNS} FROM component ORDER BY "  # noqa: S608 - constants
    "CASE kind WHEN 'pack' THEN 0 WHEN 'inverter' THEN 1 WHEN 'panel' THEN 2 ELSE 3 END, state <> 'used', id"
)
_ONE = f"SELECT {_COLUMNS} FROM component WHERE id = ?"  # noqa: S608 - constants
_AT = f"SELECT {_COLUMNS} FROM component WHERE state = 'used' AND kind = ? AND place = ?"  # noqa: S608
_ADD = (
    "INSERT INTO component (id, kind, state, place, label_mah, label_mwh, label_mw, new_uohm, since) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MOVE = "UPDATE component SET state = ?, place = ?, since = ? WHERE id = ?"
_ACT = (
    "INSERT INTO component_act (id, component, what, person, mwh, mah, uohm, idle_mw, cycles, note) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ACTS = (
    "SELECT a.component, a.what, p.name, j.wall_ms, j.clock_trusted, a.note, "
    "a.mwh, a.mah, a.uohm, a.idle_mw, a.cycles FROM component_act a "
    "JOIN journal j ON j.seq = a.id JOIN person p ON p.id = a.person "
    "WHERE ?1 = '' OR a.component = ?1 ORDER BY a.id, a.what DESC"
)


def every(ledger: Ledger) -> tuple[Component, ...]:
    """Return all parts, by kind; those in use first."""
    return tuple(Component(*row) for row in ledger.rows(_ALL))


def one(ledger: Ledger, component: str) -> Component:
    """Return a part by its id; NoSuchComponent."""
    row = ledger.row(_ONE, (component,))
    if row is None:
        raise NoSuchComponent(component)
    return Component(*row)


def in_use(ledger: Ledger) -> tuple[Component, ...]:
    """Return the parts that are in use."""
    return tuple(part for part in every(ledger) if part.state == "used")


def used_at(ledger: Ledger, kind: Kind, place: str = "") -> Component | None:
    """Return the part that is in use somewhere; None where none is registered."""
    row = ledger.row(_AT, (kind, place))
    return None if row is None else Component(*row)


def acts(ledger: Ledger, component: str = "") -> tuple[Act, ...]:
    """Return what was done with a part, or with all, oldest first."""
    return tuple(
        Act(who, what, person, wall_ms, bool(trusted), note, Measured(*figures))
        for who, what, person, wall_ms, trusted, note, *figures in ledger.rows(_ACTS, (component,))
    )


def add(
    ledger: Ledger, part: Component, person: Person, note: str = "", *, approvals: Iterable[Approval] = ()
) -> Component:
    """Add a part; one that is said to be in use takes the place of none: BadComponent where there is one."""
    require(person, Right.SETTINGS, approvals)
    check(part, note)
    with ledger.transaction():
        if ledger.row(_ONE, (part.id,)) is not None:
            raise BadComponent(_("there is a part {id} already; nothing was changed").format(id=part.id))
        there = used_at(ledger, part.kind, part.place) if part.state == "used" else None
        if there is not None:
            words = _("{id} is in use there; nothing was changed; add it as a spare and swap them")
            raise BadComponent(words.format(id=there.id))
        event = ledger.record("component.added", told(part) | {"by": person.name, "note": note})
        labels = (part.label_mah, part.label_mwh, part.label_mw, part.new_uohm)
        ledger.execute(_ADD, (part.id, part.kind, part.state, part.place, *labels, event.seq))
        _act(ledger, event.seq, part.id, "added", person, NOTHING, note)
    return part


def test(
    ledger: Ledger,
    component: str,
    measured: Measured,
    person: Person,
    note: str = "",
    *,
    approvals: Iterable[Approval] = (),
) -> Component:
    """Write down what a test of a part measured; BadComponent where that is nothing, or cannot be."""
    require(person, Right.SELL, approvals)
    check_note(note)
    figures = [getattr(measured, field.name) for field in fields(measured)]
    if measured.is_empty or any(figure is not None and not 0 <= figure <= MOST for figure in figures):
        raise BadComponent(_("a test measures something; nothing was changed"))
    with ledger.transaction():
        part = one(ledger, component)
        body = {"id": part.id, "by": person.name, "note": note} | told(measured)
        event = ledger.record("component.tested", body)
        _act(ledger, event.seq, part.id, "tested", person, measured, note)
    return part


def swap(
    ledger: Ledger,
    out: str,
    back: str,
    person: Person,
    note: str = "",
    *,
    retire: bool = False,
    approvals: Iterable[Approval] = (),
) -> Component:
    """Take one part out and put another of its kind into its place; `retire`: the first is done with.

    BadComponent where the first is not in use, or the second not a spare of its kind.
    """
    require(person, Right.SELL, approvals)
    check_note(note)
    with ledger.transaction():
        old, new = one(ledger, out), one(ledger, back)
        if old.state != "used":
            raise BadComponent(_("{id} is not in use; nothing was changed").format(id=old.id))
        if new.state != "spare" or new.kind != old.kind:
            words = _("{id} is no spare {kind}; nothing was changed")
            raise BadComponent(words.format(id=new.id, kind=kind_words(old.kind)))
        body = {"out": old.id, "in": new.id, "retired": retire, "by": person.name, "note": note}
        event = ledger.record("component.swapped", body)
        ledger.execute(_MOVE, ("retired" if retire else "spare", "", event.seq, old.id))
        ledger.execute(_MOVE, ("used", old.place, event.seq, new.id))
        _act(ledger, event.seq, old.id, "retired" if retire else "taken out", person, NOTHING, note)
        _act(ledger, event.seq, new.id, "put in", person, NOTHING, note)
        return one(ledger, new.id)


def _act(
    ledger: Ledger, event: int, component: str, what: What, person: Person, measured: Measured, note: str
) -> None:
    """Write down what was done."""
    figures = (measured.mwh, measured.mah, measured.uohm, measured.idle_mw, measured.cycles)
    ledger.execute(_ACT, (event, component, what, person.id, *figures, note))
