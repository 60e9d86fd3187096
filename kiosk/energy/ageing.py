"""How every part is now: by its last test or by what the till learned, whichever is newer; and its flags."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from kiosk.energy import components, wear
from kiosk.energy.wear import Figures, Flag, Label
from kiosk.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.energy.components import Act, Component, Measured
    from kiosk.energy.powerbook import PowerBook
    from kiosk.ledger.connection import Ledger


@dataclass(frozen=True, slots=True)
class Aged:
    """One part, its label and its newest figures."""

    part: Component
    label: Label
    figures: Figures
    flags: tuple[Flag, ...]


def aged(ledger: Ledger, book: PowerBook | None, label_ah: float | None = None) -> tuple[Aged, ...]:
    """Return every part that is not done with; `label_ah` is the pack's as the settings tell it.

    `book` None: the till never learned anything.
    """
    acts: dict[str, list[Act]] = {}
    for act in components.acts(ledger):
        acts.setdefault(act.component, []).append(act)
    found = []
    for part in components.every(ledger):
        if part.state != "retired":
            learned = [] if book is None else book.figures(part.id)
            found.append(_aged(part, acts.get(part.id, ()), learned, label_ah))
    return tuple(found)


def _aged(
    part: Component, acts: Iterable[Act], learned: list[tuple[int, Figures]], label_ah: float | None
) -> Aged:
    """Put a part's tests and what was learned of it in their order: the newest of each figure counts."""
    tests = [(act.wall_ms // 1000, _figures(act.measured)) for act in acts if not act.measured.is_empty]
    figures = wear.UNKNOWN
    for _wall_s, one in sorted([*learned, *tests], key=lambda row: row[0]):
        told = {field.name: getattr(one, field.name) for field in fields(one)}
        figures = replace(figures, **{name: value for name, value in told.items() if value is not None})
        if one.usable_wh is not None and one.usable_ah is None:
            figures = replace(figures, usable_ah=None)  # an older figure of the same thing
    own_ah = None if part.label_mah is None else part.label_mah / 1000
    if own_ah is None and part.kind == "pack" and part.state == "used":
        own_ah = label_ah
    first = next((one.ohm for _wall_s, one in learned if one.ohm is not None), None)
    label = Label(
        own_ah,
        None if part.label_mwh is None else part.label_mwh / 1000,
        first if part.new_uohm is None else part.new_uohm / 1e6,
    )
    return Aged(part, label, figures, wear.flags(figures, label))


def _figures(measured: Measured) -> Figures:
    """Return what a test measured, in the units of the till."""
    mah, mwh, uohm, idle = measured.mah, measured.mwh, measured.uohm, measured.idle_mw
    return Figures(
        None if mah is None else mah / 1000,
        None if mwh is None else mwh / 1000,
        None if uohm is None else uohm / 1e6,
        None if idle is None else idle / 1000,
        None if measured.cycles is None else float(measured.cycles),
    )


def measured_json(measured: Measured) -> dict[str, object]:
    """Return what a test measured as JSON; nothing where it measured nothing."""
    if measured.is_empty:
        return {}
    one = _figures(measured)
    return {"wh": one.usable_wh, "ah": one.usable_ah, "ohm": one.ohm, "idle_w": one.idle_w,
            "cycles": measured.cycles}  # fmt: skip


def as_json(one: Aged) -> dict[str, object]:
    """Return a part as JSON."""
    part, label, figures = one.part, one.label, one.figures
    share = wear.share(figures, label)
    return {
        "id": part.id, "kind": part.kind, "state": part.state, "place": part.place,
        "label_ah": label.ah, "label_wh": label.wh,
        "label_w": None if part.label_mw is None else part.label_mw / 1000, "new_ohm": label.ohm,
        "usable_ah": _short(figures.usable_ah), "usable_wh": _short(figures.usable_wh),
        "ohm": _short(figures.ohm, 5), "idle_w": _short(figures.idle_w), "cycles": _short(figures.cycles),
        "share": _short(share, 3), "swap": bool(one.flags), "flags": list(one.flags),
    }  # fmt: skip


def lines_of(one: Aged) -> list[str]:
    """Say how a part is, its flags last."""
    words = [components.kind_words(one.part.kind), place_words(one.part)]
    return [*words, *health(one), *filter(None, [wear.swap_words(one.flags)])]


def place_words(part: Component) -> str:
    """Say where a part is."""
    places = {"used": _("in use"), "spare": _("spare"), "retired": _("done with")}
    return part.place or places[part.state]


def health(one: Aged) -> list[str]:
    """Say what is known of a part."""
    return _words(one.figures, one.label)


def figure_words(figures: Figures) -> str:
    """Say what the till had learned."""
    return " · ".join(_words(figures, Label()))


def act_words(act: Act) -> str:
    """Say what was done, and what was measured."""
    done = {
        "added": _("added"),
        "tested": _("tested"),
        "put in": _("put into use"),
        "taken out": _("taken out"),
        "retired": _("taken out, done with"),
    }[act.what]
    return " · ".join([done, *_words(_figures(act.measured), Label())])


def _words(figures: Figures, label: Label) -> list[str]:
    """Say figures as far as they are known."""
    words = []
    if figures.usable_ah is not None and label.ah:
        words.append(
            _("gives {gives} of {label} Ah").format(gives=round(figures.usable_ah), label=round(label.ah))
        )
    elif figures.usable_ah is not None:
        words.append(_("gives {gives} Ah").format(gives=round(figures.usable_ah)))
    if figures.usable_wh is not None:
        text = _("{wh} Wh") if words else _("gives {wh} Wh")
        words.append(text.format(wh=round(figures.usable_wh)))
    if figures.ohm is not None:
        words.append(_("{milliohm} mΩ").format(milliohm=round(figures.ohm * 1000)))
    if figures.idle_w is not None:
        words.append(_("idle {watts} W").format(watts=f"{figures.idle_w:.1f}"))
    if figures.cycles is not None and (n := round(figures.cycles)):
        words.append(ngettext("{n} cycle", "{n} cycles", n).format(n=n))
    return words


def _short(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)
