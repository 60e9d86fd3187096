"""Asks whether a battery board sits on the computer's pins, and which: only its maker's addresses are read.

No bus is searched: on another chip the same address takes a question for an order.
"""

from __future__ import annotations

from kiosk.fitting.person import Person, agrees
from kiosk.i18n import _

SUNFOUNDER = "sunfounder"


def asked(person: Person) -> dict[str, str] | None:
    """The keys of the board that somebody says there is; None for no board."""
    if not person.present or not agrees(
        person, _("Is there a battery board on this computer's pins?"), False
    ):
        return None
    models = _models()
    for name, what in models.items():
        person.tell(f"  {name:<13} {what}")
    nothing = _("nothing")
    name = person.choose(_("Which one is it?"), (*models, nothing), nothing)
    if name == nothing:
        return None
    kind, _dash, board = name.partition("-") if name.startswith("ina219-") else (name, "", "")
    keys = {"kind": kind}
    if board:
        keys["board"] = board
    if kind == SUNFOUNDER:
        keys["board"] = person.choose(_("Which one is it?"), _sunfounders(), _sunfounders()[-1])
    return keys


def _models() -> dict[str, str]:
    """Every board by its name, with its products."""
    from hardware.power.kinds import KINDS

    own = {kind.name: kind.what.partition(";")[0] for kind in KINDS if kind.registers}
    return {name: what for name, what in own.items() if not name.startswith("ina219-52pi")}


def _sunfounders() -> tuple[str, ...]:
    """Their boards differ in the address."""
    from hardware.power.hats import boards

    return tuple(boards.SUNFOUNDER)
